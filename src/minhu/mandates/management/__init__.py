"""Commands of the mandates room."""

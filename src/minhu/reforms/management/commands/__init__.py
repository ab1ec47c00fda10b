"""Commands of the reforms room."""

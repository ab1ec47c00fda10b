"""Commands of the room voices."""

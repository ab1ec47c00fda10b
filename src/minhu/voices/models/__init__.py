"""The rows of the room voices."""

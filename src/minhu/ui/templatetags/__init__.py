"""Template tags of the ground room."""

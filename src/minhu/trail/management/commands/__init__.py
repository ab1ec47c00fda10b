"""Commands of the room trail."""

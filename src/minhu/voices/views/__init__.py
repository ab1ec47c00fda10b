"""The pages of the room voices behind the log-in."""

"""Pages of the room: each one action or one query, then a template."""

"""Commands of the room services."""

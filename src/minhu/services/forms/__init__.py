"""Forms of the room services."""

"""The rows of the room services."""

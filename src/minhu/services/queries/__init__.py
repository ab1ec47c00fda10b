"""Readings of the room services."""

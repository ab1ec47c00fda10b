"""Schema steps of services."""

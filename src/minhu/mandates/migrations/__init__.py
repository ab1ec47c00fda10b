"""Schema steps of mandates."""

"""Schema steps of voices."""

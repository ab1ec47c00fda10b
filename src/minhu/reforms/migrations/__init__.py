"""Schema steps of reforms."""

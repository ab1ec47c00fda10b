"""Schema steps of trail."""

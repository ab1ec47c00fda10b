"""Schema steps of rulebook."""

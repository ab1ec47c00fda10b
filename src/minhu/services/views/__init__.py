"""Pages of one-things and items."""

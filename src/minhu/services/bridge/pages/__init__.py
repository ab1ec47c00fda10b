"""What pages show of a compiled one-thing: drawn, in tables, in words."""

"""Room site: the only one that knows everybody."""

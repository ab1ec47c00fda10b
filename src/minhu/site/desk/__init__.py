"""My desk: what a post owes and what waits for others, drawn from duties alone."""

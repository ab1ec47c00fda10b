"""One search over everything a reader may see, drawn from finders alone."""

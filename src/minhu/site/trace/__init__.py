"""The trace graph: edges between things, made anew from the rows they mirror."""

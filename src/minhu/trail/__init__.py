"""Room trail: the record of deeds and the edges between things."""

"""Doing: loading guides, signing merges, asking departments, publishing, sending a rule to the reforms."""

"""One-thing services: guides of departments compiled into one form, one set of papers, one flow; applying."""

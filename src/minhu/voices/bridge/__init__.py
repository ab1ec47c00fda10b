"""Rows and words of the room turned into the problems of methods, and back."""

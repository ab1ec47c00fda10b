"""Figures: what is measured, beside whom, and how to run it again."""

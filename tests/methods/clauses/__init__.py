"""Tests of methods/clauses."""

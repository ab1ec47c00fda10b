"""Tests of the one-thing compiler."""

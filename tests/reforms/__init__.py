"""Tests of the room reforms."""

"""Tests of the room voices."""

"""Tests of the ground room ui."""

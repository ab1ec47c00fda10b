"""Tests of methods/matching."""

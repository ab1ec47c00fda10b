"""Tests of methods.timing."""

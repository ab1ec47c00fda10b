"""Tests of methods/text."""

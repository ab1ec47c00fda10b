"""Tests of coupling."""

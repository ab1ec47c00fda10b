"""Tests of `minhu.methods.sheets`."""

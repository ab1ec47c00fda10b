"""Doing: every deed on voices, each in one transaction with its entry in the record."""

"""Texts found by their characters while somebody types: bigrams, an inverted index, BM25."""

from minhu.methods.text.searching.index import Hit, Index

__all__ = ["Hit", "Index"]

"""Characters, counted: normal forms, n-grams, weights and shared runs; knows no meaning."""

from minhu.methods.text.decoding import Unreadable, decode
from minhu.methods.text.grams import Grams
from minhu.methods.text.normal import Normalised, normalise
from minhu.methods.text.runs import Run, shared_runs
from minhu.methods.text.weights import bm25, idf, tf_idf

__all__ = [
    "Grams",
    "Normalised",
    "Run",
    "Unreadable",
    "bm25",
    "decode",
    "idf",
    "normalise",
    "shared_runs",
    "tf_idf",
]

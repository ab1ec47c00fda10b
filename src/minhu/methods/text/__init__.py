"""Characters: normal forms, n-grams, weights, shared runs, personal data blotted out, search."""

from minhu.methods.text.decoding import Unreadable, decode
from minhu.methods.text.grams import Grams
from minhu.methods.text.masking import Masked, Span, mask
from minhu.methods.text.normal import Normalised, normalise
from minhu.methods.text.runs import Run, shared_runs
from minhu.methods.text.weights import bm25, idf, tf_idf

__all__ = [
    "Grams",
    "Masked",
    "Normalised",
    "Run",
    "Span",
    "Unreadable",
    "bm25",
    "decode",
    "idf",
    "mask",
    "normalise",
    "shared_runs",
    "tf_idf",
]

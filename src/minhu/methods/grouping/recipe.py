"""How alike two texts must be to be near-duplicates, and the numbers that follow from it."""

from dataclasses import dataclass
from math import ceil

BINS = 128  # values per signature: the similarity is known to within 0.044 (one sigma at 0.5)
ROWS = 4  # values per band: one byte each, so a band is one 32-bit word
BANDS = BINS // ROWS


@dataclass(frozen=True, slots=True)
class Recipe:
    """`threshold`: the least Jaccard similarity of character bigrams, in [0.2, 1], of a text to its centre.

    Why 0.4: a copy that lost one of four sentences and in which every tenth character was mistyped keeps
    0.75 · 0.9² = 0.61 of the bigrams of its original, a similarity of 0.61 / (1 + 0.75 - 0.61) = 0.53;
    strangers that share one sentence of four have 1/7 = 0.14, two of four 0.33. 0.4 lies between, with the
    error of the estimate to either side. `seed` chooses the hash functions.
    """

    threshold: float = 0.4
    seed: int = 1

    def __post_init__(self) -> None:
        if not 0.2 <= self.threshold <= 1.0:
            raise ValueError(f"threshold must lie in [0.2, 1], not {self.threshold}")
        if not 0 <= self.seed < 2**32:
            raise ValueError(f"seed must lie in [0, 2^32), not {self.seed}")

    @property
    def need(self) -> int:
        """How many of the values of two signatures must agree.

        Bytes of unlike values agree once in 256 (b-bit minwise hashing, Li and König 2010).
        """
        return ceil((self.threshold + (1 - self.threshold) / 256) * BINS - 1e-9)


def similarity(agreeing: int) -> float:
    """The Jaccard similarity in [0, 1] that so many agreeing values tell of."""
    return max(0.0, (agreeing / BINS - 1 / 256) / (1 - 1 / 256))

"""The sections `kinds`, `powers` and `cases` of a pack; and the traces a kind is tried with."""

from minhu.cases.pack.knowing import known_of
from minhu.cases.pack.loading import SECTIONS, load, trials
from minhu.cases.pack.playing import Verdict
from minhu.cases.pack.published import looked_at, tried_again

__all__ = ["SECTIONS", "Verdict", "known_of", "load", "looked_at", "trials", "tried_again"]

"""The sections `kinds`, `powers` and `cases` of a pack; and the traces a kind is tried with."""

from minhu.cases.pack.knowing import known_of
from minhu.cases.pack.loading import SECTIONS, load, trials
from minhu.cases.pack.playing import Verdict, play, play_all

__all__ = ["SECTIONS", "Verdict", "known_of", "load", "play", "play_all", "trials"]

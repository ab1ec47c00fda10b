"""Packs: a place as data; opened, checked to the line, and handed on as frozen dataclasses."""

from minhu.packs.folder import Pack, open_pack
from minhu.packs.positions import PackError, Position, Problem, did_you_mean
from minhu.packs.sections import Counts, Located, Section

__all__ = [
    "Counts",
    "Located",
    "Pack",
    "PackError",
    "Position",
    "Problem",
    "Section",
    "did_you_mean",
    "open_pack",
]

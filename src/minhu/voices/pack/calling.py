"""Illustrative calls: prepared, announced, commented, answered and published as their days tell."""

from datetime import datetime

from minhu.packs import Counts, Pack
from minhu.trail.states import Actor


def tell_calls(pack: Pack, *, by: Actor, at: datetime) -> Counts:
    """Tell the calls that are not there yet."""
    return Counts()

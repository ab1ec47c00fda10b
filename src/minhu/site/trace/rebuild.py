"""What the edges should be, asked of every room, and making them so."""

from datetime import datetime

from minhu.trail.actions import Rebuilt, rebuild_edges
from minhu.trail.states import Arc
from minhu.ui import offers


def wanted_edges() -> dict[Arc, datetime]:
    """Every edge the rooms' rows make, with the moment since which it holds (the earliest, if told twice)."""
    wanted: dict[Arc, datetime] = {}
    for source in offers.edge_sources():
        for src, dst, since in source.build():
            arc = Arc(src, dst, source.kind)
            wanted[arc] = min(since, wanted.get(arc, since))
    return wanted


def rebuild(*, at: datetime, try_only: bool = False) -> Rebuilt:
    """Make the edges of every offered kind what the rows say; kinds nobody offers are left as they are."""
    kinds = {source.kind for source in offers.edge_sources()}
    return rebuild_edges(wanted_edges(), kinds, at=at, try_only=try_only)

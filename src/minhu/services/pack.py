"""The sections of a pack that the room services reads."""

from datetime import datetime
from typing import Any

from minhu.packs import Counts, Pack, Section
from minhu.packs.guides import BEARERS, ELEMENTS, ITEMS, MATERIALS, THINGS
from minhu.trail.states import Actor

SECTIONS: tuple[Section[Any], ...] = (BEARERS, ELEMENTS, MATERIALS, ITEMS, THINGS)


def load(pack: Pack, *, by: Actor, at: datetime) -> Counts:
    """Bring the room to what the pack says."""
    return Counts()

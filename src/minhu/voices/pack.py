"""The sections of a pack that the room voices reads."""

from datetime import datetime
from typing import Any

from minhu.packs import Counts, Pack, Section
from minhu.trail.states import Actor

SECTIONS: tuple[Section[Any], ...] = ()


def load(pack: Pack, *, by: Actor, at: datetime) -> Counts:
    """Bring the room to what the pack says."""
    return Counts()

"""Made-up voices in groups."""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from minhu.trail.states import Actor
from minhu.voices.actions.groups import place_voice
from minhu.voices.models import Group, Voice

NOW = datetime(2026, 3, 31, 2, 0, tzinfo=UTC)
"""Ten o'clock in Shanghai, on a Tuesday."""
OFFICE = Actor(7, "gaige", "gaigeban")
NUMBERS = count(1)


def a_voice(text: str = "路灯不亮", **values: Any) -> Voice:
    """A voice that was heard; its masked text is its text."""
    n = next(NUMBERS)
    said = {
        "number": f"V-{n}", "channel": "web", "state": "received", "said_on": date(2026, 3, 30),
        "received_at": NOW, "title": text[:20], "text": text, "masked": text, "sameness": f"same-{n}",
        "person": f"person-{n}",
    }  # fmt: skip
    return Voice.objects.create(**(said | values))


def a_group(size: int = 1, text: str = "路灯不亮", **values: Any) -> Group:
    """A group of so many voices that say the same."""
    group = None
    for _one in range(size):
        group = place_voice(voice=a_voice(text, **values), into=group, alike=1.0, at=NOW)
    assert group is not None
    return group

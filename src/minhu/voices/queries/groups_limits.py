"""The limits of grouping and answering, from the rulebook."""

from datetime import date, datetime

from minhu.rulebook import queries as rulebook
from minhu.voices.queries.limits import day_of

REOPEN, PUBLIC, HOT, CUT = (
    "voices.reopen_most", "voices.public_least", "voices.hot_days", "voices.small_cut_least",
)  # fmt: skip


def reopen_most(at: datetime) -> int:
    """How often a closed matter is opened again. Raises rulebook.Missing."""
    return int(rulebook.limit(REOPEN, on=day_of(at)).value)


def public_least(on: date) -> int:
    """The least size of a group that everybody may see."""
    return int(rulebook.limit(PUBLIC, on=on).value)


def hot_days(on: date) -> int:
    """How many days the hot list looks back."""
    return int(rulebook.limit(HOT, on=on).value)


def small_cut_least(on: date) -> int:
    """From how many voices on a small cut is suggested."""
    return int(rulebook.limit(CUT, on=on).value)

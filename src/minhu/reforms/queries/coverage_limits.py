"""The limits coverage is judged by, read from the rulebook in one query."""

from dataclasses import dataclass
from datetime import date

from minhu.rulebook.queries import Missing, limits

CODES = ("match.possible", "match.confident", "claim.days")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which score on a suggestion is possible, or confident; working days to take a clause over."""

    possible: float
    confident: float
    claim_days: int


def thresholds(on: date) -> Thresholds:
    """What holds on a day; raises `Missing`, naming the code, where no pack brought it."""
    found = limits(CODES, on=on)
    possible, confident, days = (found[code].value for code in CODES)
    return Thresholds(float(possible), float(confident), int(days))


def thresholds_or_none(on: date) -> Thresholds | None:
    """The same, or None in a house without a rulebook yet."""
    try:
        return thresholds(on)
    except Missing:
        return None

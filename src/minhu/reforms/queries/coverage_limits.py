"""The limits coverage is judged by, read from the rulebook in one query."""

from dataclasses import dataclass
from datetime import date

from minhu.rulebook.queries import Missing, limits, limits_for

CODES = ("match.possible", "match.confident", "claim.days")
LEARNED = "learned"  # the kind of a limit that holds where sureness is a probability


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which score on a suggestion is possible, or confident; working days to take a clause over."""

    possible: float
    confident: float
    claim_days: int
    learned: float = 1.0

    def surely(self, is_learned: bool) -> float:
        """From which score on a suggestion is confident: as a likeness, or as a probability."""
        return self.learned if is_learned else self.confident


@dataclass(frozen=True, slots=True)
class Learning:
    """From how many decisions sureness is learned, how alike clauses are that share a memory, and how far off
    sureness may be on decisions it has not seen before nobody is shown it."""

    least: int | None = None
    alike: float | None = None
    most_off: float | None = None

    def trusts(self, off: float | None) -> bool:
        """Whether sureness so far off is shown."""
        return self.most_off is None or (off is not None and off <= self.most_off)


def thresholds(on: date) -> Thresholds:
    """What holds on a day; raises `Missing`, naming the code, where no pack brought it."""
    found = limits(CODES, on=on)
    possible, confident, days = (found[code].value for code in CODES)
    own = limits_for("match.confident", on=on, kind=LEARNED).first()
    return Thresholds(float(possible), float(confident), int(days), float(own.value if own else confident))


def thresholds_or_none(on: date) -> Thresholds | None:
    """The same, or None in a house without a rulebook yet."""
    try:
        return thresholds(on)
    except Missing:
        return None


def learning(on: date) -> Learning:
    """What holds on a day; where no pack says from how many decisions on, nothing is learned."""
    codes = ("match.least_decisions", "match.confident", "match.most_off")
    least, alike, off = (limits_for(code, on=on).first() for code in codes)
    return Learning(
        int(least.value) if least else None,
        float(alike.value) if alike else None,
        float(off.value) if off else None,
    )

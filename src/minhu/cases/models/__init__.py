"""Rows of cases."""

from minhu.cases.models.cases import Case, Datum, Part, PersonalDatum, Step
from minhu.cases.models.kinds import Counter, Kind, Power
from minhu.cases.models.outbox import Command, Effect, Timer
from minhu.cases.models.papers import Paper, Rating
from minhu.cases.models.time import Clock

__all__ = [
    "Case",
    "Clock",
    "Command",
    "Counter",
    "Datum",
    "Effect",
    "Kind",
    "Paper",
    "Part",
    "PersonalDatum",
    "Power",
    "Rating",
    "Step",
    "Timer",
]

"""The lives of a case, and the plain values deeds are asked in, decide on and are refused with."""

from minhu.cases.states.asks import MACHINE, Ask, Doer, Done, Opening, Upload
from minhu.cases.states.lives import BAD_LEVELS, ClockState, EffectState, Level, Status, StepState, TimerState
from minhu.cases.states.refusals import CaseRefused, Fault, Why
from minhu.cases.states.standing import (
    Alike,
    CaseState,
    ClockNow,
    LimitNow,
    Plain,
    Stay,
    TimerNow,
    Told,
    Unit,
)

__all__ = [
    "BAD_LEVELS",
    "MACHINE",
    "OPENER",
    "OPENING",
    "Alike",
    "Ask",
    "CaseRefused",
    "CaseState",
    "ClockNow",
    "ClockState",
    "Doer",
    "Done",
    "EffectState",
    "Fault",
    "Level",
    "LimitNow",
    "Opening",
    "Plain",
    "Status",
    "Stay",
    "StepState",
    "TimerNow",
    "TimerState",
    "Told",
    "Unit",
    "Upload",
    "Why",
    "book_of",
]

OPENER = "opener"
"""The role every case has: the organisation that opened it."""
OPENING = "open"
"""The word of the deed that opens a case."""


def book_of(number: str) -> str:
    """The book of the record that tells of a case."""
    return f"case:{number}"

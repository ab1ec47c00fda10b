"""Working days, the dates on which limits run out, and the clocks of cases."""

from minhu.methods.timing.calendar import Calendar
from minhu.methods.timing.clocks import (
    BadClock,
    Clock,
    Kind,
    Reading,
    State,
    Term,
    Tick,
    clock_of,
    may_ask_extension,
    read,
)
from minhu.methods.timing.errors import BadCount, BadDay, BadWeekend, Contradiction, OutOfTime, TimingError
from minhu.methods.timing.lights import Thresholds, Tone, light
from minhu.methods.timing.units import Due, Unit, month_later

__all__ = [
    "BadClock",
    "BadCount",
    "BadDay",
    "BadWeekend",
    "Calendar",
    "Clock",
    "Contradiction",
    "Due",
    "Kind",
    "OutOfTime",
    "Reading",
    "State",
    "Term",
    "Thresholds",
    "Tick",
    "TimingError",
    "Tone",
    "Unit",
    "clock_of",
    "light",
    "may_ask_extension",
    "month_later",
    "read",
]

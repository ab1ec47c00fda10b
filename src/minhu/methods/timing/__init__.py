"""Working days and the dates on which limits run out."""

from minhu.methods.timing.calendar import Calendar
from minhu.methods.timing.errors import BadCount, BadDay, BadWeekend, Contradiction, OutOfTime, TimingError
from minhu.methods.timing.units import Due, Unit, month_later

__all__ = [
    "BadCount",
    "BadDay",
    "BadWeekend",
    "Calendar",
    "Contradiction",
    "Due",
    "OutOfTime",
    "TimingError",
    "Unit",
    "month_later",
]

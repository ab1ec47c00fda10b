"""The light of a clock, derived from a reading and thresholds that stand in the rulebook."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from minhu.methods.timing.clocks import Reading, State


class Tone(StrEnum):
    """The tones of a light."""

    RED = "red"
    YELLOW = "yellow"
    BLUE = "blue"
    DONE = "done"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """`near`: units left at which it is blue. `behind`: share of the whole limit left at which it is yellow.

    `pace`: yellow too when progress (0 to 1) falls under this share of what should be done by now.
    """

    near: int = 0
    behind: Decimal = Decimal(0)
    pace: Decimal = Decimal(0)


def light(reading: Reading, thresholds: Thresholds, progress: Decimal | None = None) -> Tone:
    """Overdue is red, behind yellow, near its end blue; stopped in time is done; paused or far off is off."""
    if reading.left < 0:
        return Tone.RED
    if reading.state is State.STOPPED:
        return Tone.DONE
    if reading.state is State.PAUSED:
        return Tone.OFF
    if _is_behind(reading, thresholds, progress):
        return Tone.YELLOW
    return Tone.BLUE if reading.left <= thresholds.near else Tone.OFF


def _is_behind(reading: Reading, thresholds: Thresholds, progress: Decimal | None) -> bool:
    """Little of the limit left, or less done than its share of time."""
    whole = reading.spent + reading.left
    if whole <= 0:
        return False
    if thresholds.behind and reading.left <= thresholds.behind * whole:
        return True
    return progress is not None and progress * whole < thresholds.pace * reading.spent

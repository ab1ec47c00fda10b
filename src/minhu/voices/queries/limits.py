"""How long what is said may be kept, and how often one address may speak: all from the rulebook."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from minhu.rulebook import queries as rulebook

HOME = ZoneInfo("Asia/Shanghai")
"""Legal days are counted here, whatever time the server keeps."""
KEEP = "privacy.contact_keep_months"
HOUR, DAY = "voices.per_address_hour", "voices.per_address_day"
COPIES, OWN_COPIES = "voices.copies_before_held", "voices.own_copies_before_held"


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of hearing on a day."""

    keep_months: int
    hour: int
    day: int
    copies: int
    own_copies: int


def day_of(at: datetime) -> date:
    """The legal day of a moment."""
    return at.astimezone(HOME).date()


def limits_on(on: date) -> Limits:
    """All limits of hearing that hold on a day. Raises rulebook.Missing."""
    rows = rulebook.limits((KEEP, HOUR, DAY, COPIES, OWN_COPIES), on=on)
    return Limits(*(int(rows[code].value) for code in (KEEP, HOUR, DAY, COPIES, OWN_COPIES)))


def limit_of(code: str, on: date) -> int:
    """One limit on a day."""
    return int(rulebook.limit(code, on=on).value)

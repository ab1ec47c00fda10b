"""What a map of streets is asked for: a span of days, and a domain."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from minhu.voices.models import Group

DAYS = (7, 30, 90, 365)


@dataclass(frozen=True, slots=True)
class Span:
    """Days from and to, both counted, and a domain or none."""

    since: date
    until: date
    days: int
    domain: str = ""


def span_of(query: Mapping[str, str], today: date) -> Span:
    """The span an address asks for; anything else is thirty days."""
    asked = query.get("days", "")
    days = int(asked) if asked.isdecimal() and int(asked) in DAYS else 30
    return Span(today - timedelta(days=days - 1), today, days, query.get("domain", "")[:60])


def groups_in(span: Span) -> list[int] | None:
    """The groups of a domain; None for all."""
    if not span.domain:
        return None
    return list(Group.objects.standing().filter(domain=span.domain).values_list("pk", flat=True))

"""Kinds of case with their versions and how many cases go on under each."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from minhu.cases import rules
from minhu.cases.models import Case, Kind
from minhu.cases.states import Status
from minhu.people.rules import Reader


@dataclass(frozen=True, slots=True)
class Versions:
    """A kind: its current version, those before it, and how many open cases each has."""

    current: Kind
    older: tuple[Kind, ...]

    @property
    def open(self) -> int:
        """Open cases under any version."""
        return sum(int(getattr(one, "open_cases", 0)) for one in (self.current, *self.older))

    @property
    def behind(self) -> int:
        """Open cases under an older version."""
        return sum(int(getattr(one, "open_cases", 0)) for one in self.older)


def all_versions(reader: Reader, code: str = "") -> Sequence[Versions]:
    """Every kind that has a current version, or the one of a code, with the cases this reader sees."""
    seen = Case.objects.filter(rules.visible(reader), status=Status.OPEN).values("pk")
    rows = Kind.objects.select_related("pack_version").annotate(
        open_cases=Count("cases", filter=Q(cases__in=seen))
    )
    rows = rows.filter(code=code) if code else rows
    by_code: dict[str, list[Kind]] = {}
    for row in rows.order_by("-is_current", "-published_at", "-pk"):
        by_code.setdefault(row.code, []).append(row)
    found = [Versions(many[0], tuple(many[1:])) for many in by_code.values() if many[0].is_current]
    return sorted(found, key=lambda one: (one.current.order, one.current.code))

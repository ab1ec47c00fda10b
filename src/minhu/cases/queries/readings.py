"""What a deed on a case asks of the rest of the house, lazily: limits, calendar, units, powers, the record.

Limits and the calendar are kept in the process as long as the rulebook bears the same stamp, which was read
together with the case.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext as _

from minhu.cases.models import Case, PersonalDatum, Power
from minhu.cases.states import (
    Alike,
    CaseRefused,
    CaseState,
    LimitNow,
    Plain,
    Status,
    Told,
    Unit,
    Why,
    book_of,
)
from minhu.packs.calendars import WorkingDays
from minhu.people.models import Organisation
from minhu.rulebook import queries as rulebook
from minhu.trail.models import Entry

HOME = ZoneInfo("Asia/Shanghai")
"""Legal days are counted here, whatever time the server keeps."""
MUTEX = """INSERT INTO cases_counter (name, last) VALUES (%s, 0)
ON CONFLICT (name) DO UPDATE SET last = cases_counter.last"""


class Kept:
    """Limits and the calendar of one state of the rulebook."""

    def __init__(self) -> None:
        self.stamp: tuple[object, ...] | None = None
        self.limits: dict[tuple[str, str, date], LimitNow] = {}
        self.calendar: WorkingDays | None = None

    def under(self, stamp: tuple[object, ...]) -> "Kept":
        """Itself, emptied if the rulebook changed or nobody knows whether it did."""
        if not stamp or stamp != self.stamp:
            self.__init__()  # type: ignore[misc]
            self.stamp = stamp
        return self


KEPT = Kept()


def day_of(at: datetime) -> date:
    """The legal day of a moment."""
    return at.astimezone(HOME).date()


class Shared:
    """What the deeds of one transaction need not ask twice."""

    def __init__(self) -> None:
        self.units: dict[str, Unit | None] = {}
        self.powers: dict[tuple[str, str], bool] = {}


class Readings:
    """The readings of one deed on one case, at one moment."""

    def __init__(self, state: CaseState, at: datetime, shared: Shared | None = None) -> None:
        self.state, self.at, self.on = state, at, day_of(at)
        self.kept, self.shared = KEPT.under(state.stamp), shared or Shared()

    def limit(self, code: str, kind: str = "") -> LimitNow:
        """A limit as it holds here today. Raises CaseRefused naming what the rulebook lacks."""
        key = (code, kind, self.on)
        if key not in self.kept.limits:
            try:
                row = rulebook.limit(code, on=self.on, place=settings.MINHU_PLACE, kind=kind or None)
            except rulebook.Missing:
                words = _("The rulebook has no limit “%(code)s” today: load a pack that brings it.")
                raise CaseRefused(Why.UNKNOWN, words % {"code": code}) from None
            self.kept.limits[key] = LimitNow(row.code, row.days, row.unit, row.source[:300], row.strength)
        return self.kept.limits[key]

    def calendar(self) -> WorkingDays:
        """The working-day calendar."""
        if self.kept.calendar is None:
            try:
                self.kept.calendar = rulebook.calendar(on=self.on)
            except rulebook.Missing:
                words = _("There is no working-day calendar: load a pack that brings one.")
                raise CaseRefused(Why.UNKNOWN, words) from None
        return self.kept.calendar

    def units(self, codes: Collection[str]) -> dict[str, Unit]:
        """Organisations by code, those that exist."""
        known, missing = self.shared.units, set(codes) - self.shared.units.keys()
        if missing:
            known |= dict.fromkeys(missing)
            names = ("code", "short", "name", "kind", "closed_on")
            rows = Organisation.objects.filter(code__in=missing).values_list(*names)
            for code, short, name, kind, closed in rows:
                known[code] = Unit(code, short or name, kind, closed is not None, name)
        return {code: unit for code in codes if (unit := known[code])}

    def has_power(self, matter: str, place: str) -> bool:
        """Whether a place answers for a matter today."""
        key = (matter, place)
        if key not in self.shared.powers:
            rows = Power.objects.in_force(self.on).filter(matter=matter, place__code=place)
            self.shared.powers[key] = rows.exists()
        return self.shared.powers[key]

    def keepers(self, matter: str) -> tuple[str, str]:
        """Title of a matter and the departments that keep it, as the list of powers says."""
        rows = Power.objects.in_force(self.on).filter(matter=matter).select_related("line")
        found = [(row.title, row.line.short or row.line.name) for row in rows]
        return (found[0][0] if found else matter), "、".join(dict.fromkeys(name for _title, name in found))

    def hold(self, name: str) -> None:
        """Make others who ask the same wait until this deed is done."""
        with connection.cursor() as cursor:
            cursor.execute(MUTEX, [name])

    def alike(
        self, code: str, values: Mapping[str, Plain], parts: Mapping[str, Sequence[str]], since: date | None
    ) -> list[Alike]:
        """Other cases of a kind with these values and organisations, open or opened on or after a day."""
        rows = Case.objects.filter(kind__code=code).exclude(pk=self.state.id)
        for key, value in values.items():
            rows = rows.filter(data__key=key, data__value=value)
        for role, codes in parts.items():
            rows = rows.filter(parts__role=role, parts__organisation__code__in=codes)
        recent = Q(opened_at__gte=datetime(since.year, since.month, since.day, tzinfo=HOME)) if since else Q()
        rows = rows.filter(Q(status=Status.OPEN) | recent if since else Q()).distinct().order_by("-opened_at")
        return [Alike(row.number, row.title, day_of(row.opened_at), row.is_open) for row in rows]

    def did(self, numbers: Sequence[str], steps: Collection[str]) -> set[str]:
        """Which of some cases have done one of these steps, by their record."""
        return {number for number in numbers if any(set(told.steps) & set(steps) for told in told_of(number))}

    def told(self) -> list[Told]:
        """What the record says was done in this case."""
        return told_of(self.state.number)

    def children(self) -> tuple[int, int]:
        """How many cases opened from this one are open, and how many have ended."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT COUNT(*), COUNT(ended_at) FROM cases_case WHERE parent_id = %s", [self.state.id]
            )
            every, ended = cursor.fetchone() or (0, 0)
        return every - ended, ended

    def personal(self) -> dict[str, str]:
        """Personal values that have not been erased: only for a letter to their owner."""
        rows = PersonalDatum.objects.filter(case_id=self.state.id, erased_at=None)
        return dict(rows.values_list("key", "value"))


def told_of(number: str) -> list[Told]:
    """The deeds of a case in their order, as plain values."""
    rows = Entry.objects.filter(book=book_of(number), deed__in=("cases.open", "cases.act", "cases.move"))
    return [
        _told(*row) for row in rows.order_by("seq").values_list("payload", "actor_post", "actor_organisation")
    ]


def _told(payload: Any, post: str, organisation: str) -> Told:
    """One deed."""
    said = json.loads(payload) if isinstance(payload, str) else payload
    steps = tuple(code for what, code, _n in said.get("events", ()) if what == "fired")
    return Told(
        int(said.get("rev", 0)), (said.get("on", ""), *steps), post, organisation, said.get("values", {})
    )

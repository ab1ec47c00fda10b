"""Figures of one kind: opened, closed, in time, overdue, redone, by office and by month; sums of values."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Case as Choose
from django.db.models import (
    Count,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils.translation import gettext as _

from minhu.cases import rules
from minhu.cases.models import Case, Clock, Datum, Step
from minhu.cases.queries.naming import Naming
from minhu.cases.queries.readings import HOME
from minhu.cases.states import OPENER
from minhu.people.models import Organisation
from minhu.people.rules import Reader

Grouping = Callable[[Any, str], Any]
"""Puts rows into groups (annotation `group`); the word leads from a row to its case: "" or "case__"."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table. `timed`: stopped clocks that count; `left_out`: those of provisional years."""

    title: str
    opened: int
    closed: int
    in_time: int
    timed: int
    left_out: int
    overdue: int
    again: int

    @classmethod
    def of(cls, title: str, counts: Counter[str]) -> "Line":
        """A row from what was counted; limits that count through a year without a calendar are left out."""
        return cls(title, **{one.name: counts[one.name] for one in fields(cls) if one.name != "title"})

    @property
    def share(self) -> str:
        """How many in time, in percent; nothing where nothing counts."""
        return f"{100 * self.in_time / self.timed:.1f} %" if self.timed else "—"

    @property
    def closed_share(self) -> str:
        """How many were closed, in percent of those opened."""
        return f"{100 * self.closed / self.opened:.1f} %" if self.opened else "—"

    @property
    def again_share(self) -> str:
        """How many came back, in percent of those opened."""
        return f"{100 * self.again / self.opened:.1f} %" if self.opened else "—"


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure made of values: a sum, a count of yes, a count of an answer; `count`: value → how often."""

    field: str
    title: str
    unit: str
    key: str
    count: Callable[[Counter[Any]], str]
    reads: bool = True


@dataclass(frozen=True, slots=True)
class SumRow:
    """A measure with one cell a group, the last for all together."""

    measure: Measure
    cells: tuple[str, ...]
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Statistics:
    """The tables of one kind over a year."""

    total: Line
    offices: tuple[Line, ...]
    months: tuple[Line, ...]
    heads: tuple[str, ...]
    sums: tuple[SumRow, ...]


def statistics_of(kinds: Sequence[Naming], role: str, year: int, on: date, reader: Reader) -> Statistics:
    """The figures of a kind (all its versions) for cases opened in a year; counted in the database."""
    rows = Case.objects.filter(rules.visible(reader), kind__in=[one.pk for one in kinds])
    rows = rows.filter(opened_at__gte=month_start(year, 1), opened_at__lt=month_start(year + 1, 1)).order_by()
    by_month, by_office = lines_of(rows, monthly(year), on), lines_of(rows, officely(role), on)
    names: dict[Any, str] = dict(Organisation.objects.filter(pk__in=by_office).values_list("pk", "short"))
    order = sorted(by_office, key=lambda pk: (-by_office[pk]["opened"], pk or 0))
    titles = [names.get(pk) or _("nobody yet") for pk in order]
    current = next((one for one in kinds if one.is_current), kinds[0])
    total: Counter[str] = sum(by_month.values(), Counter())
    return Statistics(
        total=Line.of(_("Together"), total),
        offices=tuple(Line.of(title, by_office[pk]) for title, pk in zip(titles, order, strict=True)),
        months=tuple(Line.of(f"{year}-{n:02}", by_month[n]) for n in sorted(by_month)),
        heads=(*titles, _("Together")),
        sums=tuple(sums_of(measures_of(current), rows, role, order)),
    )


def month_start(year: int, month: int) -> datetime:
    """The first moment of a month, here; month 13 is the next January."""
    return datetime(year + (month - 1) // 12, (month - 1) % 12 + 1, 1, tzinfo=HOME)


def monthly(year: int) -> Grouping:
    """By month of opening, in the time of the place whatever the database thinks of zones."""

    def group(rows: Any, way: str) -> Any:
        ends = [(n, month_start(year, n + 1)) for n in range(1, 13)]
        months = [When(**{f"{way}opened_at__lt": end}, then=Value(n)) for n, end in ends]
        return rows.annotate(group=Choose(*months, output_field=IntegerField()))

    return group


def officely(role: str) -> Grouping:
    """By the organisations with a role; a case nobody was given stays, with nobody."""

    def group(rows: Any, way: str) -> Any:
        given = FilteredRelation(f"{way}parts", condition=Q(**{f"{way}parts__role": role}))
        return rows.annotate(given=given).annotate(group=F("given__organisation"))

    return group


def together(rows: Any, way: str) -> Any:
    """All in one group."""
    return rows.annotate(group=Value(0))


def lines_of(rows: QuerySet[Case], by: Grouping, on: date) -> dict[Any, Counter[str]]:
    """The counts of every group, by the names of `Line`; of several first clocks the last counts."""
    again = Step.objects.filter(attempt__gt=1).exclude(role="").values("case")
    late = Q(due_on__lt=on, ended_at=None, is_held=False)
    counted = by(rows, "").values("group").annotate(
        opened=Count("pk"), closed=Count("pk", filter=Q(ended_at__isnull=False)),
        overdue=Count("pk", filter=late), again=Count("pk", filter=Q(pk__in=again)),
    )  # fmt: skip
    found = {row.pop("group"): Counter[str](row) for row in counted}
    firsts = Clock.objects.order_by().filter(is_first=True)
    later = firsts.filter(case=OuterRef("case"), pk__gt=OuterRef("pk"))
    stopped = firsts.filter(case__in=rows.values("pk"), stopped_on__isnull=False).exclude(Exists(later))
    fair = Q(is_provisional=False)
    for row in by(stopped, "case__").values("group").annotate(
        timed=Count("pk", filter=fair), left_out=Count("pk", filter=~fair),
        in_time=Count("pk", filter=fair & Q(stopped_on__lte=F("due_on"))),
    ):  # fmt: skip
        found[row.pop("group")] += Counter[str](row)
    return found


def share_in_time(reader: Reader, on: date) -> tuple[int, int]:
    """First clocks of cases opened within a year before a day that stopped in time, and all that stopped.

    Those that count through a year without a calendar are left out.
    """
    since = datetime(on.year - 1, on.month, 1, tzinfo=HOME)
    cases = Case.objects.filter(rules.visible(reader), opened_at__gte=since).values("pk")
    stopped = Clock.objects.filter(
        case__in=cases, is_first=True, stopped_on__isnull=False, is_provisional=False
    )
    found = stopped.aggregate(n=Count("pk"), good=Count("pk", filter=Q(stopped_on__lte=F("due_on"))))
    return found["good"], found["n"]


def measures_of(kind: Naming) -> tuple[Measure, ...]:
    """The figures a kind's fields allow, in their order; personal values are never counted."""
    opening = {name.removesuffix("?") for name in kind.spec.get("asks", ())}
    found: list[Measure] = []
    for spec in kind.spec.get("field", ()):
        if not spec.get("personal") and spec["code"] != kind.spec["headline"]:
            found += measures_in(spec, spec["code"] in opening)
    return tuple(found)


def measures_in(spec: Mapping[str, Any], is_told: bool) -> list[Measure]:
    """Numbers are summed, yes and every answer of a choice counted, short texts told at opening compared,
    texts of later steps counted where they were written."""
    sort, title, key, unit = spec.get("type", "text"), spec["title"], spec["code"], spec.get("unit", "")
    if sort == "choice":
        answers = spec.get("choices", ())
        return [Measure(title, one["title"], "", key, counted(one["value"])) for one in answers]
    if sort == "number":
        return [Measure(title, _("sum"), unit, key, summed)]
    if sort == "flag":
        return [Measure(title, _("Yes"), "", key, counted(True))]
    if sort == "text" and is_told:
        return [Measure(title, _("different ones"), "", key, lambda values: str(len(values)))]
    if sort in ("text", "long") and not is_told:
        return [Measure(title, _("filled in"), "", key, lambda values: str(values.total()), reads=False)]
    return []


def summed(values: Counter[Any]) -> str:
    """The sum of numbers."""
    total = Decimal(0)
    for value, often in values.items():
        try:
            total += Decimal(str(value)) * often
        except InvalidOperation:
            continue
    return f"{total.normalize():f}" if total else "0"


def counted(wanted: object) -> Callable[[Counter[Any]], str]:
    """How often an answer was given."""
    return lambda values: str(values[wanted])


def values_of(
    measures: Sequence[Measure], rows: QuerySet[Case], by: Grouping
) -> dict[tuple[Any, str], Counter[Any]]:
    """How often every value stands in a field, by group and field; long texts are only counted."""
    found: dict[tuple[Any, str], Counter[Any]] = defaultdict(Counter)
    read = {one.key for one in measures if one.reads}
    filled = {one.key for one in measures} - read
    data = by(Datum.objects.order_by().filter(case__in=rows.values("pk")).exclude(value=None), "case__")
    told = data.filter(key__in=read).values_list("group", "key", "value").annotate(n=Count("pk"))
    for group, key, value, often in told:
        found[group, key][value] += often
    for group, key, often in data.filter(key__in=filled).values_list("group", "key").annotate(n=Count("pk")):
        found[group, key][None] += often
    return found


def sums_of(
    measures: Sequence[Measure], rows: QuerySet[Case], role: str, order: Sequence[Any]
) -> Iterable[SumRow]:
    """Each measure for every office, in order, and for all; those that say nothing anywhere are left out."""
    offices, every = values_of(measures, rows, officely(role)), values_of(measures, rows, together)
    often = Counter(one.key for one in measures)
    for one in measures:
        cells = [one.count(offices[pk, one.key]) for pk in order] + [one.count(every[0, one.key])]
        if any(cell != "0" for cell in cells):
            yield SumRow(one, tuple(cells), often[one.key] == 1)


def roles_of(kind: Naming) -> list[tuple[str, str]]:
    """The roles by which figures can be sorted: those given to organisations, and who opened them."""
    roles = [one for one in kind.spec.get("role", ()) if one.get("assigned")]
    return [*((one["code"], one["title"]) for one in roles), (OPENER, _("Opened by"))]

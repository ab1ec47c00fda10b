"""Figures of one kind: opened, closed, in time, overdue, redone, by office and by month; sums of values."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from minhu.cases import rules
from minhu.cases.models import Case, Clock, Datum, Part, Step
from minhu.cases.queries.naming import Naming
from minhu.cases.queries.readings import HOME
from minhu.cases.queries.readings import day_of as legal_day
from minhu.cases.states import OPENER
from minhu.people.models import Organisation
from minhu.people.rules import Reader

COUNTED_OF = ("pk", "opened_at", "ended_at", "due_on", "is_held")


@dataclass(frozen=True, slots=True)
class Fact:
    """What is counted of one case."""

    pk: int
    offices: tuple[str, ...]
    opened_on: date
    ended_on: date | None
    due_on: date | None
    is_held: bool
    is_provisional: bool
    stopped_on: date | None
    limit_on: date | None
    again: bool


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
    """A figure made of values: a sum, a count of yes, a count of an answer."""

    field: str
    title: str
    unit: str
    key: str
    count: Callable[[Sequence[Any]], str]


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
    """The figures of a kind (all its versions) for cases opened in a year; six queries."""
    rows = Case.objects.filter(rules.visible(reader), kind__in=[one.pk for one in kinds])
    rows = rows.filter(
        opened_at__gte=datetime(year, 1, 1, tzinfo=HOME), opened_at__lt=datetime(year + 1, 1, 1, tzinfo=HOME)
    )
    facts = facts_of(list(rows.values(*COUNTED_OF)), role)
    names = dict(
        Organisation.objects.filter(code__in={c for f in facts for c in f.offices}).values_list(
            "code", "short"
        )
    )
    by_office: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        for office in fact.offices or ("",):
            by_office[office].append(fact)
    current = next((one for one in kinds if one.is_current), kinds[0])
    measures = measures_of(current)
    values = values_of([fact.pk for fact in facts], [one.key for one in measures])
    groups = [
        (names.get(code) or _("nobody yet"), found)
        for code, found in sorted(by_office.items(), key=lambda p: -len(p[1]))
    ]
    months = [(f"{year}-{n:02}", [f for f in facts if f.opened_on.month == n]) for n in range(1, 13)]
    return Statistics(
        total=line_of(_("Together"), facts, on),
        offices=tuple(line_of(title, found, on) for title, found in groups),
        months=tuple(line_of(title, found, on) for title, found in months if found),
        heads=(*(title for title, _found in groups), _("Together")),
        sums=tuple(sums_of([*groups, (_("Together"), facts)], measures, values)),
    )


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


def facts_of(rows: Sequence[Mapping[str, Any]], role: str) -> list[Fact]:
    """What is counted of each case: its first clock, its offices, whether it ever came back to a place."""
    keys = [row["pk"] for row in rows]
    firsts = Clock.objects.filter(case__in=keys, is_first=True).order_by("pk")
    clocks = {pk: rest for pk, *rest in firsts.values_list("case", "stopped_on", "due_on", "is_provisional")}
    offices: dict[int, list[str]] = defaultdict(list)
    for pk, code in Part.objects.filter(case__in=keys, role=role).values_list("case", "organisation__code"):
        offices[pk].append(code)
    again = set(
        Step.objects.filter(case__in=keys, attempt__gt=1).exclude(role="").values_list("case", flat=True)
    )
    return [
        fact_of(row, clocks.get(row["pk"]), tuple(offices[row["pk"]]), row["pk"] in again) for row in rows
    ]


def fact_of(
    row: Mapping[str, Any], clock: Sequence[Any] | None, offices: tuple[str, ...], again: bool
) -> Fact:
    """One case; `clock`: when its first clock stopped, its last day, whether that is provisional."""
    stopped, due, is_provisional = clock or (None, None, False)
    ended = row["ended_at"]
    return Fact(
        row["pk"], offices, legal_day(row["opened_at"]), legal_day(ended) if ended else None, row["due_on"],
        row["is_held"], is_provisional, stopped, due, again,
    )  # fmt: skip


def line_of(title: str, facts: Sequence[Fact], on: date) -> Line:
    """One row of figures. Limits that count through a year without a calendar are not compared."""
    stopped = [f for f in facts if f.stopped_on and f.limit_on]
    timed = [f for f in stopped if not f.is_provisional]
    return Line(
        title=title,
        opened=len(facts),
        closed=sum(1 for f in facts if f.ended_on),
        in_time=sum(1 for f in timed if f.stopped_on and f.limit_on and f.stopped_on <= f.limit_on),
        timed=len(timed),
        left_out=len(stopped) - len(timed),
        overdue=sum(1 for f in facts if f.due_on and not f.ended_on and not f.is_held and f.due_on < on),
        again=sum(1 for f in facts if f.again),
    )


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
        return [Measure(title, _("different ones"), "", key, lambda values: str(len(set(values))))]
    if sort in ("text", "long") and not is_told:
        return [Measure(title, _("filled in"), "", key, lambda values: str(len(values)))]
    return []


def summed(values: Sequence[Any]) -> str:
    """The sum of numbers."""
    total = Decimal(0)
    for value in values:
        try:
            total += Decimal(str(value))
        except InvalidOperation:
            continue
    return f"{total.normalize():f}" if total else "0"


def counted(wanted: object) -> Callable[[Sequence[Any]], str]:
    """How often an answer was given."""
    return lambda values: str(sum(1 for value in values if value == wanted))


def values_of(keys: Sequence[int], names: Sequence[str]) -> dict[tuple[int, str], Any]:
    """The values of some fields by case."""
    rows = Datum.objects.filter(case__in=keys, key__in=set(names)).exclude(value=None)
    return {(pk, key): value for pk, key, value in rows.values_list("case", "key", "value")}


def sums_of(
    groups: Sequence[tuple[str, Sequence[Fact]]],
    measures: Sequence[Measure],
    values: Mapping[tuple[int, str], Any],
) -> Iterable[SumRow]:
    """Each measure for every group; those that say nothing anywhere are left out."""
    often = Counter(one.key for one in measures)
    for one in measures:
        cells = [
            one.count([values[f.pk, one.key] for f in found if (f.pk, one.key) in values])
            for _t, found in groups
        ]
        if any(cell != "0" for cell in cells):
            yield SumRow(one, tuple(cells), often[one.key] == 1)


def roles_of(kind: Naming) -> list[tuple[str, str]]:
    """The roles by which figures can be sorted: those given to organisations, and who opened them."""
    roles = [one for one in kind.spec.get("role", ()) if one.get("assigned")]
    return [*((one["code"], one["title"]) for one in roles), (OPENER, _("Opened by"))]

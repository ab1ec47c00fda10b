"""Queues of cases: filtered, sorted and paged in the database; what a page shows is read for that page."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import pairwise

from django.db.models import Count, F, Q, QuerySet

from minhu.cases import rules
from minhu.cases.models import Case, Clock, Part, Step
from minhu.cases.queries.lights import RANK, WORST_FIRST, Day, Facts, light_of, ranked
from minhu.cases.queries.naming import Naming, aside, given_roles, listed, namings, on_desk
from minhu.cases.queries.readings import day_of as legal_day
from minhu.cases.states import ClockState, Status, StepState
from minhu.people.rules import Reader
from minhu.ui.offers import Light

SHOWS = ("desk", "waits", "open", "ended")
NEVER = date(9999, 12, 31)
SHOWN = ("number", "title", "kind", "matter", "status", "opened_at", "ended_at", "due_on", "is_held",
         "is_provisional", "rev", "illustrative")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; an empty word asks for nothing. `show`: one of SHOWS."""

    show: str = ""
    text: str = ""
    kind: str = ""
    place: str = ""
    office: str = ""
    light: str = ""
    matter: str = ""
    sort: str = "light"

    @classmethod
    def of(cls, cleaned: Mapping[str, object]) -> "Filters":
        """Filters from a form's cleaned values; what is missing or empty stays empty."""
        known = {one.name: str(cleaned[one.name]) for one in fields(cls) if cleaned.get(one.name)}
        return cls(**known)


@dataclass(frozen=True, slots=True)
class Resting:
    """Where a case rests now: the place in words, and on whose desk."""

    node: str
    place: str
    office: str
    attempt: int
    role: str = ""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of a queue. `handed`: how often the case went from one organisation to another."""

    case: Case
    kind: Naming
    light: Light
    resting: tuple[Resting, ...]
    clock: Clock | None
    age: int
    handed: int

    @property
    def due_on(self) -> date | None:
        """The last day, of a clock that still runs."""
        return self.case.due_on

    @property
    def where(self) -> str:
        """Where it rests, in one line."""
        return listed(one.place for one in self.resting)

    @property
    def offices(self) -> str:
        """Whose desks it lies on."""
        return listed(one.office for one in self.resting)


class Queue:
    """The cases one reader sees, on one day."""

    def __init__(self, reader: Reader, day: Day) -> None:
        self.reader, self.day = reader, day
        self.known = namings()

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """Code and title of every kind, current titles first."""
        titles: dict[str, str] = {}
        for one in sorted(self.known.values(), key=lambda one: not one.is_current):
            titles.setdefault(one.code, one.title)
        return list(titles.items())

    def kind(self, code: str) -> Naming | None:
        """The current version of a kind."""
        return next((one for one in self.known.values() if one.code == code and one.is_current), None)

    def places(self, kind: str) -> list[tuple[str, str]]:
        """Where cases of a kind may rest."""
        found: dict[str, str] = {}
        for one in self.known.values():
            if one.code == kind:
                resting = (p for p in one.spec.get("place", ()) if p.get("kind", "task") in ("task", "wait"))
                found |= {place["code"]: place.get("title") or place["code"] for place in resting}
        return list(found.items())

    def seen(self) -> QuerySet[Case]:
        """The cases this reader may see."""
        return Case.objects.filter(rules.visible(self.reader))

    def desk(self) -> QuerySet[Step]:
        """The steps on this reader's desk."""
        mine = on_desk(self.known, str(self.reader.role or ""), self.reader.organisation_id)
        return Step.objects.filter(mine, state=StepState.OPEN)

    def mine(self) -> QuerySet[Step]:
        """The steps on this desk that its organisation gave to this reader."""
        return self.desk().filter(assignee=self.reader.user.pk)

    def shown(self, show: str) -> QuerySet[Case]:
        """The cases of one tab."""
        rows = self.seen()
        if show == "ended":
            return rows.filter(status=Status.ENDED)
        rows = rows.filter(status=Status.OPEN)
        if show == "desk":
            return rows.filter(pk__in=self.desk().values("case"))
        if show == "waits":
            return rows.filter(self.own()).exclude(pk__in=self.desk().values("case"))
        return rows

    def own(self) -> Q:
        """Cases the own organisation opened, had on its desk, or was given a role in by somebody."""
        mine = self.reader.organisation_id
        had = Step.objects.filter(organisation=mine).values("case")
        given = Part.objects.filter(given_roles(self.known), organisation=mine).values("case")
        return Q(opener=mine) | Q(pk__in=had) | Q(pk__in=given)

    def counts(self) -> dict[str, int]:
        """How many cases each tab holds."""
        return {show: self.shown(show).count() for show in SHOWS}

    def matching(self, filters: Filters) -> QuerySet[Case]:
        """The cases the filters let through, the light apart."""
        rows = self.shown(filters.show)
        if filters.kind:
            rows = rows.filter(kind__code=filters.kind)
        if filters.matter:
            rows = rows.filter(matter=filters.matter)
        if filters.place or filters.office:
            resting = Step.objects.filter(state=StepState.OPEN)
            if filters.place:
                resting = resting.filter(node=filters.place)
            if filters.office:
                resting = resting.filter(organisation__code=filters.office)
            rows = rows.filter(pk__in=resting.values("case"))
        for word in filters.text.split():
            rows = rows.filter(Q(title__icontains=word) | Q(number__icontains=word))
        return rows

    def tones(self, rows: QuerySet[Case]) -> dict[str, int]:
        """How many open cases show which tone, in one query."""
        counted = ranked(rows, self.day).order_by().values_list("rank").annotate(n=Count("pk"))  # type: ignore[misc]
        return dict.fromkeys(WORST_FIRST, 0) | {WORST_FIRST[rank]: n for rank, n in counted}

    def keys(self, rows: QuerySet[Case], filters: Filters) -> QuerySet[Case, int]:
        """The keys in the order asked for: the worst first, then the nearest."""
        if filters.show == "ended":
            return rows.order_by("-ended_at", "-pk").values_list("pk", flat=True)
        if filters.light in RANK or filters.sort == "light":
            rows = ranked(rows, self.day)
        if filters.light in RANK:
            rows = rows.filter(rank=RANK[filters.light])  # type: ignore[misc]
        due = F("due_on").asc(nulls_last=True)
        orders = {"light": ("rank", due, "pk"), "due": (due, "pk"), "opened": ("opened_at", "pk")}
        return rows.order_by(*orders.get(filters.sort, orders["light"])).values_list("pk", flat=True)

    def rows(self, keys: Iterable[int]) -> list[QueueRow]:
        """The lines of one page in their order; three queries."""
        page = list(keys)
        cases = Case.objects.only(*SHOWN).in_bulk(page)
        stays: dict[int, list[Step]] = defaultdict(list)
        found = Step.objects.filter(case__in=page).select_related("organisation")
        for step in found.only("case", "node", "attempt", "state", "role", "organisation__short").order_by(
            "entered_at", "pk"
        ):
            stays[step.case_id].append(step)
        clocks = {
            one.case_id: one for one in Clock.objects.filter(case__in=page, is_first=True).order_by("pk")
        }
        return [self.row(cases[key], stays[key], clocks.get(key)) for key in page]

    def row(self, case: Case, steps: Sequence[Step], clock: Clock | None) -> QueueRow:
        """One line from a case, its stays in their order and its first clock."""
        kind = self.known[case.kind_id]
        resting = resting_of(kind, steps)
        facts = facts_of(case, resting, clock)
        until = case.ended_at or None
        age = ((legal_day(until) if until else self.day.on) - legal_day(case.opened_at)).days
        return QueueRow(case, kind, light_of(facts, self.day), resting, clock, age, handed(steps))


def resting_of(kind: Naming, steps: Sequence[Step]) -> tuple[Resting, ...]:
    """Where a case rests now; milestones stay marked, but nobody works there."""
    passed = {p["code"] for p in kind.spec.get("place", ()) if p.get("kind") in ("milestone", "end")}
    return tuple(
        Resting(
            one.node,
            kind.place(one.node),
            one.organisation.short if one.organisation else "",
            one.attempt,
            one.role,
        )
        for one in steps
        if one.state == StepState.OPEN and one.node not in passed
    )


def facts_of(case: Case, resting: Sequence[Resting], clock: Clock | None) -> Facts:
    """What the light of a case depends on."""
    where = listed(aside(one.place, one.office) for one in resting[:3])
    return Facts(
        is_open=case.is_open,
        due_on=case.due_on,
        is_held=case.is_held,
        attempt=max((one.attempt for one in resting if one.role), default=1),
        where=where,
        ended_on=legal_day(case.ended_at) if case.ended_at else None,
        late_by=late_by(clock),
    )


def late_by(clock: Clock | None) -> int:
    """By how many days a clock was stopped too late."""
    if clock is None or clock.state != ClockState.STOPPED or clock.stopped_on is None:
        return 0
    return max(0, (clock.stopped_on - clock.due_on).days)


def handed(steps: Sequence[Step]) -> int:
    """How often a case went from one organisation to another."""
    way = [step.organisation_id for step in steps if step.organisation_id]
    return sum(1 for before, after in pairwise(way) if before != after)


def matters_of(reader: Reader) -> list[str]:
    """The matters of cases this reader sees."""
    rows = Case.objects.filter(rules.visible(reader)).exclude(matter="")
    return list(rows.order_by("matter").values_list("matter", flat=True).distinct())

"""A case as its page shows it: rows, the kind in words, clocks, the way, what may be done, the record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from minhu.cases.bridge.compiling import Compiled, of_digest
from minhu.cases.bridge.pages.clock_views import ClockView, clock_views
from minhu.cases.bridge.pages.desks import Desk, Masked, desks_of, masked_of
from minhu.cases.bridge.pages.offering import Deed, deeds_of
from minhu.cases.bridge.pages.picture import Mark, Picture, picture_of, way_of
from minhu.cases.bridge.pages.telling import Telling, tell
from minhu.cases.bridge.values import shown
from minhu.cases.models import Case, Datum
from minhu.cases.queries.lights import Day, Facts, light_of
from minhu.cases.queries.naming import aside, listed
from minhu.cases.queries.page import HandOff, Sheet, hand_offs, known_state, sheet_of
from minhu.cases.queries.readings import Readings, day_of
from minhu.cases.states import OPENER, CaseRefused, CaseState, Doer, Plain, StepState
from minhu.packs.kinds import FieldSpec, FieldType
from minhu.people.models import Organisation
from minhu.rulebook.queries import Missing, limit
from minhu.ui.offers import Light


@dataclass(frozen=True, slots=True)
class Said:
    """A value in words; `table`: which table decided it, if nobody said it."""

    title: str
    words: str
    table: str = ""
    is_long: bool = False
    file: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Values that one deed said, by whom and when."""

    title: str
    who: str
    at: datetime | None
    values: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """A role and the organisations that have it."""

    title: str
    organisations: tuple[Organisation, ...]


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay on a desk in words, and how many days it lasted."""

    organisation: str
    place: str
    since: datetime
    until: datetime | None
    days: int


@dataclass(frozen=True, slots=True)
class Child:
    """A case opened from this one, and the organisations that were given it."""

    case: Case
    units: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """Everything a page of a case shows."""

    case: Case
    kind: Compiled
    state: CaseState
    sheet: Sheet
    light: Light
    where: str
    way: tuple[Mark, ...]
    picture: Picture
    clocks: tuple[ClockView, ...]
    clocks_fault: str
    may: tuple[Deed, ...]
    rest: tuple[Deed, ...]
    parties: tuple[Party, ...]
    groups: tuple[Group, ...]
    personal: tuple[Masked, ...]
    stays: tuple[Stay, ...]
    told: tuple[Telling, ...]
    children: tuple[Child, ...] = ()
    desks: tuple[Desk, ...] = ()

    @property
    def end(self) -> str:
        """Where it ended, in words."""
        return self.kind.title(self.case.end) if self.case.end else ""

    @property
    def way_now(self) -> int:
        """Which mark of the way it is at, counted from 1."""
        return next((n for n, mark in enumerate(self.way, 1) if mark.state == "now"), len(self.way))

    @property
    def children_open(self) -> int:
        """How many cases opened from this one go on."""
        return sum(1 for child in self.sheet.children if child.is_open)


def case_view(case: Case, by: Doer, day: Day, at: datetime) -> CaseView:
    """A case as a page shows it to somebody; a fixed number of queries."""
    sheet, state = sheet_of(case), known_state(case)
    kind, readings = of_digest(state.digest, case.kind_id), Readings(state, at)
    deeds = deeds_of(kind, state, by, at, readings)
    clocks, fault = clocks_of(kind, state, readings, day)
    visited = [one.node for one in sheet.steps]
    here = [one.node for one in sheet.steps if one.state == StepState.OPEN]
    return CaseView(
        case=case, kind=kind, state=state, sheet=sheet,
        light=light_of(facts_of(case, kind, sheet, clocks), day),
        where=where_of(kind, sheet),
        way=way_of(kind, visited, here or [case.end]),
        picture=picture_of(kind, done=visited, now=here or [case.end]),
        clocks=clocks, clocks_fault=fault,
        may=tuple(one for one in deeds if one.may), rest=tuple(one for one in deeds if not one.may),
        parties=tuple(parties_of(kind, sheet)), groups=tuple(groups_of(kind, sheet)),
        personal=masked_of(kind, sheet), desks=desks_of(kind, sheet, by),
        stays=tuple(stay_of(kind, one, day.on) for one in hand_offs(sheet.steps)),
        told=tuple(tell(kind, entry, sheet) for entry in reversed(sheet.entries)),
        children=tuple(Child(child, units_of(child)) for child in sheet.children),
    )  # fmt: skip


def stay_of(kind: Compiled, one: HandOff, on: date) -> Stay:
    """One stay on a desk."""
    return Stay(one.organisation, kind.title(one.step.node), one.since, one.until, one.days(on))


def clocks_of(
    kind: Compiled, state: CaseState, readings: Readings, day: Day
) -> tuple[tuple[ClockView, ...], str]:
    """The clocks, or why they cannot be read."""
    try:
        near = limit("light.near_days", on=day.on).days
    except Missing:
        near = 0
    try:
        return tuple(clock_views(kind, state, readings.calendar(), day.on, near)), ""
    except CaseRefused as missing:
        return (), missing.words


def where_of(kind: Compiled, sheet: Sheet) -> str:
    """Where it rests and on whose desk, in one line."""
    resting = (one for one in sheet.steps if one.state == StepState.OPEN and one.role)
    return listed(aside(kind.title(s.node), s.organisation.short if s.organisation else "") for s in resting)


def facts_of(case: Case, kind: Compiled, sheet: Sheet, clocks: Sequence[ClockView]) -> Facts:
    """What its light depends on."""
    resting = [one for one in sheet.steps if one.state == StepState.OPEN and one.role]
    first = next((one for one in clocks if one.row.is_first and one.is_stopped), None)
    stopped = first.row.stopped_on if first else None
    return Facts(
        is_open=case.is_open,
        due_on=case.due_on,
        is_held=case.is_held,
        attempt=max((one.attempt for one in resting), default=1),
        where=where_of(kind, sheet),
        ended_on=day_of(case.ended_at) if case.ended_at else None,
        late_by=max(0, (stopped - first.row.due_on).days) if first and stopped else 0,
    )


def parties_of(kind: Compiled, sheet: Sheet) -> list[Party]:
    """Who takes part, by role; an office that the kind itself names is told once it had the case."""
    had = {step.role for step in sheet.steps}
    found: dict[str, list[Organisation]] = {}
    for part in sheet.parts:
        spec = kind.roles.get(part.role)
        if part.role in had or not (spec and spec.organisation):
            found.setdefault(part.role, []).append(part.organisation)
    return [Party(role_title(kind, role), tuple(units)) for role, units in found.items()]


def units_of(child: Case) -> str:
    """The organisations a case was given to: not who opened it, nor those its kind names always."""
    roles = of_digest(child.kind.digest, child.kind_id).roles
    given = (part for part in child.parts.all() if part.role in roles and roles[part.role].assigned)
    return listed(part.organisation.short for part in given)


def role_title(kind: Compiled, role: str) -> str:
    """A role in words; the opener has a name of its own."""
    return _("Opened by") if role == OPENER and kind.title(role) == role else kind.title(role)


def groups_of(kind: Compiled, sheet: Sheet) -> list[Group]:
    """Values by the deed that said them, in the order of deeds; within one in the order of the kind."""
    order = {code: place for place, code in enumerate(kind.fields)}
    rows = [row for row in sheet.data if row.value is not None and row.key in order]
    found: dict[int, list[Datum]] = {}
    for row in sorted(rows, key=lambda row: (row.rev, order[row.key])):
        found.setdefault(row.rev, []).append(row)
    return [group_of(kind, sheet, rev, said) for rev, said in found.items()]


def group_of(kind: Compiled, sheet: Sheet, rev: int, rows: Sequence[Datum]) -> Group:
    """What one deed said."""
    entry = sheet.at(rev)
    told = tell(kind, entry, sheet) if entry else None
    values = tuple(said_of(kind, sheet, kind.fields[row.key], row) for row in rows)
    return Group(told.title if told else "", told.who if told else "", told.at if told else None, values)


def said_of(kind: Compiled, sheet: Sheet, spec: FieldSpec, row: Datum) -> Said:
    """One value in words."""
    table, _hash, rules = row.source.partition("#")
    by_table = table in kind.tables
    title = kind.tables[table].table.title or table if by_table else ""
    return Said(
        title=spec.title,
        words=words_of(kind, sheet, spec, row.value),
        table=_("%(table)s, row %(rows)s") % {"table": title, "rows": rules} if by_table else "",
        is_long=spec.type is FieldType.LONG,
        file=file_url(sheet, spec, row.value),
    )


def words_of(kind: Compiled, sheet: Sheet, spec: FieldSpec, plain: Plain) -> str:
    """A value as it is read."""
    if spec.type is FieldType.ORGANISATION:
        return sheet.names.get(str(plain), str(plain))
    if spec.type is FieldType.FILE:
        paper = next((one for one in sheet.papers if one.sha256 == plain), None)
        return paper.title if paper else str(plain)[:12]
    return shown(kind, spec.code, plain)


def file_url(sheet: Sheet, spec: FieldSpec, plain: Plain) -> str:
    """The number of the paper a value of type file stands for, or nothing."""
    if spec.type is not FieldType.FILE:
        return ""
    return next((str(one.pk) for one in sheet.papers if one.sha256 == plain), "")

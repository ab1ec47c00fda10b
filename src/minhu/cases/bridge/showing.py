"""A case as its page shows it: rows, the kind in words, clocks, the way, what may be done, the record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from minhu.cases.bridge.clock_views import ClockView, clock_views
from minhu.cases.bridge.compiling import Compiled, of_digest
from minhu.cases.bridge.offering import Deed, deeds_of
from minhu.cases.bridge.picture import Mark, Picture, picture_of, way_of
from minhu.cases.bridge.telling import Telling, tell
from minhu.cases.bridge.values import shown
from minhu.cases.models import Case, Datum, PersonalDatum
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
    """A value in words: who said it and when, or which table decided it."""

    title: str
    words: str
    who: str = ""
    at: datetime | None = None
    table: str = ""
    is_long: bool = False
    file: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Values that one step asks for."""

    title: str
    values: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """A role and the organisations that have it."""

    title: str
    organisations: tuple[Organisation, ...]


@dataclass(frozen=True, slots=True)
class Masked:
    """A personal value that is shown only when it is opened."""

    row: PersonalDatum
    title: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay on a desk in words, and how many days it lasted."""

    organisation: str
    place: str
    since: datetime
    until: datetime | None
    days: int


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
        personal=tuple(Masked(row, kind.title(row.key)) for row in sheet.personal),
        stays=tuple(stay_of(kind, one, day.on) for one in hand_offs(sheet.steps)),
        told=tuple(tell(kind, entry, sheet) for entry in reversed(sheet.entries)),
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
    """Who takes part, by role."""
    found: dict[str, list[Organisation]] = {}
    for part in sheet.parts:
        found.setdefault(part.role, []).append(part.organisation)
    return [Party(role_title(kind, role), tuple(units)) for role, units in found.items()]


def role_title(kind: Compiled, role: str) -> str:
    """A role in words; the opener has a name of its own."""
    return _("Opened by") if role == OPENER and kind.title(role) == role else kind.title(role)


def groups_of(kind: Compiled, sheet: Sheet) -> list[Group]:
    """Values by the step that asks for them, each in the first; what only tables decide comes last."""
    rows = {row.key: row for row in sheet.data if row.value is not None}
    asked = [(_("When it was opened"), tuple(name.removesuffix("?") for name in kind.spec.asks))]
    asked += [(step.title or step.code, step.fields) for step in kind.spec.step]
    groups = []
    for title, names in asked:
        values = [
            said_of(kind, sheet, kind.fields[n], rows.pop(n)) for n in names if n in rows and n in kind.fields
        ]
        groups += [Group(title, tuple(values))] if values else []
    rest = [said_of(kind, sheet, kind.fields[key], row) for key, row in rows.items() if key in kind.fields]
    return groups + ([Group(_("Decided by tables"), tuple(rest))] if rest else [])


def said_of(kind: Compiled, sheet: Sheet, spec: FieldSpec, row: Datum) -> Said:
    """One value in words."""
    entry = sheet.at(row.rev)
    table, _hash, rules = row.source.partition("#")
    by_table = table in kind.tables
    title = kind.tables[table].table.title or table if by_table else ""
    return Said(
        title=spec.title,
        words=words_of(kind, sheet, spec, row.value),
        who=sheet.posts.get(row.who, row.who),
        at=entry.at if entry else None,
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

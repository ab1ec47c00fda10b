"""A kind made ready: its net, its tables, and what a deed looks up in it."""

from collections.abc import Iterable
from typing import Any, TypeVar

from minhu.cases.models import Kind
from minhu.cases.queries.loading import kind_row
from minhu.methods import flow, ruling
from minhu.packs.kind_values import from_plain
from minhu.packs.kinds import AUTOMATIC, OPENER, ClockSpec, FieldType, KindSpec, RoleSpec, StepSpec
from minhu.packs.nets import net_of, table_of

Item = TypeVar("Item")
CHILDREN = ("children_open", "children_ended")
KEPT: dict[str, "Compiled"] = {}
"""By digest: equal digests mean equal kinds, whatever row they stand in."""


class Compiled:
    """A kind with its parts by code. `followers`: place → automatic steps with tables that leave it."""

    def __init__(self, spec: KindSpec) -> None:
        self.spec, self.net = spec, net_of(spec)
        self.fields = {field.code: field for field in spec.field}
        self.places = {place.code: place for place in spec.place}
        self.steps = {step.code: step for step in spec.step}
        self.tables = {table.code: ruling.compiled(table_of(table)) for table in spec.table}
        self.papers = {paper.code: paper for paper in spec.paper}
        self.pauses = {pause.reason: pause for pause in spec.pause}
        self.clocks = {clock.code: clock for clock in spec.clock}
        self.spacings = {spacing.code: spacing for spacing in spec.spacing}
        self.roles = {role.code: role for role in spec.role}
        self.roles.setdefault(OPENER, RoleSpec(OPENER, "", spec.opens))
        self.choices = {f.code: {c.value: c.title for c in f.choices} for f in spec.field if f.choices}
        self.by_on = _grouped((step.on or step.code, step) for step in spec.step if step.on != AUTOMATIC)
        self.starts = _grouped((code, clock) for clock in spec.clock for code in clock.starts)
        self.stops = _grouped((code, clock) for clock in spec.clock for code in clock.stops)
        autos = [step for step in spec.step if step.on == AUTOMATIC and step.decides]
        self.followers = _grouped((code, step) for step in autos for code in step.takes)
        self.days = frozenset(f.code for f in spec.field if f.type is FieldType.DATE)
        self.numbers = frozenset(f.code for f in spec.field if f.type is FieldType.NUMBER)
        self.asks_children = bool(self.read & set(CHILDREN))

    @property
    def read(self) -> set[str]:
        """Every value a condition or a table reads."""
        found = {one.name for table in self.spec.table for one in table.input}
        return found.union(*(t.guard.keys for t in self.net.transitions if t.guard))

    @property
    def start(self) -> str:
        """The place where a case begins."""
        return next(place.code for place in self.spec.place if place.kind == "start")

    def title(self, code: str) -> str:
        """The words for a code of any part."""
        for parts in (self.steps, self.places, self.fields, self.roles):
            if code in parts:
                return str(getattr(parts[code], "title", "")) or code
        return code

    def timed(self, code: str) -> tuple[ClockSpec, ...]:
        """Clocks that a step or place starts or stops."""
        return (*self.starts.get(code, ()), *self.stops.get(code, ()))

    def doing(self, on: str) -> tuple[StepSpec, ...]:
        """The steps a command means."""
        return self.by_on.get(on, ())


def compiled(kind: Kind) -> Compiled:
    """A kind made ready, kept for the next time."""
    return of_spec(kind.digest, kind.spec)


def of_digest(digest: str, kind_id: int) -> Compiled:
    """The kind of a case made ready; its row is read only the first time."""
    return KEPT.get(digest) or compiled(kind_row(kind_id))


def of_spec(digest: str, plain: dict[str, Any]) -> Compiled:
    """A kind written as JSON made ready."""
    if digest not in KEPT:
        KEPT[digest] = Compiled(from_plain(plain))
    return KEPT[digest]


def _grouped(pairs: Iterable[tuple[str, Item]]) -> dict[str, tuple[Item, ...]]:
    """Items by key, in their order."""
    found: dict[str, list[Item]] = {}
    for key, item in pairs:
        found.setdefault(key, []).append(item)
    return {key: tuple(items) for key, items in found.items()}


def marking_of(attempts: dict[str, int], places: Iterable[str], fired: int, end: str) -> flow.Marking:
    """Where a case stands, as the net knows it."""
    return flow.Marking({place: attempts[place] for place in places}, attempts, fired, end)

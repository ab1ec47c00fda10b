"""One step for many cases: what it asks, and what stands against it in each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from minhu.cases import rules as permissions
from minhu.cases.bridge.compiling import Compiled, of_digest
from minhu.cases.bridge.pages.asking import Asked, brings_of
from minhu.cases.bridge.pages.offering import Deed, deeds_of
from minhu.cases.models import Case
from minhu.cases.queries.loading import states_of
from minhu.cases.queries.readings import Readings
from minhu.cases.states import Doer
from minhu.packs.kinds import FieldType, StepSpec
from minhu.people.rules import Reader


@dataclass(frozen=True, slots=True)
class ManyRow:
    """One of the cases; `why`: what stands against the step."""

    number: str
    title: str
    rev: int
    attempt: int
    why: str


@dataclass(frozen=True, slots=True)
class Many:
    """Cases of one kind with a step they share; `steps`: those they all offer, `step`: the one chosen."""

    kind: Compiled
    rows: tuple[ManyRow, ...]
    steps: tuple[StepSpec, ...]
    step: str
    place: str
    asked: Asked
    brings: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The step in words."""
        return self.kind.title(self.step)

    @property
    def where(self) -> str:
        """The place they are at."""
        return self.kind.title(self.place)

    @property
    def ready(self) -> int:
        """In how many nothing stands against it."""
        return sum(1 for row in self.rows if not row.why)


def many_of(reader: Reader, numbers: Sequence[str], step: str, by: Doer, at: datetime) -> Many | None:
    """The cases of these numbers that a reader sees; None unless they are of one kind and share a step."""
    ids = list(
        Case.objects.filter(permissions.visible(reader), number__in=numbers).values_list("pk", flat=True)
    )
    states = list(states_of(ids).values())
    if not states or len({state.digest for state in states}) > 1:
        return None
    kind = of_digest(states[0].digest, states[0].kind_id)
    deeds = {s.number: {d.step.code: d for d in deeds_of(kind, s, by, at, Readings(s, at))} for s in states}
    shared = set.intersection(*(set(found) for found in deeds.values()))
    steps = tuple(one for one in kind.spec.step if one.code in shared and for_many(kind, one, deeds))
    if not steps:
        return None
    chosen = next((one for one in steps if one.code == step), steps[0] if len(steps) == 1 else None)
    if chosen is None:
        rows = tuple(ManyRow(s.number, s.title, s.rev, 0, "") for s in states)
        return Many(kind, rows, steps, "", next(iter(states[0].stays)), Asked((), ()))
    found = {number: one[chosen.code] for number, one in deeds.items()}
    rows = tuple(
        ManyRow(s.number, s.title, s.rev, found[s.number].attempt, found[s.number].why) for s in states
    )
    place = next(iter(found.values())).place
    asked = Asked(chosen.asks, chosen.assigns, "", chosen.serious)
    return Many(kind, rows, steps, chosen.code, place, asked, tuple(brings_of(kind, chosen)))


def for_many(kind: Compiled, step: StepSpec, deeds: dict[str, dict[str, Deed]]) -> bool:
    """Whether a step suits many: somebody may do it in one of them, and no file is wanted."""
    wants_file = any(kind.fields[name].type is FieldType.FILE for name in step.fields)
    return not wants_file and any(found[step.code].may for found in deeds.values())

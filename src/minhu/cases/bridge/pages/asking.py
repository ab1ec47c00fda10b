"""A deed about to be done: what it asks, what is known already, what it will bring about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from minhu.cases.bridge.compiling import Compiled, compiled, of_digest
from minhu.cases.bridge.pages.kind_page import role_words
from minhu.cases.bridge.pages.offering import deeds_of
from minhu.cases.models import Case, Kind
from minhu.cases.queries.matrix import powers_for
from minhu.cases.queries.naming import aside, listed
from minhu.cases.queries.page import known_state
from minhu.cases.queries.readings import Readings, day_of
from minhu.cases.states import CaseState, Doer
from minhu.packs.kinds import EffectSpec, FieldType, StepSpec


@dataclass(frozen=True, slots=True)
class Asked:
    """What a deed asks for: fields and roles, each optional where it ends in `?`; `note` for the roles."""

    fields: tuple[str, ...]
    roles: tuple[str, ...]
    note: str = ""
    serious: bool = False


@dataclass(frozen=True, slots=True)
class Doing:
    """A step of a case, as its form needs it. `why`: what stands against it; `here`: if it is offered."""

    kind: Compiled
    state: CaseState
    step: StepSpec
    place: str
    attempt: int
    why: str
    who: str
    here: bool
    asked: Asked
    known: Mapping[str, Any] = field(default_factory=dict)
    brings: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What it is called."""
        return self.step.title or self.step.code

    @property
    def may(self) -> bool:
        """Whether this doer may do it now."""
        return self.here and not self.why

    @property
    def where(self) -> str:
        """The place in words."""
        return self.kind.title(self.place) if self.place else ""

    def meant(self, place: str, attempt: str) -> tuple[str, int]:
        """The place and attempt a form was opened for; what it does not say is where the case is now."""
        if place in self.kind.places and attempt.isdecimal():
            return place, int(attempt)
        return self.place, self.attempt


def doing_of(case: Case, code: str, by: Doer, at: datetime) -> Doing | None:
    """A step of a case; None where the kind has no such step for people."""
    state = known_state(case)
    kind = of_digest(state.digest, case.kind_id)
    step = kind.steps.get(code)
    if step is None or step.on:
        return None
    deeds = {one.step.code: one for one in deeds_of(kind, state, by, at, Readings(state, at))}
    deed = deeds.get(code)
    note = power_note(kind, state, at) if step.assigns else ""
    return Doing(
        kind=kind, state=state, step=step,
        place=deed.place if deed else "", attempt=deed.attempt if deed else 0,
        why=deed.why if deed else _("the case is no longer where this is done"),
        who=deed.who if deed else "", here=deed is not None,
        asked=Asked(step.asks, step.assigns, note, step.serious),
        known={**known_to(kind, step, state), "rev": state.rev}, brings=tuple(brings_of(kind, step)),
    )  # fmt: skip


def known_to(kind: Compiled, step: StepSpec, state: CaseState) -> dict[str, Any]:
    """What a form is filled with: what is known, but for reasons that this step alone asks each time anew."""
    others = {name.removesuffix("?") for name in kind.spec.asks}
    others |= {name for other in kind.spec.step if other.code != step.code for name in other.fields}
    fresh = {n for n in step.fields if n not in others and kind.fields[n].type is FieldType.LONG}
    return {key: value for key, value in state.data.items() if key not in fresh}


def asked_at_opening(kind: Kind) -> tuple[Compiled, Asked]:
    """What opening a case of a kind asks for."""
    ready = compiled(kind)
    return ready, Asked(ready.spec.asks, ready.spec.assigns)


def power_note(kind: Compiled, state: CaseState, at: datetime) -> str:
    """Which places a matter may be given to: without a listed power it stays with the department."""
    if not kind.spec.matter:
        return ""
    matter = str(state.data.get(kind.spec.matter) or "")
    rows = powers_for(matter, day_of(at)) if matter else []
    if not rows:
        return _("No power for this matter was handed down: towns and streets cannot be chosen.")
    places = listed(row.place.short for row in rows)
    said = {"matter": rows[0].title, "places": places, "lines": listed(row.line.short for row in rows)}
    return _("“%(matter)s” may be given to %(places)s; elsewhere it stays with %(lines)s.") % said


def brings_of(kind: Compiled, step: StepSpec) -> Iterable[str]:
    """What follows from a step, in words: where it leads, papers, clocks, notices."""
    places = [kind.places[code] for code in step.puts if code in kind.places]
    resting = [one for one in places if one.kind != "route"]
    if resting:
        yield _("leads to: %(places)s") % {
            "places": listed(aside(p.title, role_words(kind, p.role) if p.role else "") for p in resting)
        }
    if step.paper in kind.papers:
        yield _("makes the paper “%(paper)s”, which is never changed") % {
            "paper": kind.papers[step.paper].title
        }
    touched = (step.code, *step.puts)
    for words, clocks in (
        (_("starts the clock “%(clock)s”"), kind.starts),
        (_("stops the clock “%(clock)s”"), kind.stops),
    ):
        for clock in dict.fromkeys(clock for code in touched for clock in clocks.get(code, ())):
            yield words % {"clock": clock.title}
    for said in step.extends:
        yield _("gives the clock “%(clock)s” more time") % {
            "clock": kind.clocks[said.partition("=")[0]].title
        }
    yield from (words for effect in step.effect if (words := effect_words(kind, effect)))


def effect_words(kind: Compiled, effect: EffectSpec) -> str:
    """What an effect does, in words."""
    if effect.kind == "notice":
        return _("tells %(who)s") % {"who": role_words(kind, effect.to)}
    if effect.kind == "open":
        return _("opens a case for each “%(role)s”") % {"role": kind.title(effect.each)}
    if effect.kind == "rating":
        return _("asks whoever raised it for a rating")
    return _("tells the case it was opened from")

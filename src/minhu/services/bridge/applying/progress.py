"""How far an application is: department by department, what is waited for, by when, what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from minhu.cases.bridge.compiling import Compiled, of_digest
from minhu.cases.models import Case, Effect, Paper, Rating, Step
from minhu.cases.queries.lights import DONE, OFF, RANK, Day, Facts, light_of, spoken
from minhu.cases.queries.loading import state_of
from minhu.cases.queries.readings import day_of
from minhu.cases.states import CaseState, ClockNow, ClockState, EffectState
from minhu.packs.kinds import PlaceSpec
from minhu.people.models import Organisation
from minhu.services.bridge.emitting import OPINION
from minhu.ui.offers import Light

GOING = "going"
"""Where a case rests from its beginning to its end: no step of anybody."""
AUTHOR = "author"
MORE_TIME = "more_"


@dataclass(frozen=True, slots=True)
class Stop:
    """A step of a department: `state` is done, now or ahead."""

    title: str
    state: str
    since: datetime | None = None
    until: datetime | None = None
    due_on: date | None = None
    result: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """A department with its steps and its light."""

    name: str
    light: Light
    stops: tuple[Stop, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """All of it. `waits`: what it waits for now; `rating`: whether it can be rated, or was."""

    offices: tuple[Office, ...]
    waits: tuple[str, ...]
    due_on: date | None
    is_held: bool
    light: Light
    end: str
    end_title: str
    papers: tuple[Paper, ...]
    may_rate: bool
    rated: Rating | None

    @property
    def at_work(self) -> int:
        """How many departments have something to do now."""
        return sum(any(stop.state == "now" for stop in office.stops) for office in self.offices)


def progress_of(case: Case, day: Day) -> Progress:
    """The progress of the case of an application."""
    state = state_of(case.number)
    if state is None:
        raise LookupError(f"case {case.number} was removed while it was read")
    kind = of_digest(state.digest, state.kind_id)
    steps = list(case.steps.select_related("organisation"))
    offices = offices_of(kind, state, steps, day)
    clock = next((one for one in state.clocks if one.is_first), None)
    due_on = clock.due_on if clock and clock.state != ClockState.STOPPED else case.due_on
    facts = Facts(
        case.is_open, due_on, state.is_held, ended_on=day_of(case.ended_at) if case.ended_at else None
    )
    made = [one for one in case.papers.filter(is_made=True) if is_for_author(kind, one)]
    return Progress(
        tuple(offices), tuple(waited(offices)), due_on, state.is_held, light_of(facts, day),
        case.end, kind.title(case.end) if case.end else "", tuple(made), may_rate(case),
        case.ratings.exclude(rated_at=None).first(),
    )  # fmt: skip


def offices_of(kind: Compiled, state: CaseState, steps: Sequence[Step], day: Day) -> list[Office]:
    """The departments in the order in which the case meets them first."""
    names = dict(Organisation.objects.filter(code__in=kind.roles).values_list("code", "short"))
    found: dict[str, list[tuple[Stop, Light]]] = {}
    for place in kind.spec.place:
        if place.kind not in ("task", "wait") or place.code == GOING or place.role not in names:
            continue
        mine = [one for one in steps if one.node == place.code]
        if mine or not is_only_now_and_then(place):
            found.setdefault(place.role, []).append(stop_of(kind, state, place, mine, day))
    return [
        Office(names[role], worst([light for _stop, light in stops]), tuple(stop for stop, _light in stops))
        for role, stops in found.items()
    ]


def is_only_now_and_then(place: PlaceSpec) -> bool:
    """Whether most cases never come there: corrections, days told in writing, more time approved."""
    return bool(place.pauses) or place.code.startswith(MORE_TIME)


def stop_of(
    kind: Compiled, state: CaseState, place: PlaceSpec, steps: Sequence[Step], day: Day
) -> tuple[Stop, Light]:
    """A step of a department and its light."""
    result = str(state.data.get(f"{OPINION}{place.code}") or "")
    if place.code in state.stays:
        clock = clock_at(kind, state, place.code)
        due_on = clock.due_on if clock else None
        facts = Facts(
            True, due_on, bool(clock and clock.state == ClockState.PAUSED), state.stays[place.code].attempt
        )
        since = steps[-1].entered_at if steps else None
        return Stop(place.title, "now", since, None, due_on, result), light_of(facts, day)
    if steps and steps[-1].left_at:
        until = steps[-1].left_at
        light = Light(DONE, pgettext("department", "Done"), _("on %(day)s") % {"day": spoken(day_of(until))})
        return Stop(place.title, "done", steps[0].entered_at, until, None, result), light
    return Stop(place.title, "ahead"), Light(OFF, pgettext("department", "Not yet"))


def clock_at(kind: Compiled, state: CaseState, place: str) -> ClockNow | None:
    """The clock that runs at a place."""
    codes = {clock.code for clock in kind.starts.get(place, ())}
    live = [one for one in state.clocks if one.code in codes and one.state != ClockState.STOPPED]
    return live[-1] if live else None


def worst(lights: Sequence[Light]) -> Light:
    """The light of a department: what is under way counts, then what lies ahead, then what is done."""
    now = [one for one in lights if one.tone != DONE and str(one.word) != pgettext("department", "Not yet")]
    if now:
        return min(now, key=lambda one: RANK.get(one.tone, len(RANK)))
    ahead = [one for one in lights if one.tone != DONE]
    return ahead[0] if ahead else lights[-1]


def waited(offices: Sequence[Office]) -> list[str]:
    """What the case waits for, in words."""
    return [
        f"{office.name} · {stop.title}" for office in offices for stop in office.stops if stop.state == "now"
    ]


def is_for_author(kind: Compiled, paper: Paper) -> bool:
    """Whether a paper is meant for whoever applied."""
    return paper.code in kind.papers and kind.papers[paper.code].to == AUTHOR


def may_rate(case: Case) -> bool:
    """Whether the token of a rating waits for its author."""
    effect = Effect.objects.filter(case=case, kind="rating", state=EffectState.DONE).last()
    return bool(effect and (effect.result or {}).get("token"))

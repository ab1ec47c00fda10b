"""What the kind of case knows of answering: which step gives it out, which answers, who may close it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from minhu.cases.bridge.compiling import Compiled, of_digest
from minhu.cases.bridge.pages.asking import Doing, doing_of
from minhu.cases.bridge.pages.offering import Deed, deeds_of
from minhu.cases.models import Case
from minhu.cases.queries.page import known_state
from minhu.cases.queries.readings import Readings
from minhu.cases.rules import role_of
from minhu.cases.states import Doer
from minhu.packs.kinds import StepSpec
from minhu.voices.queries.answering import ANSWER, HANDLER


@dataclass(frozen=True, slots=True)
class Closing:
    """Who closes a case of voices, and whom it keeps from closing it alone."""

    step: str
    who: str
    not_by: tuple[str, ...]


def deeds(case: Case, by: Doer, at: datetime) -> list[Deed]:
    """What may be done to a case now."""
    state = known_state(case)
    kind = of_digest(state.digest, case.kind_id)
    return deeds_of(kind, state, by, at, Readings(state, at))


def assigning_step(case: Case, by: Doer, at: datetime) -> StepSpec | None:
    """The step that names the office, if this post may do it now."""
    for deed in deeds(case, by, at):
        if deed.may and HANDLER in {role.removesuffix("?") for role in deed.step.assigns}:
            return deed.step
    return None


def answering_steps(case: Case, by: Doer, at: datetime) -> list[Doing]:
    """The steps that answer and that this post may do now."""
    found = [
        doing_of(case, deed.step.code, by, at)
        for deed in deeds(case, by, at)
        if deed.may and ANSWER in deed.step.fields
    ]
    return [doing for doing in found if doing is not None]


def closings(case: Case) -> list[Closing]:
    """The steps that close an answered case, and the steps whose doers may not do them."""
    state = known_state(case)
    kind = of_digest(state.digest, case.kind_id)
    ends = {place.code for place in kind.spec.place if place.kind == "end"}
    return [
        Closing(step.title, who_does(kind, step), tuple(kind.title(code) for code in step.apart))
        for step in kind.spec.step
        if step.apart and ends & set(step.puts)
    ]


def who_does(kind: Compiled, step: StepSpec) -> str:
    """The role that does a step, in words."""
    return kind.title(role_of(kind, step))


def values_again(case: Case, note: str) -> Mapping[str, object]:
    """The values a new case takes over from a closed one, with a word on why."""
    state = known_state(case)
    kind = of_digest(state.digest, case.kind_id)
    names = {name.removesuffix("?") for name in kind.spec.asks}
    personal = {field.code for field in kind.spec.field if field.personal}
    known = {name: value for name, value in state.data.items() if name in names - personal}
    if "facts" in known:
        known["facts"] = f"{note}\n{known['facts']}"
    return {name: value for name, value in known.items() if value is not None}

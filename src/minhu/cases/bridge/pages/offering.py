"""What may be done to a case now, by whoever looks; and what not, why not, and who could."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from minhu.cases import rules as permissions
from minhu.cases.bridge import checks, clocks
from minhu.cases.bridge.compiling import Compiled, marking_of
from minhu.cases.bridge.deciding import typed_data
from minhu.cases.bridge.guard_words import guard_words
from minhu.cases.bridge.outcome import Outcome, Rules, Work
from minhu.cases.queries.naming import aside, listed
from minhu.cases.states import CaseRefused, CaseState, Doer
from minhu.methods import flow
from minhu.packs.kinds import OPENER, StepSpec


@dataclass(frozen=True, slots=True)
class Deed:
    """A step at a place where the case is. `why`: what stands against it for this doer, or nothing."""

    step: StepSpec
    place: str
    place_title: str
    attempt: int
    why: str = ""
    who: str = ""

    @property
    def title(self) -> str:
        """What it is called."""
        return self.step.title or self.step.code

    @property
    def may(self) -> bool:
        """Whether this doer may do it now."""
        return not self.why


def deeds_of(kind: Compiled, state: CaseState, by: Doer, at: datetime, rules: Rules) -> list[Deed]:
    """Every step somebody could do where the case is, in the order of the kind."""
    if state.end:
        return []
    work = Work(kind, state, by, at, rules, Outcome(state, ""))
    marking = marking_of(state.attempts, state.stays, state.fired, state.end)
    offers = {one.transition.code: one for one in flow.offers(kind.net, marking, typed_data(work))}
    found = []
    for step in kind.spec.step:
        offer = offers.get(step.code)
        if step.on or offer is None:
            continue
        who = who_may(work, step)
        why = why_not(work, step, offer, who)
        found.append(Deed(step, offer.place, kind.title(offer.place), offer.attempt, why, who))
    return found


def deed_of(kind: Compiled, state: CaseState, code: str) -> Deed | None:
    """One step where the case is, whoever looks; None where it is not offered."""
    step = kind.steps.get(code)
    here = [place for place in (*step.takes, *step.reads) if place in state.stays] if step else []
    if step is None or step.on or not here:
        return None
    return Deed(step, here[0], kind.title(here[0]), state.stays[here[0]].attempt)


def why_not(work: Work, step: StepSpec, offer: flow.Offer, who: str) -> str:
    """What stands against a step for this doer, in words."""
    if not permissions.may_do(work.by, work.kind, work.state.parts, step):
        return _("for %(who)s") % {"who": who}
    if words := net_words(work, step, offer):
        return words
    try:
        checks.check_apart(work, step)
        clocks.check_lead(work, step)
    except CaseRefused as refused:
        return refused.words
    return ""


def net_words(work: Work, step: StepSpec, offer: flow.Offer) -> str:
    """What the net has against a step; a condition on what the step itself asks is none."""
    kind, transition = work.kind, offer.transition
    away = [code for code in transition.needs if code not in work.state.stays]
    if away:
        return _("waits for: %(places)s") % {"places": listed(kind.title(code) for code in away)}
    if not offer.obstacle:
        return ""
    if any(is_under_way(work, transition, code) for code in transition.puts):
        return _("under way already")
    answered = {out.name for code in step.decides for out in kind.tables[code].table.outputs}
    guard = transition.guard
    if guard and guard.keys & ({*step.fields} | answered):
        return ""
    if guard and str(guard) in offer.obstacle:
        return _("only if: %(needs)s") % {"needs": guard_words(kind, guard)}
    return _("under way already, or done as often as it may be")


def is_under_way(work: Work, transition: flow.Transition, code: str) -> bool:
    """Whether a place a step would enter is one the case is at, and does not leave by it."""
    leaves = code in (*transition.takes, *transition.clears) or flow.ALL in transition.clears
    return code in work.state.stays and not leaves and work.kind.places[code].kind != "milestone"


def who_may(work: Work, step: StepSpec) -> str:
    """The role that does a step, with its organisations."""
    kind, role = work.kind, permissions.role_of(work.kind, step)
    spec = kind.roles.get(role)
    title = _("whoever opened it") if role == OPENER and not (spec and spec.title) else kind.title(role)
    codes = work.state.parts.get(role, ()) or ((spec.organisation,) if spec and spec.organisation else ())
    units = work.rules.units(codes) if codes else {}
    return aside(title, listed(units[code].short if code in units else code for code in codes))

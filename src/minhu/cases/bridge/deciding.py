"""What a deed does to a case: role, values, tables, net, clocks, papers and effects, decided without a row.

Pure apart from the readings a decision asks of `Rules`; the state given is changed into the state after.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from minhu.cases import rules as permissions
from minhu.cases.bridge import checks
from minhu.cases.bridge.compiling import CHILDREN, Compiled, marking_of
from minhu.cases.bridge.guard_words import guard_words
from minhu.cases.bridge.laying import finish
from minhu.cases.bridge.outcome import Outcome, PersonalNow, Rules, Work
from minhu.cases.bridge.tables import rule
from minhu.cases.bridge.values import Typed, read_values, rich, standing_faults
from minhu.cases.states import (
    OPENING,
    Ask,
    CaseRefused,
    CaseState,
    Doer,
    Fault,
    Opening,
    Why,
)
from minhu.methods import flow
from minhu.methods.flow import Reason
from minhu.methods.timing import month_later
from minhu.packs.kinds import OPENER, StepSpec

MEANS = {
    Reason.UNKNOWN: Why.UNKNOWN,
    Reason.ENDED: Why.ENDED,
    Reason.NOT_HERE: Why.NOT_HERE,
    Reason.STALE: Why.STALE,
    Reason.GUARD: Why.GUARD,
    Reason.BUSY: Why.NOT_HERE,
    Reason.TOO_OFTEN: Why.GUARD,
    Reason.AMBIGUOUS: Why.NOT_HERE,
    Reason.CLOCK: Why.RIGHT,
}


def decide_opening(
    kind: Compiled, state: CaseState, opening: Opening, by: Doer, at: datetime, rules: Rules
) -> Outcome:
    """What opening a case does. Raises CaseRefused."""
    work = Work(kind, state, by, at, rules, Outcome(state, OPENING, OPENING))
    spec = kind.spec
    if not permissions.may_open(by, spec.opens, spec.opened_by):
        words = _("Cases of the kind “%(kind)s” are opened by other posts.")
        raise CaseRefused(Why.RIGHT, words % {"kind": spec.title})
    typed = read_values(kind, spec.asks, opening.values, strict=not (by.is_system and opening.parent))
    faults = typed.faults + checks.read_assigns(work, opened_roles(spec.assigns, opening), opening.assigns)
    chosen = dict(work.out.assigns)
    fixed = {role.code: [role.organisation] for role in spec.role if role.organisation}
    opener = {OPENER: [state.opener]} if state.opener else {}
    work.out.assigns = {**opener, **fixed, **chosen}
    refuse(faults + unit_faults(work, typed))
    lay_values(work, typed)
    state.data |= work.out.values
    rule(work, (), [*kind.followers.get(kind.start, ())])
    state.data |= work.out.values
    checks.lay_parts(work)
    work.out.assigns = chosen
    checks.check_powers(work)
    step = stepped(work, lambda data: flow.begin(kind.net, data))
    finish(work, step, None)
    work.out.asked = len(opening.values) + len(opening.assigns)
    return work.out


def opened_roles(assigns: Sequence[str], opening: Opening) -> tuple[str, ...]:
    """The roles that may be chosen at opening: for a case opened by another one, whatever it hands over."""
    known = {name.removesuffix("?") for name in assigns}
    return (*assigns, *(f"{role}?" for role in opening.assigns if opening.parent and role not in known))


def decide(kind: Compiled, state: CaseState, ask: Ask, by: Doer, at: datetime, rules: Rules) -> Outcome:
    """What a command does to a case. Raises CaseRefused with why, what exactly, and what changed."""
    work = Work(kind, state, by, at, rules, Outcome(state, ask.on, place=ask.place, attempt=ask.attempt))
    steps = offered(work, ask)
    only = steps[0] if len(steps) == 1 else None
    checks.check_doer(work, steps)
    if only:
        checks.check_apart(work, only)
    typed = read_values(kind, only.asks if only else (), ask.values, strict=not by.is_system)
    faults = typed.faults + checks.read_assigns(work, only.assigns if only else (), ask.assigns)
    refuse(faults + unit_faults(work, typed))
    lay_values(work, typed)
    read = rule(work, [code for one in steps for code in one.decides], followers(kind, steps))
    step = stepped(work, lambda data: moved(work, data, ask))
    checks.check_stale(work, ask, state.rev, read | step.reads)
    state.data |= work.out.values
    checks.lay_parts(work)
    checks.check_powers(work)
    finish(work, step, ask)
    work.out.asked = 0 if by.is_system else len(ask.values) + len(ask.assigns)
    return work.out


# -- before the net ---------------------------------------------------------------------------------------
def offered(work: Work, ask: Ask) -> Sequence[StepSpec]:
    """The steps a command may mean where the case is. Raises CaseRefused."""
    kind, stays = work.kind, work.state.stays
    steps = kind.doing(ask.on)
    if not steps:
        words = _("“%(kind)s” knows no step “%(step)s”.")
        raise CaseRefused(Why.UNKNOWN, words % {"kind": kind.spec.title, "step": ask.on})
    if work.state.end:
        words = _("The case was closed at “%(end)s”.")
        raise CaseRefused(Why.ENDED, words % {"end": kind.title(work.state.end)})
    if ask.place and ask.attempt and kind.places.get(ask.place):
        check_place(work, ask)
    here = [step for step in steps if all(code in stays for code in (*step.takes, *step.reads))]
    if ask.place:
        here = [step for step in here if ask.place in (*step.takes, *step.reads)]
    if not here:
        checks.check_doer(work, steps)
        places = "、".join(kind.title(code) for code in stays)
        words = _("“%(step)s” is not possible while the case is at: %(places)s.")
        raise CaseRefused(Why.NOT_HERE, words % {"step": kind.title(steps[0].code), "places": places})
    return here


def check_place(work: Work, ask: Ask) -> None:
    """Refuse a command meant for a stay that is over."""
    stay, had = work.state.stays.get(ask.place), work.state.attempts.get(ask.place, 0)
    now = stay.attempt if stay else 0
    if had >= ask.attempt and now != ask.attempt:
        raise checks.stale(work, work.kind.title(ask.place), {ask.place: (ask.attempt, now or None)})


def followers(kind: Compiled, steps: Sequence[StepSpec]) -> list[StepSpec]:
    """Automatic steps with tables that may follow at once."""
    return [auto for step in steps for code in step.puts for auto in kind.followers.get(code, ())]


def refuse(faults: Sequence[Fault]) -> None:
    """Refuse what does not fit, all of it at once."""
    if faults:
        raise CaseRefused(Why.VALUE, " ".join(fault.words for fault in faults), faults)


def unit_faults(work: Work, typed: Typed) -> list[Fault]:
    """Organisations that are named and do not stand."""
    named = [(where, code) for where, code in typed.organisations.items()]
    named += [(role, code) for role, codes in work.out.assigns.items() for code in codes]
    if not named:
        return []
    units = work.rules.units([code for _where, code in named])
    return [fault for where, code in named for fault in standing_faults(work.kind, {where: code}, units)]


def lay_values(work: Work, typed: Typed) -> None:
    """Take over what was typed."""
    work.out.values, work.out.uploads = typed.plain, typed.uploads
    for key, text in typed.personal.items():
        spec = work.kind.fields[key]
        months = work.rules.limit(spec.keep).count
        until = month_later(work.on, months)
        work.out.personal.append(PersonalNow(key, text, spec.purpose, until))


# -- the net ----------------------------------------------------------------------------------------------
def typed_data(work: Work) -> dict[str, flow.Value]:
    """Everything a condition may read."""
    kind, data = work.kind, work.state.data
    found: dict[str, flow.Value] = dict(data)
    for key in (kind.numbers | kind.days) & data.keys():
        found[key] = rich(kind, key, data[key])
    found["opened_by"] = work.state.opener or None
    return found


def moved(work: Work, data: dict[str, flow.Value], ask: Ask) -> flow.Step:
    """One step of the net."""
    state = work.state
    values = {key: rich(work.kind, key, plain) for key, plain in work.out.values.items()}
    if work.kind.asks_children:
        values |= dict(zip(CHILDREN, work.rules.children(), strict=True))
    command = flow.Command(ask.on, values, ask.place, ask.attempt, ask.is_timer)
    marking = marking_of(state.attempts, state.stays, state.fired, state.end)
    return flow.step(work.kind.net, marking, data, command)


def stepped(work: Work, go: Any) -> flow.Step:
    """A step of the net; what it refuses is said in words of the kind."""
    try:
        found: flow.Step = go(typed_data(work))
        return found
    except flow.Refused as wrong:
        raise CaseRefused(MEANS[wrong.reason], refused_words(work, wrong)) from None
    except (flow.BadGuard, flow.Livelock) as wrong:
        words = _("The kind “%(kind)s” cannot go on: %(why)s. Tell those who keep it.")
        raise CaseRefused(Why.GUARD, words % {"kind": work.kind.spec.title, "why": wrong}) from None


def refused_words(work: Work, wrong: flow.Refused) -> str:
    """Why the net refuses a command."""
    kind = work.kind
    steps = kind.doing(wrong.on)
    title = kind.title(steps[0].code) if steps else wrong.on
    if wrong.reason is Reason.GUARD:
        guards = [one.guard for one in kind.net.transitions if one.on == wrong.on and one.guard]
        needs = " / ".join(guard_words(kind, guard) for guard in guards)
        return _("“%(step)s” is possible only if: %(needs)s.") % {"step": title, "needs": needs}
    if wrong.reason is Reason.CLOCK:
        return _("“%(step)s” is done by a timer alone.") % {"step": title}
    if wrong.reason is Reason.TOO_OFTEN:
        return _("“%(step)s”: the case has been there as often as it may.") % {"step": title}
    if wrong.reason is Reason.BUSY:
        return _("“%(step)s” is under way already.") % {"step": title}
    return _("“%(step)s” is not possible here: %(why)s.") % {"step": title, "why": wrong.words}

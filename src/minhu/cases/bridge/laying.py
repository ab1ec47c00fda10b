"""What the net did, laid down: stays, clocks, extensions, papers, effects, and what the case is called."""

from dataclasses import asdict
from typing import Any

from minhu.cases.bridge import checks, clocks, papers
from minhu.cases.bridge.outcome import Work
from minhu.cases.bridge.values import shown
from minhu.cases.states import Ask, Stay
from minhu.methods import flow
from minhu.methods.flow import Happened
from minhu.packs.kinds import EffectSpec

LONGEST_TITLE = 200
ENTERED = frozenset({Happened.ENTERED, Happened.REACHED, Happened.ENDED})


def finish(work: Work, step: flow.Step, ask: Ask | None) -> None:
    """Lay down what the net did: stays, clocks, extensions, papers, effects, title."""
    out, state = work.out, work.state
    fired = [event.code for event in step.events if event.what is Happened.FIRED]
    chosen = work.kind.steps[fired[0]] if ask and fired else None
    out.step, out.title = (chosen.code, chosen.title or chosen.code) if chosen else (out.step, "")
    out.events = [(event.what.value, event.code, event.attempt) for event in step.events]
    if chosen:
        checks.check_spacing(work, chosen)
        clocks.check_lead(work, chosen)
    lay_stays(work, step)
    clocks.run_clocks(work, step.events, step.timers, timer=ask.on if ask and ask.is_timer else "")
    lay_title(work)
    for code in fired:
        done = work.kind.steps[code]
        if done.extends:
            clocks.extend(work, done, f"{state.number} {done.title or done.code}")
            clocks.mirror(work)
        if done.paper:
            papers.make(work, done)
    out.effects = [effect_of(work, ordered) for ordered in step.effects]


def lay_stays(work: Work, step: flow.Step) -> None:
    """Where the case left and where it is now; open stays follow a role that went over to others."""
    state, out, marking = work.state, work.out, step.marking
    for place in list(state.stays):
        if marking.marked.get(place) != state.stays[place].attempt:
            out.left.append(state.stays.pop(place).id)
    state.attempts, state.fired, state.end = dict(marking.attempts), marking.fired, marking.end
    for code, attempt in [(e.code, e.attempt) for e in step.events if e.what in ENTERED]:
        role = work.kind.places[code].role
        stay = Stay(0, code, attempt, role, desk(work, role))
        out.entered.append(stay)
        if marking.marked.get(code) == attempt:
            state.stays[code] = stay
    for stay in state.stays.values():
        if stay.id and stay.role in out.assigns and stay.organisation != (to := desk(work, stay.role)):
            stay.organisation = to
            out.moved.append(stay)


def desk(work: Work, role: str) -> str:
    """The organisation on whose desk a role's work lies, or nothing."""
    codes = work.state.parts.get(role, ())
    spec = work.kind.roles.get(role)
    return codes[0] if codes else spec.organisation if spec else ""


def lay_title(work: Work) -> None:
    """The case is called by its headline; its matter is copied for lists."""
    spec, state = work.kind.spec, work.state
    if spec.headline in work.out.values:
        words = shown(work.kind, spec.headline, work.out.values[spec.headline])
        state.title = words.split("\n")[0][:LONGEST_TITLE]
    state.title = state.title or f"{spec.title} {state.number}"[:LONGEST_TITLE]
    if spec.matter in work.out.values:
        state.matter = str(work.out.values[spec.matter] or "")


def effect_of(work: Work, ordered: flow.Ordered) -> tuple[str, str, dict[str, Any]]:
    """An effect for the outbox: its key, its kind, what it says."""
    spec: EffectSpec = work.kind.steps[ordered.transition].effect[int(ordered.key.split(".")[1])]
    args = {key: value for key, value in asdict(spec).items() if value and key != "kind"}
    if spec.text:
        args["text"] = papers.filled(work, spec.text, personal=False)
    return f"{work.state.number}/{ordered.key}", spec.kind, args | {"step": ordered.transition}

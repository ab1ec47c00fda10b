"""Traces: deeds nobody knows, posts that are not there, expectations that cannot be; steps never tried."""

from minhu.packs.kinds import AUTOMATIC, DoSpec, TraceSpec
from minhu.packs.linting.codes import NO_PLACE
from minhu.packs.linting.lens import Lens
from minhu.packs.linting.people import NO_ORGANISATION, NO_ROLE
from minhu.packs.linting.time import NO_CLOCK
from minhu.packs.linting.values import NO_FIELD
from minhu.packs.positions import did_you_mean

UNTRIED = "no trace tries this kind: add [[kind.trace]] with what should come of it"
NEVER_DONE = "no trace ever does: {steps}"
NO_POST = "there is no post “{code}”"
NO_DEED = "there is no step “{code}”"
NO_WHY = "“{code}” is no ground of refusal"
NO_EXPECTATION = "“{code}” is nothing that can be expected"
NOTHING_EXPECTED = "this trace expects nothing, so it could not fail"
BACKWARDS = "this deed is done before the one above it"

TIMER, WORKER = "timer", "worker"
DEEDS_OF_TIME = (TIMER, WORKER)
"""Deeds of a trace that no post does: the timers run out, the worker makes a round."""
EXPECTATIONS = ("places", "end", "values", "due", "lights", "papers")
GROUNDS = ("right", "not_here", "stale", "guard", "value", "apart", "late", "pause", "power", "spacing",
           "key", "ended", "unknown")  # fmt: skip
"""Why a deed may be refused: the same as `minhu.cases.states.Why`."""


def check(lens: Lens) -> None:
    """Every trace, then what none of them tries."""
    for number, trace in enumerate(lens.spec.trace):
        check_opening(lens, number, trace)
        check_deeds(lens, number, trace)
        check_expectations(lens, number, trace)
    if not lens.spec.trace:
        lens.doubt(UNTRIED, "code")
        return
    done = {deed.do for trace in lens.spec.trace for deed in trace.do}
    timed = TIMER in done
    left = [
        step.code for step in lens.spec.step
        if step.on != AUTOMATIC and step.code not in done and step.on not in done
        and not (timed and step.on in lens.timers)
    ]  # fmt: skip
    if left:
        lens.doubt(NEVER_DONE, "trace", 0, "title", steps=", ".join(left))


def check_opening(lens: Lens, number: int, trace: TraceSpec) -> None:
    """Who opens the case, with what."""
    lens.refer(trace.by, lens.known.posts, NO_POST, "trace", number, "by")
    check_said(lens, trace, ("trace", number))


def check_said(lens: Lens, said: TraceSpec | DoSpec, path: tuple[str | int, ...]) -> None:
    """Values are of fields, assignments of roles to organisations."""
    for name in said.values or {}:
        lens.refer(name, lens.fields, NO_FIELD, *path, "values", name)
    for role, given in (said.assigns or {}).items():
        lens.refer(role, lens.roles, NO_ROLE, *path, "assigns", role)
        codes = given if isinstance(given, list) else [given]
        for place, code in enumerate(codes):
            way = (*path, "assigns", role, *((place,) if isinstance(given, list) else ()))
            lens.refer(str(code), lens.known.organisations, NO_ORGANISATION, *way)


def check_deeds(lens: Lens, number: int, trace: TraceSpec) -> None:
    """What is done, by whom, in which order."""
    known = [*lens.steps, *(step.on for step in lens.spec.step if step.on), *DEEDS_OF_TIME]
    machine = {step.on for step in lens.spec.step if step.on}
    last = trace.on
    for place, deed in enumerate(trace.do):
        path = ("trace", number, "do", place)
        if not deed.child:
            lens.refer(deed.do, known, NO_DEED, *path, "do")
        if deed.by or deed.do not in {*DEEDS_OF_TIME, *machine}:
            lens.refer(deed.by, lens.known.posts, NO_POST, *path, "by")
        if deed.place and not deed.child:
            lens.refer(deed.place, lens.places, NO_PLACE, *path, "place")
        if deed.refused:
            lens.refer(deed.refused, GROUNDS, NO_WHY, *path, "refused")
        if deed.child:
            lens.refer(deed.child, lens.known.organisations, NO_ORGANISATION, *path, "child")
        else:
            check_said(lens, deed, path)
        if deed.on is not None and deed.on < last:
            lens.wrong(BACKWARDS, *path, "on", hint=f"the last day was {last}")
        last = deed.on or last


def check_expectations(lens: Lens, number: int, trace: TraceSpec) -> None:
    """What is expected can come about."""
    path = ("trace", number, "then")
    if not trace.then and not any(deed.refused for deed in trace.do):
        lens.wrong(NOTHING_EXPECTED, *path)
    for key in trace.then:
        if key not in EXPECTATIONS:
            hint = did_you_mean(key, EXPECTATIONS)
            lens.wrong(NO_EXPECTATION, *path, key, code=key, hint=hint)
    clocks = [clock.code for clock in lens.spec.clock]
    for key, known, words in (
        ("values", list(lens.types), NO_FIELD), ("due", clocks, NO_CLOCK), ("lights", clocks, NO_CLOCK)
    ):  # fmt: skip
        given = trace.then.get(key)
        for name in given if isinstance(given, dict) else ():
            lens.refer(name, known, words, *path, key, name)
    places = trace.then.get("places")
    for place, code in enumerate(places if isinstance(places, list) else ()):
        lens.refer(str(code), lens.places, NO_PLACE, *path, "places", place)
    if end := trace.then.get("end"):
        ends = [one.code for one in lens.spec.place if one.kind == "end"]
        lens.refer(str(end), ends, "there is no end “{code}”", *path, "end")

"""Clocks, timers, pauses, extensions: limits that are not there, clocks that never start or never stop."""

from collections.abc import Iterable, Mapping

from minhu.packs.kinds import ClockSpec, FieldType, PauseSpec, StepSpec
from minhu.packs.linting.lens import Lens
from minhu.packs.positions import did_you_mean

NO_LIMIT = "there is no limit “{code}” in the rulebook"
WRONG_UNIT = "the limit “{code}” is counted in {unit}; here it must be {units}"
NO_FIELD = "there is no field “{code}”"
NO_CLOCK = "there is no clock “{code}”"
NO_PAUSE = "there is no pause for “{code}”"
NO_NODE = "“{code}” is neither a step nor a place"
NO_START = "clock “{code}” never starts: say at which step or place (starts)"
NO_STOP = "clock “{code}” never stops: say at which step or place (stops)"
NEVER_STOPS = "clock “{code}” never stops: none of {stops} can follow once it has started"
NO_KIND = "the limit “{limit}” has no value for “{code}”, a choice of “{field}”"
NO_ANY = "the limit “{limit}” has no value for every kind: let “by” name the field that tells the kinds apart"
NO_CLOCKS = "no clock runs: cases of this kind never have a light"
NOT_A_PAPER = "the document of a pause is a field of type file, and “{code}” is none"
NOT_SHOWN = "“{code}” holds the clocks for “{reason}” without asking for its document “{document}”"
NO_PAIR = "write “clock=limit”, not “{code}”"
UNHEEDED = "no clock heeds the pause “{code}”: it holds nothing"

TIMES = ("working_day", "day", "month")


def check(lens: Lens) -> None:
    """Everything about time."""
    if not lens.spec.clock:
        lens.doubt(NO_CLOCKS, "code")
    ahead = arcs(lens)
    for number, clock in enumerate(lens.spec.clock):
        check_clock(lens, number, clock, ahead)
    for number, timer in enumerate(lens.spec.timer):
        refer_limit(lens, timer.limit, TIMES, "timer", number, "limit")
    heeded = {reason for clock in lens.spec.clock for reason in clock.pauses}
    for number, pause in enumerate(lens.spec.pause):
        check_pause(lens, number, pause)
        if pause.reason not in heeded:
            lens.doubt(UNHEEDED, "pause", number, "reason", code=pause.reason)
    for number, step in enumerate(lens.spec.step):
        check_step(lens, number, step)


def refer_limit(lens: Lens, code: str, units: Iterable[str], *path: str | int) -> None:
    """A limit that is there and counted in one of these units."""
    if lens.refer(code, lens.known.limits, NO_LIMIT, *path):
        unit, wanted = lens.known.limits[code].unit, list(units)
        if unit not in wanted:
            lens.wrong(WRONG_UNIT, *path, code=code, unit=unit, units=" / ".join(wanted))


def arcs(lens: Lens) -> dict[str, set[str]]:
    """Places and steps, and those that may come right after."""
    ahead: dict[str, set[str]] = {}
    for step in lens.spec.step:
        for code in (*step.takes, *step.reads):
            ahead.setdefault(code, set()).add(step.code)
        ahead.setdefault(step.code, set()).update(step.puts)
    return ahead


def check_clock(lens: Lens, number: int, clock: ClockSpec, ahead: Mapping[str, set[str]]) -> None:
    """One clock: its limit, when it runs, what holds it."""
    nodes = [*lens.steps, *lens.places]
    for key, words in (("starts", NO_START), ("stops", NO_STOP)):
        listed = getattr(clock, key)
        lens.refer_all(listed, nodes, NO_NODE, "clock", number, key)
        if not listed:
            lens.wrong(words, "clock", number, key, code=clock.code)
    there = set(clock.starts) & set(nodes) and set(clock.stops) & set(nodes) and not lens.has_errors
    if there and not following(clock.starts, ahead) & set(clock.stops):
        lens.wrong(NEVER_STOPS, "clock", number, "stops", code=clock.code, stops=", ".join(clock.stops))
    refer_limit(lens, clock.limit, TIMES, "clock", number, "limit")
    lens.refer_all(clock.pauses, [p.reason for p in lens.spec.pause], NO_PAUSE, "clock", number, "pauses")
    check_kinds(lens, number, clock)


def following(starts: Iterable[str], ahead: Mapping[str, set[str]]) -> set[str]:
    """Everything that may come after."""
    found: set[str] = set()
    todo = list(starts)
    while todo:
        for code in ahead.get(todo.pop(), ()):
            if code not in found:
                found.add(code)
                todo.append(code)
    return found


def check_kinds(lens: Lens, number: int, clock: ClockSpec) -> None:
    """A limit that differs by kind has a value for every choice of the field that tells them apart."""
    fact = lens.known.limits.get(clock.limit)
    if clock.by and not lens.refer(clock.by, lens.fields, NO_FIELD, "clock", number, "by"):
        return
    if fact is None or "" in fact.kinds:
        return
    if not clock.by:
        lens.wrong(NO_ANY, "clock", number, "limit", limit=clock.limit)
        return
    for choice in lens.fields[clock.by].choices:
        if choice.value not in fact.kinds:
            hint = f"it has: {', '.join(sorted(fact.kinds))}"
            said = {"limit": clock.limit, "code": choice.value, "field": clock.by}
            lens.wrong(NO_KIND, "clock", number, "by", hint=hint, **said)


def check_pause(lens: Lens, number: int, pause: PauseSpec) -> None:
    """The document of a pause is a paper, and whoever holds the clocks hands it in."""
    if not lens.refer(pause.document, lens.fields, NO_FIELD, "pause", number, "document"):
        return
    if lens.fields[pause.document].type is not FieldType.FILE:
        lens.wrong(NOT_A_PAPER, "pause", number, "document", code=pause.document, hint='type = "file"')
    held = {place.code for place in lens.spec.place if place.pauses == pause.reason}
    for place, step in enumerate(lens.spec.step):
        if held & set(step.puts) and pause.document not in step.needed:
            said = {"code": step.code, "reason": pause.reason, "document": pause.document}
            lens.wrong(NOT_SHOWN, "step", place, "asks", hint=f'add "{pause.document}" to its asks', **said)


def check_step(lens: Lens, number: int, step: StepSpec) -> None:
    """A step that must be early, or that gives more time."""
    clocks = [clock.code for clock in lens.spec.clock]
    if step.lead:
        lens.refer(step.lead.clock, clocks, NO_CLOCK, "step", number, "lead", "clock")
        refer_limit(lens, step.lead.limit, TIMES, "step", number, "lead", "limit")
    for place, pair in enumerate(step.extends):
        clock, sign, limit = pair.partition("=")
        if not sign:
            hint = did_you_mean(pair, clocks)
            lens.wrong(NO_PAIR, "step", number, "extends", place, code=pair, hint=hint)
        elif lens.refer(clock.strip(), clocks, NO_CLOCK, "step", number, "extends", place):
            refer_limit(lens, limit.strip(), TIMES, "step", number, "extends", place)

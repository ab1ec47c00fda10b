"""Codes that stand twice, and places, steps and tables that are spoken of but not declared."""

from collections.abc import Iterable

from minhu.methods.flow import ALL
from minhu.packs.kinds import AUTOMATIC, StepSpec
from minhu.packs.linting.lens import Lens
from minhu.packs.positions import did_you_mean

NO_PLACE = "there is no place “{code}”"
NO_STEP = "there is no step “{code}”"
NO_TABLE = "there is no decision table “{code}”"
NO_PAPER = "there is no paper “{code}”"
NO_SPACING = "there is no spacing rule “{code}”"
NO_COMMAND = "nothing gives the command “{code}”: it is no timer, not “auto”, and no kind signals it"
TWICE = "“{code}” stands twice"
UNUSED = "“{code}” is declared and used nowhere"
RATED = ("rated_good", "rated_bad")
"""Commands that an author's rating gives to the case (`cases.actions.rating`)."""
PLACE_PARTS = ("takes", "puts", "reads", "clears")


def check(lens: Lens) -> None:
    """Everything about codes."""
    for name in ("field", "role", "place", "step", "timer", "clock", "table", "paper", "spacing"):
        refuse_twice(lens, name, [one.code for one in getattr(lens.spec, name)])
    refuse_twice(lens, "pause", [one.reason for one in lens.spec.pause], "reason")
    for number, step in enumerate(lens.spec.step):
        check_step(lens, number, step)
    for number, timer in enumerate(lens.spec.timer):
        lens.refer(timer.place, lens.places, NO_PLACE, "timer", number, "place")
    for number, group in enumerate(lens.spec.beside):
        lens.refer_all(group, lens.places, NO_PLACE, "beside", number)
    doubt_unused(lens)


def refuse_twice(lens: Lens, name: str, codes: list[str], key: str = "code") -> None:
    """A second thing of the same code; places and steps share their codes."""
    seen: set[str] = set(lens.places) if name == "step" else set()
    for number, code in enumerate(codes):
        if code in seen:
            lens.wrong(TWICE, name, number, key, code=code, hint="give one of them another code")
        seen.add(code)


def check_step(lens: Lens, number: int, step: StepSpec) -> None:
    """The places, tables, papers and commands of one step."""
    for part in PLACE_PARTS:
        known = [*lens.places, ALL] if part == "clears" else lens.places
        lens.refer_all(getattr(step, part), known, NO_PLACE, "step", number, part)
    lens.refer_all(step.apart, lens.steps, NO_STEP, "step", number, "apart")
    tables = [table.code for table in lens.spec.table]
    lens.refer_all(step.decides, tables, NO_TABLE, "step", number, "decides")
    lens.refer_all(step.spaced, [s.code for s in lens.spec.spacing], NO_SPACING, "step", number, "spaced")
    if step.paper:
        lens.refer(step.paper, [p.code for p in lens.spec.paper], NO_PAPER, "step", number, "paper")
    commands = [AUTOMATIC, *lens.timers, *signals(lens), *RATED]
    if step.on and step.on not in commands:
        hint = did_you_mean(step.on, commands)
        lens.wrong(NO_COMMAND, "step", number, "on", code=step.on, hint=hint)


def signals(lens: Lens) -> set[str]:
    """The commands that cases opened from this kind give back to it."""
    mine = {effect.of for step in lens.spec.step for effect in step.effect if effect.kind == "open"}
    children = [kind for code, kind in lens.known.kinds.items() if code in mine]
    return {e.do for kind in children for s in kind.step for e in s.effect if e.kind == "signal"}


def doubt_unused(lens: Lens) -> None:
    """Tables, papers, spacing rules and pauses that nothing uses."""
    steps = lens.spec.step
    used: dict[str, Iterable[str]] = {
        "table": (code for step in steps for code in step.decides),
        "paper": (step.paper for step in steps),
        "spacing": (code for step in steps for code in step.spaced),
    }
    for name, codes in used.items():
        there = set(codes)
        for number, one in enumerate(getattr(lens.spec, name)):
            if one.code not in there:
                lens.doubt(UNUSED, name, number, "code", code=one.code)
    held = {place.pauses for place in lens.spec.place}
    for number, pause in enumerate(lens.spec.pause):
        if pause.reason not in held:
            lens.doubt(UNUSED, "pause", number, "reason", code=pause.reason)

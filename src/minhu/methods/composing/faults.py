"""What is wrong with a bundle before it can be compiled: what, where, and how to mend it."""

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from minhu.methods.composing.bundle import Bundle, Problem
from minhu.methods.composing.conditions import ALWAYS, names
from minhu.methods.composing.guides import Guide, Requirement, Step, Waiver


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, where it stands, and how to mend it."""

    where: str
    what: str
    mend: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" + (f" ({self.mend})" if self.mend else "")


class BadBundle(ValueError):
    """A bundle that cannot be compiled; `faults` lists all that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(str(fault) for fault in self.faults))


def faults(problem: Problem) -> list[Fault]:
    """All structural faults; an empty list if the problem can be compiled."""
    bundle = problem.bundle
    found = list(bundle_faults(bundle)) + list(answer_faults(problem))
    questions = {question.code for question in bundle.questions}
    names_known = questions | {field.key for guide in bundle.guides for field in guide.fields}
    for merge in bundle.merges:
        for key in (merge.key, merge.same_as):
            found += unknown("signed merge", "field", key, names_known - questions)
    for guide in bundle.guides:
        found += guide_faults(guide, bundle)
        found += condition_faults(guide, questions, names_known)
    return found


def bundle_faults(bundle: Bundle) -> Iterator[Fault]:
    """Codes used twice, rates that are no rates, merges nobody signed."""
    if not bundle.guides:
        yield Fault(bundle.code, "holds no guide")
    if not 0.0 <= bundle.alike <= 1.0:
        yield Fault(bundle.code, f"alike is {bundle.alike}", "between 0 and 1")
    for what, codes in (
        ("guide", [guide.item for guide in bundle.guides]),
        ("question", [question.code for question in bundle.questions]),
        ("material", [material.code for material in bundle.materials]),
        ("rate", [rate.unit for rate in bundle.rates]),
    ):
        yield from twice(bundle.code, what, codes)
    for rate in bundle.rates:
        if rate.numerator < 0 or rate.denominator < 1:
            yield Fault(bundle.code, f"rate of {rate.unit} is {rate.numerator}/{rate.denominator}")
    for merge in bundle.merges:
        if not merge.signed_by.strip() or not merge.signed_on.strip():
            yield Fault(f"{merge.key} = {merge.same_as}", "nobody signed this merge", "name who and when")
    yield from circles_of_questions(bundle)


def circles_of_questions(bundle: Bundle) -> Iterator[Fault]:
    """Situation questions that wait for each other."""
    known = {question.code for question in bundle.questions}
    graph = {question.code: names(question.condition) & known for question in bundle.questions}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        yield Fault(bundle.code, "questions depend on each other: " + " → ".join(error.args[1]))


def answer_faults(problem: Problem) -> Iterator[Fault]:
    """Answers to questions nobody asks, or outside their options."""
    options = {question.code: question.options for question in problem.bundle.questions}
    for code, answer in problem.answers.items():
        if code not in options:
            yield Fault(code, "no such question", nearest(code, options))
        elif answer not in options[code]:
            yield Fault(code, f"{answer!r} is no option", "one of " + ", ".join(options[code]))


def guide_faults(guide: Guide, bundle: Bundle) -> Iterator[Fault]:
    """What is wrong inside one guide."""
    where = f"{guide.item} ({guide.department})"
    if "/" in guide.item or not guide.item:
        yield Fault(where, "the item's code is empty or holds '/'")
    if not any(basis.strip() for basis in guide.legal_basis):
        yield Fault(where, "no legal basis", "name the clause that founds the item")
    yield from twice(where, "step", [step.id for step in guide.steps])
    yield from twice(where, "requirement", [requirement.id for requirement in guide.requirements])
    yield from twice(where, "field", [field.key for field in guide.fields])
    steps = {step.id for step in guide.steps}
    units = {rate.unit for rate in bundle.rates}
    for step in guide.steps:
        yield from step_faults(f"{guide.item}/{step.id}", step, steps, units)
    yield from circles_of_steps(where, guide.steps)
    materials = {material.code for material in bundle.materials}
    for requirement in guide.requirements:
        yield from requirement_faults(f"{guide.item}/{requirement.id}", requirement, steps, materials)
    yield from deferral_faults(guide)
    for output in guide.outputs:
        yield from unknown(f"{guide.item} output {output.material}", "step", output.step, steps)
        yield from unknown(f"{guide.item} output", "material", output.material, materials)
    yield from field_faults(guide)


def step_faults(where: str, step: Step, steps: set[str], units: set[str]) -> Iterator[Fault]:
    """Unknown units and needs, negative days."""
    if step.days.unit not in units:
        yield Fault(where, f"unknown unit {step.days.unit!r}", nearest(step.days.unit, units))
    if step.days.statutory < 0 or step.days.planned < 0:
        yield Fault(where, "takes less than no time")
    if step.days.planned > step.days.statutory:
        yield Fault(where, f"promises {step.days.planned} where the statute gives {step.days.statutory}")
    for need in step.needs:
        yield from unknown(where, "step", need, steps)


def circles_of_steps(where: str, steps: Iterable[Step]) -> Iterator[Fault]:
    """Steps of one guide that wait for each other."""
    try:
        TopologicalSorter({step.id: step.needs for step in steps}).prepare()
    except CycleError as error:
        yield Fault(where, "steps wait for each other: " + " → ".join(error.args[1]))


def requirement_faults(
    where: str, requirement: Requirement, steps: set[str], materials: set[str]
) -> Iterator[Fault]:
    """Requirements nobody can read: no evidence, unknown materials or steps, a deferral to nowhere."""
    yield from unknown(where, "step", requirement.step, steps)
    if not requirement.sets or not all(requirement.sets):
        yield Fault(where, "nobody can meet it: an evidence set is missing or empty")
    for material in sorted({material for each in requirement.sets for material in each}):
        yield from unknown(where, "material", material, materials)
    if requirement.waiver is Waiver.DEFER:
        yield from unknown(where, "step to defer to", requirement.deferred_to, steps)
    elif requirement.deferred_to:
        yield Fault(where, "names a step to defer to but is not deferrable")


def deferral_faults(guide: Guide) -> Iterator[Fault]:
    """Deferrals to a step that does not come later."""
    needs = {step.id: set(step.needs) for step in guide.steps}
    for requirement in guide.requirements:
        before, fresh = set[str](), needs.get(requirement.deferred_to, set())
        while fresh - before:
            before |= fresh
            fresh = set().union(*(needs.get(step, set()) for step in fresh))
        if requirement.deferred_to in needs and requirement.step not in before:
            where = f"{guide.item}/{requirement.id}"
            yield Fault(
                where, f"is deferred to {requirement.deferred_to}, which does not follow {requirement.step}"
            )


def field_faults(guide: Guide) -> Iterator[Fault]:
    """Fields that contradict themselves, patterns that cannot be read."""
    for field in guide.fields:
        where = f"{guide.item} field {field.label} ({field.key})"
        broken = [pattern for pattern in field.constraint.patterns if not compiles(pattern)]
        if not field.role or not field.element or "." in field.role:
            yield Fault(where, "has no element code, or a role that is empty or holds '.'")
        if broken:
            yield Fault(where, f"pattern {broken[0]!r} cannot be read")
        elif field.constraint.is_empty:
            yield Fault(where, "its own constraints leave nothing to enter", field.clause)


def condition_faults(guide: Guide, questions: set[str], names_known: set[str]) -> Iterator[Fault]:
    """Conditions on what nobody asks. Only fields may depend on fields."""
    held = [("condition", guide.condition, questions)]
    held += [(f"step {step.id}", step.condition, questions) for step in guide.steps]
    held += [(f"requirement {each.id}", each.condition, questions) for each in guide.requirements]
    held += [(f"field {each.label}", each.condition, names_known) for each in guide.fields]
    for what, condition, known in held:
        for name in sorted(names(condition) - known) if condition != ALWAYS else ():
            yield Fault(f"{guide.item} {what}", f"depends on unknown {name!r}", nearest(name, known))


def twice(where: str, what: str, codes: Iterable[str]) -> Iterator[Fault]:
    """A code used more than once."""
    return (Fault(where, f"{what} {code!r} stands twice") for code, n in Counter(codes).items() if n > 1)


def unknown(where: str, what: str, code: str, known: Iterable[str]) -> Iterator[Fault]:
    """A code that names nothing."""
    if code not in known:
        yield Fault(where, f"unknown {what} {code!r}", nearest(code, known))


def nearest(word: str, known: Iterable[str]) -> str:
    """A likely meaning."""
    found = difflib.get_close_matches(word, sorted(known), 1)
    return f"did you mean {found[0]!r}?" if found else ""


def compiles(pattern: str) -> bool:
    """Whether a pattern is a regular expression."""
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True

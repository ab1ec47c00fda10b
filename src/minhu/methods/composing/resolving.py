"""Pass 1: what is left of the guides when some situation questions are answered."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from graphlib import TopologicalSorter

from minhu.methods.composing.bundle import Bundle, Problem, Question
from minhu.methods.composing.conditions import ALWAYS, NEVER, Condition, names, partial
from minhu.methods.composing.guides import Guide, Step


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something the situation makes needless, and the condition that said so."""

    item: str
    what: str
    condition: Condition
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Resolved:
    """Guides with their residual conditions, what fell away, and the questions still open.

    The plan is made for the fullest case: what an open question might still drop counts as needed.
    """

    guides: tuple[Guide, ...]
    dropped: tuple[Dropped, ...]
    open_questions: tuple[Question, ...]


def resolve(problem: Problem) -> Resolved:
    """Evaluate every condition as far as the answers go."""
    answers = settled(problem.bundle, problem.answers)
    guides: list[Guide] = []
    dropped: list[Dropped] = []
    for guide in problem.bundle.guides:
        condition = partial(guide.condition, answers)
        if condition == NEVER:
            basis = guide.legal_basis[0] if guide.legal_basis else ""
            dropped.append(Dropped(guide.item, "item", guide.condition, basis))
            continue
        kept, gone = narrowed(guide, answers)
        guides.append(replace(kept, condition=condition))
        dropped += gone
    return Resolved(tuple(guides), tuple(dropped), still_open(problem.bundle, guides, answers))


def settled(bundle: Bundle, given: Mapping[str, str]) -> dict[str, str]:
    """The answers, with "" for every question that the situation leaves unasked, whatever was answered."""
    questions = {question.code: question for question in bundle.questions}
    answers = dict(given)
    graph = {code: names(question.condition) for code, question in questions.items()}
    for code in TopologicalSorter(graph).static_order():
        if code in questions and partial(questions[code].condition, answers) == NEVER:
            answers[code] = ""
    return answers


def narrowed(guide: Guide, answers: Mapping[str, str]) -> tuple[Guide, list[Dropped]]:
    """The guide without the parts whose conditions fail; a needed step that falls away hands on its needs."""
    gone: list[Dropped] = []

    def left(what: str, condition: Condition, clause: str) -> Condition:
        if condition == ALWAYS:
            return ALWAYS
        rest = partial(condition, answers)
        if rest == NEVER:
            gone.append(Dropped(guide.item, what, condition, clause))
        return rest

    steps = {step.id: left(f"step {step.id}", step.condition, step.clause) for step in guide.steps}
    asked = {
        need.id: left(f"requirement {need.id}", need.condition, need.clause) for need in guide.requirements
    }
    fields = [left(f"field {field.key}", field.condition, field.clause) for field in guide.fields]
    stay = {step for step, condition in steps.items() if condition != NEVER}
    needs = bridged(guide.steps, stay)
    narrow = replace(
        guide,
        steps=tuple(
            replace(step, condition=steps[step.id], needs=needs[step.id])
            for step in guide.steps
            if step.id in stay
        ),
        requirements=tuple(
            replace(need, condition=asked[need.id])
            for need in guide.requirements
            if asked[need.id] != NEVER and need.step in stay
        ),
        fields=tuple(
            field if rest == field.condition else replace(field, condition=rest)
            for field, rest in zip(guide.fields, fields, strict=True)
            if rest != NEVER
        ),
        outputs=tuple(output for output in guide.outputs if output.step in stay),
    )
    return narrow, gone


def bridged(steps: tuple[Step, ...], stay: set[str]) -> dict[str, tuple[str, ...]]:
    """What each step needs among those that stay."""
    by_id = {step.id: step for step in steps}
    found: dict[str, tuple[str, ...]] = {}
    for step in TopologicalSorter({step.id: step.needs for step in steps}).static_order():
        through = (need for need in by_id[step].needs)
        found[step] = tuple(
            dict.fromkeys(one for need in through for one in ((need,) if need in stay else found[need]))
        )
    return found


def still_open(bundle: Bundle, guides: list[Guide], answers: Mapping[str, str]) -> tuple[Question, ...]:
    """Unanswered questions that a residual condition reads, and those that decide whether they are asked."""
    read = frozenset[str]()
    for guide in guides:
        held = [guide.condition, *(step.condition for step in guide.steps)]
        held += [each.condition for each in guide.requirements]
        held += [each.condition for each in guide.fields]
        read = read.union(*(names(condition) for condition in held if condition != ALWAYS))
    questions = {question.code: question for question in bundle.questions}
    wanted = {code for code in read if code in questions and code not in answers}
    fresh = wanted
    while fresh:
        fresh = {
            name
            for code in fresh
            for name in names(questions[code].condition)
            if name in questions and name not in answers and name not in wanted
        }
        wanted |= fresh
    return tuple(question for question in bundle.questions if question.code in wanted)

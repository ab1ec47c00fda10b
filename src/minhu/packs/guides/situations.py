"""Every situation of a one-thing: one answer to each question that is asked there."""

from collections.abc import Iterable, Iterator
from graphlib import TopologicalSorter

from minhu.methods import composing
from minhu.methods.composing.conditions import names, truth

MOST = 256
"""More situations than that are no situations but a form."""


def situations(questions: Iterable[composing.Question]) -> Iterator[dict[str, str]]:
    """All combinations of answers, in the order of the options; questions not asked are left out.

    Raises ValueError (a CycleError) where questions wait for each other.
    """
    by_code = {one.code: one for one in questions}
    graph = {code: sorted(names(one.condition) & by_code.keys()) for code, one in by_code.items()}
    order = [by_code[code] for code in TopologicalSorter(graph).static_order()]
    yield from _from(order, 0, {})


def _from(order: list[composing.Question], at: int, answers: dict[str, str]) -> Iterator[dict[str, str]]:
    """The rest of the answers, question by question."""
    if at == len(order):
        yield {code: answer for code, answer in answers.items() if answer}
        return
    question = order[at]
    asked = truth(question.condition, answers) is not False
    for option in question.options if asked else ("",):
        yield from _from(order, at + 1, {**answers, question.code: option})

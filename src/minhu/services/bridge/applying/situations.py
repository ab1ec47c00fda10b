"""Situation questions: which is asked next, and which answers still mean something."""

from collections.abc import Mapping

from minhu.methods.composing.conditions import truth
from minhu.methods.composing.resolving import settled
from minhu.packs.guides import QuestionSpec
from minhu.services.bridge.definitions import Whole


def settled_answers(whole: Whole, given: Mapping[str, str]) -> dict[str, str]:
    """The answers that still mean something, with "" for questions that are not asked."""
    known = {one.code: one.options for one in whole.thing.question}
    kept = {code: answer for code, answer in given.items() if answer in known.get(code, ())}
    return settled(whole.bundle, kept)


def next_question(whole: Whole, answers: Mapping[str, str]) -> QuestionSpec | None:
    """The first situation question that is still to be asked."""
    known = settled_answers(whole, answers)
    open_ = {
        one.code
        for one in whole.bundle.questions
        if one.code not in known and truth(one.condition, known) is True
    }
    return next((one for one in whole.thing.question if one.code in open_), None)


def asked_questions(whole: Whole, answers: Mapping[str, str]) -> list[tuple[QuestionSpec, str]]:
    """The questions asked, with their answers, in order."""
    known = settled_answers(whole, answers)
    return [(one, known[one.code]) for one in whole.thing.question if known.get(one.code)]

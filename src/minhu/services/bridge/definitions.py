"""What a version of a one-thing is made of, read once, and compiled once for every set of answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from minhu.methods import composing
from minhu.methods.composing import BadBundle, CircularForm, Problem, Solution
from minhu.methods.composing.conditions import truth
from minhu.packs.guides import Definition, ElementSpec, ItemSpec, MaterialSpec, ThingSpec, from_plain
from minhu.packs.guides.situations import MOST, situations
from minhu.services.models import ThingVersion

KEPT: dict[str, "Whole"] = {}
MOST_KEPT = 24


@dataclass(frozen=True, slots=True)
class Solved:
    """One situation compiled: the problem, its solution, what the independent checker says of it."""

    problem: Problem
    solution: Solution
    complaints: tuple[str, ...]


class Whole:
    """A definition with its look-ups and everything compiled from it so far."""

    def __init__(self, definition: Definition, digest: str) -> None:
        self.definition, self.digest = definition, digest
        self.bundle = definition.bundle
        self.solved: dict[tuple[tuple[str, str], ...], Solved] = {}

    @property
    def thing(self) -> ThingSpec:
        """The one-thing."""
        return self.definition.thing

    @cached_property
    def items(self) -> dict[str, ItemSpec]:
        """Its items by code."""
        return {one.code: one for one in self.definition.items}

    @cached_property
    def materials(self) -> dict[str, MaterialSpec]:
        """Its materials by code."""
        return {one.code: one for one in self.definition.materials}

    @cached_property
    def elements(self) -> dict[str, ElementSpec]:
        """Its entries of the field dictionary by code."""
        return {one.code: one for one in self.definition.elements}

    @cached_property
    def bearers(self) -> dict[str, str]:
        """Titles of roles."""
        return {one.code: one.title for one in self.definition.bearers}

    @cached_property
    def situations(self) -> tuple[dict[str, str], ...]:
        """Every situation, one more than may be published at most."""
        found: list[dict[str, str]] = []
        for answers in situations(self.bundle.questions):
            found.append(answers)
            if len(found) > MOST:
                break
        return tuple(found)

    def settled(self, said: Mapping[str, str]) -> dict[str, str]:
        """An answer to every question that is asked: what was said where it fits, else the first option."""
        answers: dict[str, str] = {}
        for question in self.bundle.questions:
            if truth(question.condition, answers) is not False:
                given = said.get(question.code, "")
                answers[question.code] = given if given in question.options else question.options[0]
        return answers

    def solve(self, answers: Mapping[str, str]) -> Solved:
        """One situation. Raises BadBundle where a guide cannot be compiled."""
        key = tuple(sorted(answers.items()))
        if key not in self.solved:
            problem = Problem(self.bundle, dict(answers))
            solution = composing.compose(problem)
            self.solved[key] = Solved(problem, solution, tuple(composing.check(problem, solution)))
        return self.solved[key]

    def department(self, item: str) -> str:
        """The organisation of an item."""
        return self.items[item].department


def whole_of(version: ThingVersion) -> Whole:
    """The definition of a version, kept for the next time."""
    return whole(version.definition, version.digest)


def whole(plain: dict[str, Any], digest: str) -> Whole:
    """A definition written as JSON; equal digests mean equal definitions."""
    if digest not in KEPT:
        if len(KEPT) >= MOST_KEPT:
            KEPT.pop(next(iter(KEPT)))
        KEPT[digest] = Whole(from_plain(Definition, plain), digest)
    return KEPT[digest]


__all__ = ["BadBundle", "CircularForm", "Solved", "Whole", "whole", "whole_of"]

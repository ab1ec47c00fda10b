"""Conditions over answers: a tiny tree, three-valued truth, and what some answers leave of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Is:
    """The answer to `name` is one of `values`; an answer that is not asked for ("") is none of them."""

    name: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Every:
    """All parts hold; without parts it always holds."""

    parts: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part holds; without parts it never does."""

    parts: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Condition"


Condition = Is | Every | Some | Not
ALWAYS = Every()
NEVER = Some()


def truth(condition: Condition, answers: Mapping[str, str]) -> bool | None:
    """True, False, or None where the answers given leave it open (Kleene's strong logic)."""
    if isinstance(condition, Is):
        return answers[condition.name] in condition.values if condition.name in answers else None
    if isinstance(condition, Not):
        value = truth(condition.part, answers)
        return None if value is None else not value
    values = {truth(part, answers) for part in condition.parts}
    decisive = isinstance(condition, Some)
    if decisive in values:
        return decisive
    return None if None in values else not decisive


def partial(condition: Condition, answers: Mapping[str, str]) -> Condition:
    """What is left of a condition when these answers are known, simplified; its truth is unchanged."""
    if condition == ALWAYS:
        return ALWAYS
    if isinstance(condition, Is):
        known = truth(condition, answers)
        return condition if known is None else ALWAYS if known else NEVER
    if isinstance(condition, Not):
        return negation(partial(condition.part, answers))
    parts = [partial(part, answers) for part in condition.parts]
    return every(parts) if isinstance(condition, Every) else some(parts)


def negation(condition: Condition) -> Condition:
    """The opposite; a double negation falls away."""
    if isinstance(condition, Not):
        return condition.part
    return NEVER if condition == ALWAYS else ALWAYS if condition == NEVER else Not(condition)


def every(parts: Iterable[Condition]) -> Condition:
    """All of these, flat, each once; values asked of one name are intersected."""
    flat: dict[Condition, None] = {}
    wanted: dict[str, frozenset[str]] = {}
    for part in parts:
        for inner in part.parts if isinstance(part, Every) else (part,):
            if isinstance(inner, Is):
                wanted[inner.name] = wanted.get(inner.name, inner.values) & inner.values
            else:
                flat[inner] = None
    if NEVER in flat or not all(wanted.values()):
        return NEVER
    return joined(Every, [*(Is(name, values) for name, values in wanted.items()), *flat])


def some(parts: Iterable[Condition]) -> Condition:
    """At least one of these, flat, each once; values asked of one name are united."""
    parts = list(parts)
    if ALWAYS in parts:
        return ALWAYS
    flat: dict[Condition, None] = {}
    wanted: dict[str, frozenset[str]] = {}
    for part in parts:
        for inner in part.parts if isinstance(part, Some) else (part,):
            if isinstance(inner, Is):
                wanted[inner.name] = wanted.get(inner.name, frozenset()) | inner.values
            else:
                flat[inner] = None
    if ALWAYS in flat:
        return ALWAYS
    return joined(Some, [*(Is(name, values) for name, values in wanted.items()), *flat])


def joined(kind: type[Every] | type[Some], parts: list[Condition]) -> Condition:
    """One part stands for itself."""
    return parts[0] if len(parts) == 1 else kind(tuple(parts))


def names(condition: Condition) -> frozenset[str]:
    """The names whose answers a condition reads."""
    if isinstance(condition, Is):
        return frozenset((condition.name,))
    if isinstance(condition, Not):
        return names(condition.part)
    return frozenset().union(*(names(part) for part in condition.parts))


def renamed(condition: Condition, known_as: Mapping[str, str]) -> Condition:
    """The same condition over other names."""
    if isinstance(condition, Is):
        return Is(known_as.get(condition.name, condition.name), condition.values)
    if isinstance(condition, Not):
        return Not(renamed(condition.part, known_as))
    return type(condition)(tuple(renamed(part, known_as) for part in condition.parts))

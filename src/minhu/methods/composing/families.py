"""Families of one-things (一类事): those that share fields, papers, departments and whose data they ask for.

Each trait weighs by its rarity, log(1 + n / holders): what everybody asks for says little about kinship.
Two one-things are as near as the mean of weighted Jaccard and containment, over the kinds of trait; families
are the groups of average linkage (Sokal and Michener, 1958) down to a stated likeness.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from math import log

import numpy as np
from numpy.typing import NDArray

from minhu.methods.composing.bundle import Bundle
from minhu.methods.composing.fields import representatives

LEAST = 0.25
"""From which likeness on one-things are of one family, unless said otherwise."""


class Trait(StrEnum):
    """What one-things may have in common."""

    FIELD = "field"
    PAPER = "paper"
    DEPARTMENT = "department"
    CLIENT = "client"


SHARES: Mapping[Trait, float] = {
    Trait.FIELD: 0.4,
    Trait.PAPER: 0.25,
    Trait.DEPARTMENT: 0.15,
    Trait.CLIENT: 0.2,
}


@dataclass(frozen=True, slots=True)
class Traits:
    """A one-thing by what it asks for: its fields (`role.element`), materials, departments, clients."""

    code: str
    fields: frozenset[str] = frozenset()
    papers: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()
    clients: frozenset[str] = frozenset()

    def of(self, kind: Trait) -> frozenset[str]:
        """Its traits of one kind."""
        return {
            Trait.FIELD: self.fields,
            Trait.PAPER: self.papers,
            Trait.DEPARTMENT: self.departments,
            Trait.CLIENT: self.clients,
        }[kind]


@dataclass(frozen=True, slots=True)
class Shared:
    """A trait that several members have: which, who, and how much it weighs (rarity, above 0)."""

    kind: Trait
    key: str
    members: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Spared:
    """What one form and one set of papers for the whole family would save, in raw counts."""

    kind: Trait
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Family:
    """A family: members by code, mean likeness of its pairs in (0, 1], what they share, what it spares."""

    members: tuple[str, ...]
    likeness: float
    shared: tuple[Shared, ...]
    spared: tuple[Spared, ...]


def traits_of(bundle: Bundle, clients: Iterable[str] = ()) -> Traits:
    """The traits of a bundle over all its situations; merged keys count as one.

    `clients`: for whom it is, besides the roles whose values its fields hold.
    """
    known_as = representatives(bundle.merges)
    fields = [field for guide in bundle.guides for field in guide.fields]
    needs = [need for guide in bundle.guides for need in guide.requirements]
    return Traits(
        bundle.code,
        frozenset(known_as.get(field.key, field.key) for field in fields),
        frozenset(code for need in needs for one in need.sets for code in one),
        frozenset(guide.department for guide in bundle.guides),
        frozenset(field.role for field in fields) | frozenset(clients),
    )


def families(things: Sequence[Traits], least: float = LEAST) -> tuple[Family, ...]:
    """Families of two members or more, the nearest first; the same whatever the order of `things`.

    `least` in (0, 1]: the mean likeness down to which groups are joined; a higher one splits families, never
    mixes them. O(n³) steps, each on whole rows. Raises ValueError for codes that repeat or a `least` outside.
    """
    if not 0 < least <= 1:
        raise ValueError(f"least is {least}: say a likeness above 0, at most 1")
    ordered = sorted(things, key=lambda one: one.code)
    codes = [one.code for one in ordered]
    if len(set(codes)) < len(codes):
        raise ValueError("two one-things have the same code")
    rarity = rarities(ordered)
    near = likeness_matrix(ordered, rarity)
    found = [
        family_of([ordered[i] for i in group], near[np.ix_(group, group)], rarity)
        for group in linked(near, least)
        if len(group) > 1
    ]
    return tuple(sorted(found, key=lambda one: (-one.likeness, one.members)))


def family_among(things: Sequence[Traits], members: Collection[str]) -> Family:
    """What these members share among all `things`, however near they are. Raises ValueError below two."""
    ordered = sorted(things, key=lambda one: one.code)
    group = [number for number, one in enumerate(ordered) if one.code in members]
    if len(group) < 2:
        raise ValueError("a family has at least two members")
    rarity = rarities(ordered)
    chosen = [ordered[number] for number in group]
    return family_of(chosen, likeness_matrix(chosen, rarity), rarity)


Rarity = Mapping[tuple[Trait, str], float]


def rarities(things: Collection[Traits]) -> Rarity:
    """How much each trait weighs: log(1 + n / holders)."""
    held: dict[tuple[Trait, str], int] = {}
    for one in things:
        for kind in Trait:
            for key in one.of(kind):
                held[kind, key] = held.get((kind, key), 0) + 1
    return {trait: log(1 + len(things) / count) for trait, count in held.items()}


def likeness_matrix(things: Sequence[Traits], rarity: Rarity) -> NDArray[np.float64]:
    """The likeness of all pairs, shape (things, things), 1 on the diagonal."""
    near = np.eye(len(things))
    for i, j in combinations(range(len(things)), 2):
        near[i, j] = near[j, i] = likeness(things[i], things[j], rarity)
    return near


def likeness(one: Traits, other: Traits, rarity: Rarity) -> float:
    """How near two one-things are, in [0, 1]; kinds of which neither has any are left out."""
    total = weight = 0.0
    for kind, share in SHARES.items():
        mine, theirs = one.of(kind), other.of(kind)
        if mine or theirs:
            weight += share
            total += share * overlap(kind, mine, theirs, rarity)
    return total / weight if weight else 0.0


def overlap(kind: Trait, mine: frozenset[str], theirs: frozenset[str], rarity: Rarity) -> float:
    """The mean of weighted Jaccard and containment of two sets that are not both empty."""

    def worth(keys: frozenset[str]) -> float:
        # Sorted, so that rounding does not hang on the order of a set.
        return sum(rarity[kind, key] for key in sorted(keys))

    common, smaller = worth(mine & theirs), min(worth(mine), worth(theirs))
    return (common / worth(mine | theirs) + (common / smaller if smaller else 0.0)) / 2


def linked(near: NDArray[np.float64], least: float) -> list[list[int]]:
    """Groups by average linkage: the nearest two are joined while they are at least so near."""
    groups = [[number] for number in range(len(near))]
    table = near.copy()
    np.fill_diagonal(table, -1.0)
    # Rounded, so that equal likenesses stay equal and the first pair in order of codes is taken.
    while len(groups) > 1:
        best = int(np.argmax(np.round(table, 12)))
        i, j = sorted(divmod(best, len(groups)))
        if round(float(table[i, j]), 12) < least:
            break
        a, b = len(groups[i]), len(groups[j])
        table[i] = table[:, i] = (table[i] * a + table[j] * b) / (a + b)
        table[i, i] = -1.0
        groups[i] = sorted(groups[i] + groups.pop(j))
        table = np.delete(np.delete(table, j, 0), j, 1)
    return groups


def family_of(members: Sequence[Traits], near: NDArray[np.float64], rarity: Rarity) -> Family:
    """A family with its reasons and its savings."""
    pairs = near[np.triu_indices(len(members), 1)]
    codes = tuple(one.code for one in members)
    return Family(codes, round(float(pairs.mean()), 6), shared_by(members, rarity), spared_by(members))


def shared_by(members: Sequence[Traits], rarity: Rarity) -> tuple[Shared, ...]:
    """What at least two members have: by kind, those most members have first, then the rarest."""
    found = []
    for kind in Trait:
        for key in sorted(frozenset().union(*(one.of(kind) for one in members))):
            having = tuple(one.code for one in members if key in one.of(kind))
            if len(having) > 1:
                found.append(Shared(kind, key, having, round(rarity[kind, key], 6)))
    order = list(Trait)
    return tuple(
        sorted(found, key=lambda one: (order.index(one.kind), -len(one.members), -one.weight, one.key))
    )


def spared_by(members: Sequence[Traits]) -> tuple[Spared, ...]:
    """Fields filled in and types of paper named by each member for itself, and once for the family."""
    return tuple(
        Spared(
            kind,
            sum(len(one.of(kind)) for one in members),
            len(frozenset().union(*(one.of(kind) for one in members))),
        )
        for kind in (Trait.FIELD, Trait.PAPER)
    )

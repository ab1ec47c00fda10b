"""Families of one-things, from their versions to what the page shows: who, why, what would be saved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minhu.methods.composing import Family, Shared, Trait, Traits, families, family_among, traits_of
from minhu.services.bridge.definitions import Whole, whole_of
from minhu.services.models import Thing, ThingVersion
from minhu.services.queries.families import current_versions
from minhu.services.states import Audience

SIX = 6
"""So many shared traits of a kind are told at once; the rest can be opened."""
KINDS: Mapping[Trait, Promise] = {
    Trait.FIELD: _("Fields"),
    Trait.PAPER: pgettext_lazy("guide", "Papers"),
    Trait.DEPARTMENT: _("Departments"),
    Trait.CLIENT: _("For whom"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """The traits of one kind that members share: words of each, and which members have it."""

    title: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def first(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Those told at once."""
        return self.rows[:SIX]

    @property
    def rest(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Those that can be opened."""
        return self.rows[SIX:]


@dataclass(frozen=True, slots=True)
class FoundFamily:
    """A family as the software found it. `spared`: title, before, after, in raw counts."""

    members: tuple[Thing, ...]
    likeness: int
    reasons: tuple[Reason, ...]
    spared: tuple[tuple[str, int, int], ...]

    @property
    def codes(self) -> str:
        """Its members by code."""
        return ",".join(thing.code for thing in self.members)


class Finding:
    """The one-things of the house and the families among them."""

    def __init__(self, versions: Sequence[ThingVersion], units: Mapping[str, str]) -> None:
        self.units = units
        self.things = {version.thing.code: version.thing for version in versions}
        self.wholes = {version.thing.code: whole_of(version) for version in versions}
        self.traits = traits(self.things, self.wholes)

    def found(self) -> list[FoundFamily]:
        """All families, the nearest first."""
        return [self.shown(one) for one in families(self.traits)]

    def among(self, codes: Iterable[str]) -> FoundFamily | None:
        """What these members share, if two of them are there."""
        here = {code for code in codes if code in self.things}
        return self.shown(family_among(self.traits, here)) if len(here) > 1 else None

    def shown(self, family: Family) -> FoundFamily:
        """One family in words."""
        return FoundFamily(
            tuple(self.things[code] for code in family.members),
            round(100 * family.likeness),
            tuple(self.reasons(family)),
            tuple((str(KINDS[one.kind]), one.before, one.after) for one in family.spared),
        )

    def reasons(self, family: Family) -> Iterable[Reason]:
        """What its members share, by kind."""
        for kind, title in KINDS.items():
            rows = [one for one in family.shared if one.kind is kind]
            if rows:
                yield Reason(str(title), tuple((self.words(one), self.names(one)) for one in rows))

    def names(self, one: Shared) -> tuple[str, ...]:
        """The members that share it."""
        return tuple(self.things[code].name for code in one.members)

    def words(self, one: Shared) -> str:
        """A trait in words."""
        whole = self.wholes[one.members[0]]
        if one.kind is Trait.FIELD:
            role, _dot, element = one.key.partition(".")
            title = whole.elements[element].title if element in whole.elements else element
            return f"{whole.bearers.get(role, role)}·{title}"
        if one.kind is Trait.PAPER:
            return whole.materials[one.key].name if one.key in whole.materials else one.key
        if one.kind is Trait.DEPARTMENT:
            return self.units.get(one.key, one.key)
        return whole.bearers.get(one.key) or str(dict(Audience.choices).get(one.key, one.key))


def traits(things: Mapping[str, Thing], wholes: Mapping[str, Whole]) -> list[Traits]:
    """What each one-thing asks for, and for whom it is."""
    return [traits_of(whole.bundle, (things[code].audience,)) for code, whole in wholes.items()]


def facts_of(things: Iterable[Thing]) -> dict[str, Any]:
    """What a confirmed family keeps: which versions it was confirmed on, the raw counts of that day."""
    versions = current_versions(things)
    rows = traits(
        {one.thing.code: one.thing for one in versions}, {one.thing.code: whole_of(one) for one in versions}
    )
    spared = family_among(rows, {row.code for row in rows}).spared if len(rows) > 1 else ()
    return {
        "versions": {one.thing.code: one.number for one in versions},
        "spared": {str(one.kind): [one.before, one.after] for one in spared},
    }

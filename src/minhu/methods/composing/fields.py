"""Pass 2: fields asked more than once become one, by role, element code and type alone, never by label."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from minhu.methods.composing.bundle import SignedMerge
from minhu.methods.composing.conditions import ALWAYS, Condition, every, names, renamed, some
from minhu.methods.composing.guides import Field, FieldType, Guide
from minhu.methods.composing.lattice import Constraint, meet_all, quarrel


@dataclass(frozen=True, slots=True)
class Asker:
    """Which item asks for a field, under which label and clause."""

    item: str
    department: str
    key: str
    label: str
    clause: str


@dataclass(frozen=True, slots=True)
class MergedField:
    """A field of the common form, asked for while `condition` holds, and required while `required` holds."""

    key: str
    role: str
    element: str
    type: FieldType
    label: str
    constraint: Constraint
    condition: Condition
    required: Condition
    askers: tuple[Asker, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Constraints of the same field that leave nothing to enter: who asks for what. Its parts stay apart."""

    key: str
    askers: tuple[Asker, ...]
    constraints: tuple[Constraint, ...]

    @property
    def words(self) -> str:
        """The conflict in one sentence."""
        return f"{self.key}: " + " against ".join(
            f"{each.department} ({each.clause})" for each in self.askers
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """A field with the guide that asks for it, and the key it goes by after signed merges."""

    guide: Guide
    field: Field
    key: str

    @property
    def asker(self) -> Asker:
        """Who asks."""
        field = self.field
        return Asker(self.guide.item, self.guide.department, field.key, field.label, field.clause)


def merge_fields(
    guides: Iterable[Guide], merges: Iterable[SignedMerge]
) -> tuple[tuple[MergedField, ...], tuple[Conflict, ...]]:
    """The fields of the common form in the order in which they are first asked, and the conflicts.

    Fields merge on (role, element, type); a signed merge makes one key stand for another first.
    """
    known_as = representatives(merges)
    groups: dict[tuple[str, FieldType], list[Asked]] = {}
    for guide in guides:
        for field in guide.fields:
            key = known_as.get(field.key, field.key)
            groups.setdefault((key, field.type), []).append(Asked(guide, field, key))
    seen: dict[str, int] = {}
    merged: list[MergedField] = []
    conflicts: list[Conflict] = []
    for (key, type_), group in groups.items():
        seen[key] = seen.get(key, 0) + 1
        name = key if seen[key] == 1 else f"{key}:{type_}"
        at_odds = quarrel([asked.field.constraint for asked in group])
        if at_odds:
            conflicts.append(conflict(name, [group[index] for index in at_odds]))
            merged += [merged_field(f"{name}@{asked.guide.item}", [asked]) for asked in group]
        else:
            merged.append(merged_field(name, group))
    return tuple(pointed(merged, known_as)), tuple(conflicts)


def representatives(merges: Iterable[SignedMerge]) -> dict[str, str]:
    """For each key under a signed merge the first key of its class in code order."""
    parent: dict[str, str] = {}

    def top(key: str) -> str:
        while parent.setdefault(key, key) != key:
            key = parent[key]
        return key

    for merge in merges:
        one, other = sorted((top(merge.key), top(merge.same_as)))
        parent[other] = one
    return {key: top(key) for key in parent}


def conflict(key: str, group: Sequence[Asked]) -> Conflict:
    """The askers at odds and what each of them lays down."""
    return Conflict(
        key, tuple(asked.asker for asked in group), tuple(asked.field.constraint for asked in group)
    )


def merged_field(key: str, group: Sequence[Asked]) -> MergedField:
    """One field for a group that agrees."""
    first = group[0].field
    role, _, element = group[0].key.partition(".")
    conditions = [
        ALWAYS
        if asked.guide.condition == asked.field.condition == ALWAYS
        else every((asked.guide.condition, asked.field.condition))
        for asked in group
    ]
    return MergedField(
        key,
        role,
        element,
        first.type,
        first.label,
        meet_all(asked.field.constraint for asked in group),
        some(conditions),
        some(c for c, asked in zip(conditions, group, strict=True) if not asked.field.optional),
        tuple(asked.asker for asked in group),
    )


def pointed(merged: list[MergedField], known_as: dict[str, str]) -> list[MergedField]:
    """Conditions name the fields as the form does."""
    if not known_as:
        return merged
    return [
        replace(
            field,
            condition=renamed(field.condition, known_as),
            required=renamed(field.required, known_as),
        )
        if names(field.condition) & known_as.keys()
        else field
        for field in merged
    ]

"""What another version of a one-thing asks that the one before did not, for whoever had begun."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from minhu.services.bridge.applying.plans import Blank, Plan, Want


class Turn(StrEnum):
    """What became of something."""

    NEW = "new"
    GONE = "gone"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is new, gone or other: a field, a paper, a consent; its title."""

    what: str
    turn: Turn
    title: str


def differences(before: Plan, after: Plan) -> tuple[Difference, ...]:
    """All that differs between two plans, as an applicant would see it."""
    fields = compared("field", blanks_by_key(before), blanks_by_key(after))
    papers = compared("paper", wants_by_key(before), wants_by_key(after))
    consents = compared("consent", consents_by_code(before), consents_by_code(after))
    return (*fields, *papers, *consents)


def compared(
    what: str, before: Mapping[str, tuple[str, Hashable]], after: Mapping[str, tuple[str, Hashable]]
) -> list[Difference]:
    """New, other, gone, in the order of the new one."""
    found = []
    for key, (title, content) in after.items():
        if key not in before:
            found.append(Difference(what, Turn.NEW, title))
        elif before[key][1] != content:
            found.append(Difference(what, Turn.OTHER, title))
    return found + [Difference(what, Turn.GONE, before[key][0]) for key in before if key not in after]


def blanks_by_key(plan: Plan) -> dict[str, tuple[str, Hashable]]:
    """Fields with what an applicant can notice of them."""
    return {one.key: (one.label, asked(one)) for one in plan.blanks}


def asked(blank: Blank) -> Hashable:
    """A field without who asks for it."""
    return replace(blank, askers=(), readers=frozenset(), purpose="", keep="")


def wants_by_key(plan: Plan) -> dict[str, tuple[str, Hashable]]:
    """Papers the applicant does something for."""
    return {one.code: (one.name, noticed(one)) for one in plan.wants if one.is_asked}


def noticed(want: Want) -> Hashable:
    """A paper without whom it serves."""
    return replace(want, refs=(), askers=(), later_days=0)


def consents_by_code(plan: Plan) -> dict[str, tuple[str, Hashable]]:
    """What is agreed to."""
    return {one.code: (one.words, one.words) for one in plan.definition.thing.consent}

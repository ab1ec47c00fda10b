"""What is different between two versions of a one-thing, or of a guide: part by part, in words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minhu.packs.guides import ItemSpec, to_plain
from minhu.services.bridge.definitions import Whole

PARTS = {
    "field": gettext_lazy("field"),
    "requirement": gettext_lazy("requirement"),
    "step": gettext_lazy("step"),
    "output": gettext_lazy("result"),
    "basis": gettext_lazy("basis"),
}
QUIET = ("version", "illustrative")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: where, what, before and after (empty where it was not there)."""

    where: str
    what: str
    before: str
    after: str


def between(one: Whole, other: Whole) -> list[Change]:
    """Everything that differs between two versions of a one-thing."""
    found = [
        *listed(
            _("items"),
            {i.code: i.name for i in one.items.values()},
            {i.code: i.name for i in other.items.values()},
        ),
        *listed(_("situations"), questions(one), questions(other)),
        *listed(_("signed merges"), merges(one), merges(other)),
    ]
    for code in one.items.keys() & other.items.keys():
        found += guides(one.items[code], other.items[code])
    return found


def questions(whole: Whole) -> dict[str, str]:
    """Situation questions with their options."""
    return {one.code: f"{one.text} {' / '.join(one.options)}" for one in whole.thing.question}


def merges(whole: Whole) -> dict[str, str]:
    """Signed merges."""
    return {f"{one.key}{one.same_as}": f"{one.key} = {one.same_as}" for one in whole.thing.merge}


def listed(where: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    """What came, went or is said otherwise."""
    for key in dict.fromkeys([*before, *after]):
        if before.get(key) != after.get(key):
            yield Change(where, "", before.get(key, ""), after.get(key, ""))


def guides(one: ItemSpec, other: ItemSpec) -> Iterator[Change]:
    """Everything that differs between two versions of a guide."""
    left, right = to_plain(one), to_plain(other)
    for part in dict.fromkeys([*left, *right]):
        if part in QUIET or left.get(part) == right.get(part):
            continue
        if part in PARTS:
            yield from parts(other.name, str(PARTS[part]), left.get(part, []), right.get(part, []))
        else:
            yield Change(other.name, part, told(left.get(part, "")), told(right.get(part, "")))


def parts(where: str, title: str, before: Iterable[Any], after: Iterable[Any]) -> Iterator[Change]:
    """Parts of a guide, compared by what names them."""
    old, new = {name_of(one): one for one in before}, {name_of(one): one for one in after}
    for name in dict.fromkeys([*old, *new]):
        if old.get(name) != new.get(name):
            left, right = old.get(name, {}), new.get(name, {})
            keys = [key for key in dict.fromkeys([*left, *right]) if left.get(key) != right.get(key)]
            yield Change(
                where, f"{title} {name}",
                "; ".join(f"{key}: {told(left[key])}" for key in keys if key in left),
                "; ".join(f"{key}: {told(right[key])}" for key in keys if key in right),
            )  # fmt: skip


def name_of(part: Mapping[str, Any]) -> str:
    """What names a part of a guide."""
    if "role" in part:
        return f"{part['role']}.{part['element']}"
    return str(part.get("id") or part.get("material") or part.get("document") or "")


def told(value: object) -> str:
    """A value for reading."""
    if isinstance(value, list):
        return "、".join(map(told, value))
    if isinstance(value, dict):
        return ", ".join(f"{key} {told(one)}" for key, one in value.items())
    return str(value)

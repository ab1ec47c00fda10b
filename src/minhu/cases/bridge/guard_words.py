"""Conditions and cells of tables in the words of a kind: titles for codes."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from minhu.cases.bridge.compiling import CHILDREN, Compiled
from minhu.cases.queries.naming import listed
from minhu.methods import flow
from minhu.methods.flow.guards import TRIES, Compare, Every, Missing, Name, Not, OneOf, Some, spell

SIGNS = {"!=": "≠", "<=": "≤", ">=": "≥"}
TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')


def guard_words(kind: Compiled, guard: flow.Guard | None) -> str:
    """A condition in words; nothing if there is none."""
    if guard is None:
        return ""
    if isinstance(guard, Every | Some):
        joint = _(" and ") if isinstance(guard, Every) else _(" or ")
        return joint.join(inside(kind, part) for part in guard.parts)
    if isinstance(guard, Not):
        return _("not (%(condition)s)") % {"condition": guard_words(kind, guard.inner)}
    return test_words(kind, guard)


def inside(kind: Compiled, part: flow.Guard) -> str:
    """A part of a longer condition, in brackets where they are needed."""
    words = guard_words(kind, part)
    return f"({words})" if isinstance(part, Every | Some) else words


def test_words(kind: Compiled, test: Compare | OneOf | Missing) -> str:
    """One test."""
    key = name_words(kind, test.left.key)
    if isinstance(test, Missing):
        return _("%(field)s is not given") % {"field": key}
    if isinstance(test, OneOf):
        values = listed(value_words(kind, test.left.key, value) for value in test.values)
        return _("%(field)s is one of %(values)s") % {"field": key, "values": values}
    right = test.right
    other = (
        name_words(kind, right.key) if isinstance(right, Name) else value_words(kind, test.left.key, right)
    )
    return f"{key} {SIGNS.get(test.op, test.op)} {other}"


def name_words(kind: Compiled, key: str) -> str:
    """What a condition reads."""
    if key.startswith(TRIES):
        place = kind.title(key.removeprefix(TRIES))
        return _("how often it was at “%(place)s”") % {"place": place}
    if key in CHILDREN:
        words = (_("cases opened from it that go on"), _("cases opened from it that ended"))
        return words[CHILDREN.index(key)]
    return _("who opened it") if key == "opened_by" else kind.title(key)


def value_words(kind: Compiled, key: str, value: flow.Value) -> str:
    """A value as a reader says it."""
    if isinstance(value, bool):
        return pgettext("answer", "yes") if value else pgettext("answer", "no")
    if isinstance(value, str):
        return kind.choices.get(key, {}).get(value, value)
    return spell(value)


def cell_words(kind: Compiled, key: str, cell: str) -> str:
    """A cell of a table: strings as the titles of choices, “-” as anything."""
    if cell.strip() in ("", "-"):
        return "—"
    choices = kind.choices.get(key, {})
    said = TEXT.sub(lambda found: choices.get(found[1], found[1]), cell)
    return {"true": pgettext("answer", "yes"), "false": pgettext("answer", "no")}.get(said, said)

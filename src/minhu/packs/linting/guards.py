"""Conditions: misspelt ones at their column, values nobody says, comparisons that can never hold."""

import re
from collections.abc import Iterator

from minhu.methods import flow
from minhu.methods.flow.guards import TRIES, Compare, Every, Missing, Name, Not, OneOf, Some, sort_of
from minhu.packs.kinds import FieldType
from minhu.packs.linting.codes import NO_PLACE
from minhu.packs.linting.lens import SYSTEM_VALUES, Lens
from minhu.packs.positions import did_you_mean

UNREADABLE = "this condition cannot be read: {reason}"
NO_VALUE = "no field is called “{code}”"
NEVER_SAID = "this condition reads “{code}”, which nothing ever says: it would never hold"
PERSONAL = "a condition reads “{code}”, which is personal: once it is erased, nobody can follow the course"
NO_CHOICE = "“{code}” is no choice of “{field}”"
OTHER_SORT = "“{field}” is {sort}, and is compared with {other}"

COLUMN = re.compile(r"^column (\d+) of .*?: (?P<words>[^:]*)$", re.DOTALL)
SORTS = {
    FieldType.NUMBER: "a number",
    FieldType.DATE: "a date",
    FieldType.FLAG: "yes or no",
}
"""What a value of a field is, as guards say it; all else is text."""


def check(lens: Lens) -> None:
    """Every guard of every step."""
    for number, step in enumerate(lens.spec.step):
        if not step.guard.strip():
            continue
        path = ("step", number, "guard")
        try:
            found = flow.guard(step.guard)
        except flow.BadGuard as error:
            offset, words = misspelt(str(error))
            lens.wrong_inside(
                offset, UNREADABLE, *path, reason=words, hint='such as: kind = "major" and n > 3'
            )
            continue
        check_names(lens, found, step.guard, path)
        for test in tests(found):
            check_test(lens, test, step.guard, path)


def misspelt(message: str) -> tuple[int, str]:
    """Offset and words of what flow says about a misspelt guard."""
    found = COLUMN.match(message)
    return (int(found[1]) - 1, found["words"].strip()) if found else (0, message)


def tests(guard: flow.Guard) -> Iterator[Compare | OneOf | Missing]:
    """The single tests of a guard."""
    if isinstance(guard, Every | Some):
        for part in guard.parts:
            yield from tests(part)
    elif isinstance(guard, Not):
        yield from tests(guard.inner)
    else:
        yield guard


def spot(text: str, word: str) -> int:
    """Where a word stands in a guard; strings are not looked into unless the word is one."""
    pattern = re.escape(word) if word.startswith('"') else rf"(?<![\w.\"]){re.escape(word)}(?![\w.])"
    found = re.search(pattern, text)
    return found.start() if found else 0


def check_names(lens: Lens, guard: flow.Guard, text: str, path: tuple[str | int, ...]) -> None:
    """The values a guard reads are there, and may be read."""
    for key in sorted(guard.keys):
        at = spot(text, key)
        if key.startswith(TRIES):
            place = key.removeprefix(TRIES)
            if place not in lens.places:
                lens.wrong_inside(at, NO_PLACE, *path, code=place, hint=did_you_mean(place, lens.places))
        elif key not in lens.types:
            hint = did_you_mean(key, lens.fields, [*SYSTEM_VALUES, *(TRIES + code for code in lens.places)])
            lens.wrong_inside(at, NO_VALUE, *path, code=key, hint=hint)
        elif key in lens.fields and lens.fields[key].personal:
            lens.wrong_inside(at, PERSONAL, *path, code=key)
        elif key in lens.fields and key not in lens.said:
            lens.wrong_inside(at, NEVER_SAID, *path, code=key)


def check_test(lens: Lens, test: Compare | OneOf | Missing, text: str, path: tuple[str | int, ...]) -> None:
    """The values a field is compared with could be its own."""
    if isinstance(test, Missing) or (isinstance(test, Compare) and isinstance(test.right, Name)):
        return
    key = test.left.key
    kind = FieldType.NUMBER if key.startswith(TRIES) else lens.types.get(key)
    if kind is None:
        return
    for value in test.values if isinstance(test, OneOf) else (test.right,):
        word = f'"{value}"' if isinstance(value, str) else str(value)
        at, sort = spot(text, word), SORTS.get(kind, "a text")
        if sort_of(value) != sort:
            lens.wrong_inside(at, OTHER_SORT, *path, field=key, sort=sort, other=sort_of(value))
        elif isinstance(value, str):
            check_word(lens, key, value, at, path)


def check_word(lens: Lens, key: str, value: str, at: int, path: tuple[str | int, ...]) -> None:
    """A text a field is compared with: one of its choices, or an organisation."""
    if lens.types[key] is FieldType.CHOICE:
        values = [choice.value for choice in lens.fields[key].choices]
        if value not in values:
            lens.wrong_inside(at, NO_CHOICE, *path, code=value, field=key, hint=did_you_mean(value, values))
    if lens.types[key] is FieldType.ORGANISATION and value not in lens.known.organisations:
        hint = did_you_mean(value, lens.known.organisations)
        lens.wrong_inside(at, "there is no organisation “{code}”", *path, code=value, hint=hint)

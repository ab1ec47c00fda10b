"""Conditions as people write them: `kind = shop and not (area in small, tiny)`, read and written."""

import re
from collections.abc import Iterator

from minhu.methods.composing.conditions import (
    ALWAYS,
    NEVER,
    Condition,
    Every,
    Is,
    Not,
    Some,
    every,
    negation,
    some,
)

TOKEN = re.compile(r"\s*(?:(!=|=|\(|\)|,|，)|([^\s=!(),，]+))")
WORDS = {"且": "and", "或": "or", "非": "not", "属于": "in", "，": ","}


class BadCondition(ValueError):
    """A condition that cannot be read: it says where."""


def condition_of(text: str) -> Condition:
    """Read `a = x`, `a != x`, `a in x, y`, `not`, `and`, `or`, brackets, `never` (且 或 非 属于).

    An empty text is always. Raises BadCondition naming the word at which reading stopped.
    """
    if not text.strip():
        return ALWAYS
    reader = Reader([WORDS.get(word, word) for word in words(text)], text)
    condition = reader.either()
    if reader.rest:
        raise reader.stopped("nothing more, or and / or")
    return condition


def words(text: str) -> Iterator[str]:
    """The tokens of a condition."""
    at = 0
    while at < len(text.rstrip()):
        found = TOKEN.match(text, at)
        if not found:
            raise BadCondition(f"condition {text!r}: cannot read {text[at:]!r}")
        yield found[1] or found[2]
        at = found.end()


class Reader:
    """Reads tokens by descent: `or` binds weakest, then `and`, then `not`."""

    def __init__(self, rest: list[str], text: str) -> None:
        self.rest = rest
        self.text = text

    def stopped(self, wanted: str) -> BadCondition:
        """What was found instead."""
        found = repr(self.rest[0]) if self.rest else "the end"
        return BadCondition(f"condition {self.text!r}: found {found}, wanted {wanted}")

    def take(self, *wanted: str) -> str:
        """The next token, if it is one of these (any word if none are given)."""
        if (
            not self.rest
            or (wanted and self.rest[0] not in wanted)
            or (not wanted and self.rest[0] in "()=!=,")
        ):
            raise self.stopped(" or ".join(wanted) or "a name or a value")
        return self.rest.pop(0)

    def has(self, word: str) -> bool:
        """Take this token if it comes next."""
        if self.rest and self.rest[0] == word:
            self.rest.pop(0)
            return True
        return False

    def either(self) -> Condition:
        """Parts joined by `or`."""
        parts = [self.both()]
        while self.has("or"):
            parts.append(self.both())
        return some(parts)

    def both(self) -> Condition:
        """Parts joined by `and`."""
        parts = [self.single()]
        while self.has("and"):
            parts.append(self.single())
        return every(parts)

    def single(self) -> Condition:
        """A comparison, a negation or a bracket."""
        if self.has("not"):
            return negation(self.single())
        if self.has("never"):
            return NEVER
        if self.has("("):
            inside = self.either()
            self.take(")")
            return inside
        name, sign = self.take(), self.take("=", "!=", "in")
        values = [self.take()]
        while sign == "in" and self.has(","):
            values.append(self.take())
        found = Is(name, frozenset(values))
        return negation(found) if sign == "!=" else found


def worded(condition: Condition) -> str:
    """A condition in words that `condition_of` reads again; empty for always."""
    if isinstance(condition, Is):
        values = sorted(condition.values)
        return (
            f"{condition.name} = {values[0]}"
            if len(values) == 1
            else f"{condition.name} in {', '.join(values)}"
        )
    if isinstance(condition, Not):
        return f"not ({worded(condition.part)})"
    if not condition.parts:
        return "" if isinstance(condition, Every) else "never"
    sign = " and " if isinstance(condition, Every) else " or "
    return sign.join(
        f"({worded(part)})" if isinstance(part, Every | Some) else worded(part) for part in condition.parts
    )

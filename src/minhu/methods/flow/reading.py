"""Read a condition from text: `kind = "major" and (amount >= 500000 or not level in ["a", "b"])`."""

import re
from datetime import date
from decimal import Decimal

from minhu.methods.flow.errors import BadGuard
from minhu.methods.flow.guards import Compare, Every, Guard, Missing, Name, Not, OneOf, Some, Value

TOKEN = re.compile(
    r"""\s*(?:(?P<date>\d{4}-\d\d-\d\d)|(?P<number>-?\d+(?:\.\d+)?)|(?P<text>"(?:[^"\\]|\\.)*")"""
    r"""|(?P<sign><=|>=|!=|[=<>()\[\],])|(?P<word>[^\W\d][\w.]*))"""
)
WORDS = frozenset({"and", "or", "not", "in", "is", "missing", "true", "false"})
DEEPEST = 50


def guard(text: str) -> Guard:
    """The condition a text spells. Raises BadGuard with the column (from 1) of what cannot be read.

    Comparisons `= != < <= > >=` of a key with a value or another key; `key in [values]`; `key is missing`;
    `and`, `or`, `not`, brackets. Values: "text", numbers, 2026-01-31, true, false.
    """
    reader = _Reader(text)
    found = reader.some(0)
    if reader.place < len(reader.tokens):
        reader.fail("something too much")
    return found


class _Reader:
    """Tokens of one condition, and how far they are read."""

    def __init__(self, text: str) -> None:
        self.text, self.place = text, 0
        self.tokens: list[tuple[str, str, int]] = []
        at = 0
        while text[at:].strip():
            match = TOKEN.match(text, at)
            if match is None:
                start = at + len(text[at:]) - len(text[at:].lstrip())
                raise BadGuard(f"column {start + 1} of {text!r}: {text[start]!r} has no meaning here")
            kind = str(match.lastgroup)
            self.tokens.append((kind, match[kind], match.start(kind)))
            at = match.end()

    def fail(self, words: str) -> BadGuard:
        """Say what is wrong, and where."""
        here = self.place < len(self.tokens)
        column = self.tokens[self.place][2] + 1 if here else len(self.text) + 1
        raise BadGuard(f"column {column} of {self.text!r}: {words}")

    def ahead(self, *words: str) -> bool:
        """Whether one of these comes next."""
        return self.place < len(self.tokens) and self.tokens[self.place][1] in words

    def take(self, *words: str) -> bool:
        """Step over one of these if it comes next."""
        if not self.ahead(*words):
            return False
        self.place += 1
        return True

    def need(self, word: str) -> None:
        """Step over this, which must come next."""
        if not self.take(word):
            self.fail(f"{word!r} is missing")

    def some(self, depth: int) -> Guard:
        """Parts between `or`."""
        parts = [self.every(depth)]
        while self.take("or"):
            parts.append(self.every(depth))
        return parts[0] if len(parts) == 1 else Some(tuple(parts))

    def every(self, depth: int) -> Guard:
        """Parts between `and`."""
        parts = [self.single(depth)]
        while self.take("and"):
            parts.append(self.single(depth))
        return parts[0] if len(parts) == 1 else Every(tuple(parts))

    def single(self, depth: int) -> Guard:
        """A negation, something in brackets, or a comparison."""
        if depth > DEEPEST:
            self.fail(f"more than {DEEPEST} brackets and negations inside each other")
        if self.take("not"):
            return Not(self.single(depth + 1))
        if self.take("("):
            inner = self.some(depth + 1)
            self.need(")")
            return inner
        return self.comparison()

    def comparison(self) -> Guard:
        """One test of one key."""
        left = self.name()
        if self.take("in"):
            return OneOf(left, self.values())
        if self.take("is"):
            self.need("missing")
            return Missing(left)
        if not self.ahead("=", "!=", "<", "<=", ">", ">="):
            self.fail(f"{left} is followed by no comparison")
        op = self.tokens[self.place][1]
        self.place += 1
        is_key = self.is_name()
        return Compare(left, op, self.name() if is_key else self.value())

    def is_name(self) -> bool:
        """Whether a key comes next."""
        if self.place >= len(self.tokens):
            return False
        kind, word, _ = self.tokens[self.place]
        return kind == "word" and word not in WORDS

    def name(self) -> Name:
        """A key."""
        if not self.is_name():
            self.fail("the key of a value is missing")
        self.place += 1
        return Name(self.tokens[self.place - 1][1])

    def values(self) -> tuple[Value, ...]:
        """Values in square brackets."""
        self.need("[")
        found = [self.value()]
        while self.take(","):
            found.append(self.value())
        self.need("]")
        return tuple(found)

    def value(self) -> Value:
        """A value written out."""
        if self.place >= len(self.tokens):
            self.fail("a value is missing")
        kind, word, _ = self.tokens[self.place]
        if kind in {"sign", "word"} and word not in {"true", "false"}:
            self.fail(f"a value is missing before {word!r}")
        try:
            found = _value(kind, word)
        except ValueError:
            self.fail(f"{word} is no day")
        self.place += 1
        return found


def _value(kind: str, word: str) -> Value:
    """What a written value means."""
    if kind == "text":
        return re.sub(r"\\(.)", r"\1", word[1:-1])
    if kind == "number":
        return Decimal(word)
    return date.fromisoformat(word) if kind == "date" else word == "true"

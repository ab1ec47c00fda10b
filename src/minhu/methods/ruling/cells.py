"""Read a cell, the tests of an input or the value of an output: a typed subset of S-FEEL (DMN 1.3, clause 9).

Tests: `-`; `null`; a value; `< <= > >=` and a value; ranges `[a..b]`, `(a..b)`, `]a..b[`; several, separated
by commas; all of it in `not(…)`. Values: numbers, "strings", true, false, date("2026-01-31"), the names of
inputs, and + - * / with brackets on numbers.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from minhu.methods.ruling.errors import BadCell
from minhu.methods.ruling.terms import Anything, Between, Equal, Literal, Name, OneOf, Sum, Term, Test
from minhu.methods.ruling.values import Type

Types = Mapping[str, Type]

TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<string>"(?:[^"\\]|\\.)*")"""
    r"""|(?P<sign><=|>=|\.\.|[-+*/<>()\[\],])|(?P<name>[^\W\d]\w*(?:\.[^\W\d]\w*)*))"""
)
WORDS = frozenset({"true", "false", "null", "not", "date"})
ORDERED = (Type.NUMBER, Type.DATE)
DEEPEST = 30
DIGITS = 30


def test_of(text: str, wanted: Type, names: Types) -> Test:
    """The tests of an input cell. Raises BadCell at the character that cannot be read."""
    reader = _Reader(text, wanted, names)
    if [word for _, word, _ in reader.tokens] in ([], ["-"]):
        return Anything()
    negated = bool(reader.take("not"))
    if negated:
        reader.need("(")
    tests = [reader.test()]
    while reader.take(","):
        tests.append(reader.test())
    if negated:
        reader.need(")")
    reader.end()
    return tests[0] if len(tests) == 1 and not negated else OneOf(tuple(tests), negated)


def term_of(text: str, wanted: Type, names: Types) -> Term:
    """The value of an output cell; an empty one is null. Raises BadCell at what cannot be read."""
    reader = _Reader(text, wanted, names)
    if not reader.tokens:
        return Literal(None, None)
    found = reader.typed()
    reader.end()
    return found


class _Reader:
    """The tokens of a cell, and how far they are read."""

    def __init__(self, text: str, wanted: Type, names: Types) -> None:
        self.text, self.wanted, self.names = text, wanted, names
        self.tokens: list[tuple[str, str, int]] = []
        self.place = self.depth = 0
        at = 0
        while text[at:].strip():
            match = TOKEN.match(text, at)
            if match is None:
                start = len(text) - len(text[at:].lstrip())
                raise BadCell(f"{text[start]!r} has no meaning here", start)
            kind = str(match.lastgroup)
            self.tokens.append((kind, match[kind], match.start(kind)))
            at = match.end()

    @property
    def at(self) -> int:
        """The character that comes next."""
        return self.tokens[self.place][2] if self.place < len(self.tokens) else len(self.text)

    def ahead(self, *words: str) -> bool:
        """Whether one of these comes next."""
        return self.place < len(self.tokens) and self.tokens[self.place][1] in words

    def take(self, *words: str) -> str:
        """Step over one of these if it comes next."""
        if not self.ahead(*words):
            return ""
        self.place += 1
        return self.tokens[self.place - 1][1]

    def need(self, *words: str) -> str:
        """Step over one of these, which must come next."""
        if found := self.take(*words):
            return found
        raise BadCell(f"{' or '.join(words)} is missing", self.at)

    def end(self) -> None:
        """Nothing more may come."""
        if self.place < len(self.tokens):
            raise BadCell(f"{self.tokens[self.place][1]} is too much", self.at)

    def test(self) -> Test:
        """One test."""
        start = self.at
        if op := self.take("<", "<=", ">", ">="):
            end = self.ordered(start)
            return (
                Between(None, end, False, op == "<=") if "<" in op else Between(end, None, op == ">=", False)
            )
        if self.ahead("[", "]"):
            return self.range(self.take("[", "]"), start)
        if self.ahead("(") and self.opens_range():
            return self.range(self.take("("), start)
        return Equal(self.typed())

    def opens_range(self) -> bool:
        """Whether a bracket opens a range, and not a sum: only the `..` tells."""
        mark = self.place
        self.place += 1
        self.sum()
        found = self.ahead("..")
        self.place = mark
        return found

    def range(self, opened: str, start: int) -> Test:
        """A range, after its bracket."""
        low = self.ordered(start)
        self.need("..")
        high = self.ordered(start)
        closed = self.need("]", ")", "[")
        if isinstance(low, Literal) and isinstance(high, Literal) and low.value > high.value:  # type: ignore[operator]
            raise BadCell("the range begins after its end", start)
        return Between(low, high, opened == "[", closed == "]")

    def ordered(self, start: int) -> Term:
        """An end of a range: only numbers and dates have an order."""
        if self.wanted not in ORDERED:
            raise BadCell(f"a {self.wanted} has no order", start)
        at = self.at
        found = self.typed()
        if found.type is None:
            raise BadCell("null is no end of a range", at)
        return found

    def typed(self) -> Term:
        """A value of the type of the column."""
        at = self.at
        found = self.sum()
        if found.type not in {self.wanted, None}:
            raise BadCell(f"a {found.type} stands where a {self.wanted} is wanted", at)
        return found

    def sum(self) -> Term:
        """Products between + and -."""
        return self.chain(("+", "-"), self.product)

    def product(self) -> Term:
        """Factors between * and /."""
        return self.chain(("*", "/"), self.factor)

    def chain(self, ops: tuple[str, str], part: Callable[[], Term]) -> Term:
        """Parts joined from the left."""
        at = self.at
        found = part()
        while op := self.take(*ops):
            right_at = self.at
            found = Sum(self.number(found, at), op, self.number(part(), right_at))
        return found

    def number(self, term: Term, at: int) -> Term:
        """Only numbers are counted with."""
        if term.type is not Type.NUMBER:
            raise BadCell(f"a {term.type or 'null'} cannot be counted with", at)
        return term

    def factor(self) -> Term:
        """A value, one in brackets, or one with a minus before it."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise BadCell(f"more than {DEEPEST} brackets and signs inside each other", self.at)
        found = self.signed() if self.ahead("-") else self.bracket() if self.ahead("(") else self.atom()
        self.depth -= 1
        return found

    def signed(self) -> Term:
        """A minus and a factor."""
        self.need("-")
        at = self.at
        inner = self.number(self.factor(), at)
        if isinstance(inner, Literal) and isinstance(inner.value, Decimal):
            return Literal(inner.value.copy_negate(), Type.NUMBER)
        return Sum(Literal(Decimal(0), Type.NUMBER), "-", inner)

    def bracket(self) -> Term:
        """A sum in brackets."""
        self.need("(")
        inner = self.sum()
        self.need(")")
        return inner

    def atom(self) -> Term:
        """A literal or a name."""
        if self.place >= len(self.tokens):
            raise BadCell("a value is missing", self.at)
        kind, word, at = self.tokens[self.place]
        self.place += 1
        if kind == "number":
            return Literal(_number(word, at), Type.NUMBER)
        if kind == "string":
            return Literal(re.sub(r"\\(.)", r"\1", word[1:-1]), Type.STRING)
        if word in {"true", "false"}:
            return Literal(word == "true", Type.BOOLEAN)
        if word == "null":
            return Literal(None, None)
        return self.date(at) if word == "date" else self.name(kind, word, at)

    def name(self, kind: str, word: str, at: int) -> Term:
        """The name of an input."""
        if kind != "name" or word in WORDS:
            raise BadCell(f"a value is missing before {word}", at)
        if word not in self.names:
            known = ", ".join(self.names) or "none"
            raise BadCell(f'no input is called {word}; there are: {known}. A string stands in "…"', at)
        return Name(word, self.names[word])

    def date(self, at: int) -> Term:
        """A day."""
        self.need("(")
        if self.place >= len(self.tokens) or self.tokens[self.place][0] != "string":
            raise BadCell('a day is written date("2026-01-31")', at)
        word = self.tokens[self.place][1][1:-1]
        self.place += 1
        self.need(")")
        try:
            return Literal(date.fromisoformat(word), Type.DATE)
        except ValueError:
            raise BadCell(f'{word} is no day: write date("2026-01-31")', at) from None


def _number(word: str, at: int) -> Decimal:
    """A number, all digits kept."""
    if len(word) > DIGITS:
        raise BadCell(f"more than {DIGITS} digits", at)
    return Decimal(word)

"""A table compiled, and what it decides."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from minhu.methods.ruling.cells import term_of, test_of
from minhu.methods.ruling.columns import Column
from minhu.methods.ruling.errors import Ambiguous, BadCell, BadInput, BadTable
from minhu.methods.ruling.table import Aggregate, Hit, Input, Output, Table
from minhu.methods.ruling.terms import Computed, Row, Test
from minhu.methods.ruling.values import ARITHMETIC, Type, Value, spell, type_of

PLAIN = {Type.NUMBER: (int,), Type.STRING: (str,), Type.BOOLEAN: (bool,), Type.DATE: ()}


@dataclass(frozen=True, slots=True)
class Decision:
    """`rows`: the outputs, one row unless the policy collects; `rules`: the numbers of the rules behind them.

    `total`: what COLLECT aggregated. If no rule matched, `rules` is empty and a single row holds defaults.
    """

    rows: tuple[Mapping[str, Value], ...]
    rules: tuple[int, ...]
    total: Decimal | None = None


class Compiled:
    """A table ready to decide: tests by input, values by rule, and the rows that are always the same."""

    def __init__(self, table: Table) -> None:
        self.table = table
        names = {column.name: column.type for column in table.inputs}
        self.columns = [
            Column(column.type, [_tests(table, names, row, place) for row in range(len(table.rules))])
            for place, column in enumerate(table.inputs)
        ]
        self.bounds = [_bounds(table, column) for column in table.inputs]
        self.allowed = [bounds.compiled() if bounds else None for bounds in self.bounds]
        self.answers = [_answers(table, names, row) for row in range(len(table.rules))]
        self.fallback = [_term(table, out, 0, out.default, {}) for out in table.outputs]
        self.ranks = [_ranks(table, out) for out in table.outputs]
        self.fixed = [_fixed(self.names, row) for row in self.answers]
        if table.hit in {Hit.PRIORITY, Hit.OUTPUT_ORDER}:
            for number, row in enumerate(self.fixed, 1):
                self.rank(row or {}, number)

    @property
    def names(self) -> list[str]:
        """The names of the outputs."""
        return [out.name for out in self.table.outputs]

    def matching(self, values: Mapping[str, Any]) -> tuple[int, ...]:
        """The numbers (from 1) of the rules that match. Raises BadInput."""
        found = (1 << len(self.table.rules)) - 1
        for place, column in enumerate(self.table.inputs):
            value = self.checked(place, column, values)
            found &= self.columns[place].mask(value, values)
        numbers = []
        while found:
            numbers.append((found & -found).bit_length())
            found &= found - 1
        return tuple(numbers)

    def checked(self, place: int, column: Input, values: Mapping[str, Any]) -> Any:
        """The value of an input, if it may be."""
        try:
            value = values[column.name]
        except KeyError:
            raise BadInput(f"{self.table.code}: {column.name} is missing") from None
        if value is None:
            if not column.optional:
                raise BadInput(f"{self.table.code}: {column.name} is null, but not optional")
            return None
        if type(value) not in PLAIN[column.type] and type_of(value) is not column.type:
            raise BadInput(f"{self.table.code}: {column.name} is {value!r}, not a {column.type}")
        allowed = self.allowed[place]
        if allowed is not None and allowed(value, {}) is not True:
            raise BadInput(f"{self.table.code}: {column.name} is {value!r}, not among {column.allowed}")
        return value

    def decide(self, values: Mapping[str, Any]) -> Decision:
        """What the table says of these values: input name -> value, null as None.

        Raises BadInput (missing, wrong type, not allowed) and Ambiguous (policies U and A).
        """
        numbers = self.matching(values)
        if not numbers:
            return self.otherwise()
        hit = self.table.hit
        if hit is Hit.FIRST:
            numbers = numbers[:1]
        elif hit is Hit.UNIQUE and len(numbers) > 1:
            raise Ambiguous(f"{self.table.code}: rows {_listed(numbers)} all match, one may", numbers)
        rows = [dict(self.fixed[number - 1] or self.row(number, values)) for number in numbers]
        if hit is Hit.ANY:
            return self.agreed(rows, numbers)
        if hit in {Hit.PRIORITY, Hit.OUTPUT_ORDER}:
            return self.ranked(rows, numbers)
        return Decision(tuple(rows), numbers, self.total(rows))

    def row(self, number: int, values: Row) -> dict[str, Value]:
        """The outputs of a rule."""
        return {
            name: answer(values) for name, answer in zip(self.names, self.answers[number - 1], strict=True)
        }

    def otherwise(self) -> Decision:
        """No rule matched: the defaults, or an empty collection."""
        if self.table.hit in {Hit.COLLECT, Hit.RULE_ORDER, Hit.OUTPUT_ORDER}:
            return Decision((), (), self.total([]))
        return Decision((dict(zip(self.names, [term({}) for term in self.fallback], strict=True)),), ())

    def agreed(self, rows: Sequence[Mapping[str, Value]], numbers: tuple[int, ...]) -> Decision:
        """Policy A: all say the same."""
        if any(row != rows[0] for row in rows):
            raise Ambiguous(f"{self.table.code}: rows {_listed(numbers)} match and disagree", numbers)
        return Decision((rows[0],), numbers)

    def ranked(self, rows: Sequence[Mapping[str, Value]], numbers: tuple[int, ...]) -> Decision:
        """Policies P and O: by the order in which the values of the outputs are listed."""
        order = sorted(range(len(rows)), key=lambda place: self.rank(rows[place], numbers[place]))
        if self.table.hit is Hit.PRIORITY:
            order = order[:1]
        return Decision(tuple(rows[place] for place in order), tuple(numbers[place] for place in order))

    def rank(self, row: Mapping[str, Value], number: int) -> list[int]:
        """How early the values of a row stand in the lists. Raises BadTable for one that is not listed."""
        found = []
        for out, ranks in zip(self.table.outputs, self.ranks, strict=True):
            if out.name in row and row[out.name] not in ranks:
                said = spell(row[out.name])
                raise BadTable(
                    f"{self.table.code}, row {number}: {said} is not among the values of {out.name}"
                )
            found.append(ranks.get(row.get(out.name), 0))
        return found

    def total(self, rows: Sequence[Mapping[str, Value]]) -> Decimal | None:
        """What COLLECT aggregates; nulls are left out, and of nothing there is no sum."""
        kind = self.table.aggregate
        if kind is Aggregate.LIST:
            return None
        if kind is Aggregate.COUNT:
            return Decimal(len(rows))
        numbers = [Decimal(value) for row in rows for value in row.values() if isinstance(value, Decimal)]
        if not numbers:
            return None
        if kind is not Aggregate.SUM:
            return min(numbers) if kind is Aggregate.LEAST else max(numbers)
        found = Decimal(0)
        for number in numbers:
            found = ARITHMETIC.add(found, number)
        return found


def compiled(table: Table) -> Compiled:
    """The table with every cell read. Raises BadCell naming the first cell that cannot be."""
    return Compiled(table)


def _tests(table: Table, names: Mapping[str, Type], row: int, place: int) -> Test:
    """The tests of a cell."""
    column, text = table.inputs[place], table.rules[row].when[place]
    try:
        return test_of(text, column.type, names)
    except BadCell as error:
        raise error.in_cell(table.code, row + 1, column.name, text) from None


def _bounds(table: Table, column: Input) -> Test | None:
    """The test of allowed values."""
    if not column.allowed:
        return None
    try:
        return test_of(column.allowed, column.type, {})
    except BadCell as error:
        raise error.in_cell(table.code, 0, column.name, column.allowed) from None


def _term(table: Table, out: Output, row: int, text: str, names: Mapping[str, Type]) -> Computed:
    """The value of a cell."""
    try:
        return term_of(text, out.type, names).compiled()
    except BadCell as error:
        raise error.in_cell(table.code, row, out.name, text) from None


def _answers(table: Table, names: Mapping[str, Type], row: int) -> list[Computed]:
    """The values of a row."""
    cells = zip(table.outputs, table.rules[row].then, strict=True)
    return [_term(table, out, row + 1, text, names) for out, text in cells]


def _ranks(table: Table, out: Output) -> dict[Value, int]:
    """Values in order of priority."""
    return {_term(table, out, 0, text, {})({}): rank for rank, text in enumerate(out.values)}


def _fixed(names: Sequence[str], answers: Sequence[Computed]) -> dict[str, Value] | None:
    """A row whose values are the same whatever the inputs."""
    try:
        return {name: answer({}) for name, answer in zip(names, answers, strict=True)}
    except KeyError:
        return None


def _listed(numbers: Sequence[int]) -> str:
    """Numbers with commas."""
    return ", ".join(map(str, numbers))

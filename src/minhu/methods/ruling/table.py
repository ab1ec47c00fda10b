"""A decision table: which inputs, under which rules, give which outputs, on which legal basis."""

import re
from dataclasses import dataclass
from enum import StrEnum

from minhu.methods.ruling.errors import BadTable
from minhu.methods.ruling.values import Type

NAME = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")
RESERVED = frozenset({"true", "false", "null", "not", "date"})


class Hit(StrEnum):
    """DMN's hit policies."""

    UNIQUE = "U"
    ANY = "A"
    PRIORITY = "P"
    FIRST = "F"
    COLLECT = "C"
    RULE_ORDER = "R"
    OUTPUT_ORDER = "O"


class Aggregate(StrEnum):
    """What COLLECT makes of the values of its one output."""

    LIST = ""
    SUM = "SUM"
    LEAST = "MIN"
    MOST = "MAX"
    COUNT = "COUNT"


@dataclass(frozen=True, slots=True)
class Basis:
    """What the table rests on: a document, its article, and where to read it."""

    document: str
    article: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Input:
    """A column to be tested. `allowed`: tests every value must pass; `optional`: it may be null."""

    name: str
    type: Type
    allowed: str = ""
    optional: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """A column of answers. `values`: cells in order of priority; `default`: the cell if no rule matches."""

    name: str
    type: Type
    values: tuple[str, ...] = ()
    default: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: a test for each input, a value for each output. Rules are numbered from 1."""

    when: tuple[str, ...]
    then: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A decision table; raises BadTable if its parts do not fit together (cells are read by `compiled`)."""

    code: str
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
    basis: Basis
    hit: Hit = Hit.UNIQUE
    aggregate: Aggregate = Aggregate.LIST
    title: str = ""

    def __post_init__(self) -> None:
        if words := _fault(self):
            raise BadTable(f"{self.code}: {words}")


def _fault(table: Table) -> str:
    """The first thing that does not fit, in words; empty if all does."""
    if not table.basis.document.strip():
        return "a table names its legal basis"
    if not table.inputs or not table.outputs:
        return "a table needs an input and an output"
    return _name_fault(table) or _width_fault(table) or _policy_fault(table)


def _name_fault(table: Table) -> str:
    """Names that cannot be, or stand twice."""
    inputs, outputs = [column.name for column in table.inputs], [column.name for column in table.outputs]
    for name in (table.code, *inputs, *outputs):
        if not NAME.fullmatch(name) or name in RESERVED:
            return f"{name!r} is no name: letters, digits, _ and . between, not one of FEEL's words"
    for names in (inputs, outputs):
        if twice := [name for name in names if names.count(name) > 1]:
            return f"two columns are called {twice[0]}"
    return ""


def _width_fault(table: Table) -> str:
    """Rows of another width than the head."""
    for number, rule in enumerate(table.rules, 1):
        if len(rule.when) != len(table.inputs):
            return f"row {number} has {len(rule.when)} tests for {len(table.inputs)} inputs"
        if len(rule.then) != len(table.outputs):
            return f"row {number} has {len(rule.then)} values for {len(table.outputs)} outputs"
    return ""


def _policy_fault(table: Table) -> str:
    """What the hit policy asks for."""
    if table.hit in {Hit.PRIORITY, Hit.OUTPUT_ORDER} and not all(out.values for out in table.outputs):
        return f"hit policy {table.hit} needs the values of every output in order of priority"
    if table.aggregate is Aggregate.LIST:
        return ""
    if table.hit is not Hit.COLLECT:
        return f"only hit policy C aggregates, not {table.hit}"
    if len(table.outputs) != 1:
        return "only a table with one output aggregates"
    if table.aggregate is not Aggregate.COUNT and table.outputs[0].type is not Type.NUMBER:
        return f"{table.aggregate} needs a number, not a {table.outputs[0].type}"
    return ""

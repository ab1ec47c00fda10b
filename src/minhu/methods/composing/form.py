"""Pass 7, the form: each field after those that decide whether it is shown, and the JSON Schema of it all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter
from typing import Any

from minhu.methods.composing.bundle import Bundle, Question
from minhu.methods.composing.conditions import ALWAYS, NEVER, Condition, Every, Is, Not, names
from minhu.methods.composing.fields import MergedField
from minhu.methods.composing.guides import FieldType
from minhu.methods.composing.solution import Solution

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SPELLED: dict[FieldType, dict[str, Any]] = {
    FieldType.TEXT: {"type": "string"},
    FieldType.CHOICE: {"type": "string"},
    FieldType.WHOLE: {"type": "integer"},
    FieldType.NUMBER: {"type": "number"},
    FieldType.DATE: {"type": "string", "format": "date"},
    FieldType.YES_NO: {"type": "string", "enum": ["yes", "no"]},
}


class CircularForm(ValueError):
    """Fields that are shown depending on each other: their keys, round the circle."""

    def __init__(self, circle: Sequence[str]) -> None:
        self.circle = tuple(circle)
        super().__init__("fields depend on each other: " + " → ".join(circle))


@dataclass(frozen=True, slots=True)
class Form:
    """The questions still open, then the fields; `reads` tells which fields each item may see (purpose)."""

    questions: tuple[Question, ...]
    fields: tuple[MergedField, ...]
    reads: dict[str, tuple[str, ...]]
    schema: dict[str, Any]


def form_of(bundle: Bundle, solution: Solution) -> Form:
    """The common form. Raises CircularForm if visibility goes in a circle."""
    fields = in_asking_order(solution.fields)
    reads: dict[str, list[str]] = {}
    for field in fields:
        for asker in field.askers:
            reads.setdefault(asker.item, []).append(field.key)
    questions = solution.resolved.open_questions
    return Form(
        questions,
        fields,
        {item: tuple(keys) for item, keys in sorted(reads.items())},
        schema_of(bundle.name, questions, fields),
    )


def in_asking_order(fields: Sequence[MergedField]) -> tuple[MergedField, ...]:
    """Fields role by role as first asked, but each after the fields that decide whether it is shown."""
    roles = list(dict.fromkeys(field.role for field in fields))
    wanted = sorted(fields, key=lambda field: roles.index(field.role))
    by_key = {field.key: field for field in wanted}
    graph = {key: [name for name in names(by_key[key].condition) if name in by_key] for key in by_key}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        raise CircularForm(error.args[1]) from None
    placed: dict[str, None] = {}

    def place(key: str) -> None:
        for other in sorted(graph[key]):
            if other not in placed:
                place(other)
        placed[key] = None

    for key in by_key:
        if key not in placed:
            place(key)
    return tuple(by_key[key] for key in placed)


def schema_of(title: str, questions: Iterable[Question], fields: Iterable[MergedField]) -> dict[str, Any]:
    """A JSON Schema (2020-12) of the answers: flat, keyed as the form is.

    A field is refused where it is not asked for, and required where it must be.
    """
    questions, fields = list(questions), list(fields)
    properties = {each.code: {"title": each.text, "enum": list(each.options)} for each in questions}
    properties |= {field.key: spelled(field) for field in fields}
    required = [each.code for each in questions if each.condition == ALWAYS]
    required += [field.key for field in fields if field.required == ALWAYS]
    rules = [rule for each in questions for rule in rules_of(each.code, each.condition, each.condition)]
    rules += [rule for field in fields for rule in rules_of(field.key, field.condition, field.required)]
    schema: dict[str, Any] = {
        "$schema": DIALECT,
        "title": title,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }
    return schema | ({"allOf": rules} if rules else {})


def rules_of(key: str, asked: Condition, required: Condition) -> list[dict[str, Any]]:
    """When a key must be there, and when it must not."""
    rules: list[dict[str, Any]] = []
    if required not in (ALWAYS, NEVER):
        rules.append({"if": tested(required), "then": {"required": [key]}})
    if asked != ALWAYS:
        rules.append({"if": {"not": tested(asked)}, "then": {"properties": {key: False}}})
    return rules


def tested(condition: Condition) -> dict[str, Any]:
    """A condition as a schema that holds of the answers exactly when the condition does."""
    if isinstance(condition, Is):
        enum = {"enum": sorted(condition.values)}
        return {"properties": {condition.name: enum}, "required": [condition.name]}
    if isinstance(condition, Not):
        return {"not": tested(condition.part)}
    parts = [tested(part) for part in condition.parts]
    if isinstance(condition, Every):
        return {"allOf": parts} if parts else {}
    return {"anyOf": parts} if parts else {"not": {}}


def spelled(field: MergedField) -> dict[str, Any]:
    """A field's own schema."""
    limits = field.constraint
    said = {
        "minimum": plain(limits.least),
        "maximum": plain(limits.greatest),
        "minLength": limits.shortest,
        "maxLength": limits.longest,
        "enum": sorted(limits.allowed or ()) or None,
    }
    schema = {"title": field.label} | SPELLED[field.type]
    schema |= {word: value for word, value in said.items() if value is not None}
    if limits.patterns:
        schema["allOf"] = [{"pattern": f"^(?:{pattern})$"} for pattern in sorted(limits.patterns)]
    return schema


def plain(number: Decimal | None) -> int | float | None:
    """A number as JSON has it."""
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)

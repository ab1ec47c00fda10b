"""The description of the API as plain values for the page that shows it to people."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

GOOD = 400


@dataclass(frozen=True, slots=True)
class Value:
    """Something to be sent or received: its name, kind, whether it must be there, what it means."""

    name: str
    place: str
    kind: str
    required: bool
    words: str
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Shown:
    """One operation as the page shows it."""

    key: str
    method: str
    path: str
    title: str
    words: str
    sent: tuple[Value, ...]
    media: str
    status: str
    received: tuple[Value, ...]
    errors: tuple[tuple[str, str], ...]


def chapters_of(schema: Mapping[str, Any]) -> dict[str, list[Shown]]:
    """Every operation under its subject, in the order of the description."""
    found: dict[str, list[Shown]] = defaultdict(list)
    shapes = schema["components"]["schemas"]
    for path, operations in schema["paths"].items():
        for method, one in operations.items():
            found[str(one["tags"][0])].append(shown(path, method, one, shapes))
    return dict(found)


def shown(path: str, method: str, one: Mapping[str, Any], shapes: Mapping[str, Any]) -> Shown:
    """One operation."""
    asked = [
        Value(v["name"], v["in"], kind_of(v["schema"], shapes), v["required"], v.get("description", ""))
        for v in one["parameters"]
    ]
    bodies: dict[str, Any] = dict(one.get("requestBody", {"content": {}})["content"])
    media = next(iter(bodies), "")
    body: Mapping[str, Any] = bodies.get(media, {})
    asked += values_of(body.get("schema", {}), shapes, "body")
    status = next(str(code) for code in one["responses"] if int(code) < GOOD)
    content: Mapping[str, Any] = one["responses"][int(status)].get("content", {})
    answer = content["application/json"]["schema"] if content else {}
    errors = [
        (str(code), what["description"]) for code, what in one["responses"].items() if int(code) >= GOOD
    ]
    return Shown(
        one["operationId"], method.upper(), path, one["summary"], one.get("description", ""), tuple(asked),
        media, status, tuple(values_of(answer, shapes, "")), tuple(errors),
    )  # fmt: skip


def values_of(
    node: Mapping[str, Any], shapes: Mapping[str, Any], place: str, depth: int = 0
) -> Iterator[Value]:
    """The fields of an object, those of the objects in it below them."""
    node = resolved(node, shapes)
    if node.get("type") == "array":
        node = resolved(node["items"], shapes)
    required = set(node.get("required", ()))
    for name, field in node.get("properties", {}).items():
        words = field.get("description") or resolved(field, shapes).get("description", "")
        yield Value(name, place, kind_of(field, shapes), name in required, words, depth)
        if depth < 3:
            yield from values_of(inner(field), shapes, place, depth + 1)


def resolved(node: Mapping[str, Any], shapes: Mapping[str, Any]) -> Mapping[str, Any]:
    """A node, or the shape it points at."""
    node = node["allOf"][0] if "allOf" in node else node
    reference = node.get("$ref", "")
    return shapes[reference.rsplit("/", 1)[-1]] if reference else node


def inner(field: Mapping[str, Any]) -> Mapping[str, Any]:
    """What an optional field holds when it holds something."""
    choices = [one for one in field.get("anyOf", ()) if one.get("type") != "null"]
    return choices[0] if choices else field


def kind_of(field: Mapping[str, Any], shapes: Mapping[str, Any]) -> str:
    """What a value is, in a few words: integer, string (date), list of object, one of a, b."""
    field = resolved(inner(field), shapes)
    if "enum" in field:
        return " · ".join(str(one) for one in field["enum"])
    if field.get("type") == "array":
        return f"[{kind_of(field['items'], shapes)}]"
    word = str(field.get("type", "any"))
    return f"{word} ({field['format']})" if "format" in field else word

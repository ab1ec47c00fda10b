"""Published one-thing lists of other cities: as far as they go, what they leave open, what to ask."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from minhu.methods import composing
from minhu.packs.positions import PackError, Position, Problem

KEYS = (
    "theme_code", "theme", "area", "checklist_id", "impl_code", "lead", "coop", "before", "after",
    "promised_days", "process", "linked", "materials", "conditions", "note", "check",
)  # fmt: skip
NEEDED = ("theme_code", "theme", "linked", "materials")
MATTER, MATERIAL = {"matter": str, "limit_days": int}, {"name": str, "submit_mode": int, "necessity": int}
HINT = "the file is a JSON list of guides, each with theme_code, theme, linked and materials"


@dataclass(frozen=True, slots=True)
class Import:
    """One published guide: the draft bundle, what it leaves open, what to ask, keys not understood."""

    code: str
    name: str
    draft: composing.Draft
    left_out: tuple[str, ...]

    @property
    def open_points(self) -> tuple[str, ...]:
        """What a person must still say before it can be compiled into a service."""
        return self.draft.open_points

    @property
    def queries(self) -> tuple[composing.Query, ...]:
        """What does not agree: a promise shorter than an item's own limit, a "before" unlike the sum."""
        return self.draft.queries


def read_published(content: bytes, name: str) -> tuple[Import, ...]:
    """Read a file of published guides (JSON, UTF-8); `name` is how problems call it.

    Raises PackError naming the guide and the key of everything that is not as it must be.
    """
    try:
        records = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        at = Position(name, getattr(error, "lineno", 1), getattr(error, "colno", 1))
        raise PackError([Problem(at, f"this is no JSON in UTF-8: {error}", HINT)]) from None
    if not isinstance(records, list) or not records:
        raise PackError([Problem(Position(name), "there is no list of guides in it", HINT)])
    problems = [each for number, one in enumerate(records) for each in faults(one, number, name)]
    if problems:
        raise PackError(problems)
    return tuple(imported(one) for one in records)


def imported(record: Mapping[str, Any]) -> Import:
    """One record as a draft."""
    unknown = tuple(f"not understood: {key}" for key in record if key not in KEYS)
    return Import(record["theme_code"], record["theme"], composing.draft(record), unknown)


def faults(record: object, number: int, name: str) -> list[Problem]:
    """What of a record is missing or of another shape."""
    here = f"{name}[{number}]"
    if not isinstance(record, dict):
        return [Problem(Position(here), "this is no guide", HINT)]
    lacking = [key for key in NEEDED if not record.get(key)]
    found = [Problem(Position(here), f"the key “{key}” is missing or empty", HINT) for key in lacking]
    for key, shape in (("linked", MATTER), ("materials", MATERIAL)):
        rows = record.get(key) or []
        if not isinstance(rows, list):
            found.append(Problem(Position(f"{here}.{key}"), "this is no list"))
            continue
        for index, row in enumerate(rows):
            found += row_faults(row, shape, f"{here}.{key}[{index}]")
    return found


def row_faults(row: object, shape: Mapping[str, type], here: str) -> list[Problem]:
    """What of one matter or material is missing or of another type; days are no less than none."""
    if not isinstance(row, dict):
        return [Problem(Position(here), "this is no table")]
    found = []
    for key, kind in shape.items():
        value = row.get(key)
        if not isinstance(value, kind) or isinstance(value, bool) or value == "":
            words = f"“{key}” must be {'text' if kind is str else 'a whole number'}"
            found.append(Problem(Position(f"{here}.{key}"), words))
        elif isinstance(value, int) and value < 0:
            found.append(Problem(Position(f"{here}.{key}"), "it takes no less than no time"))
    return found

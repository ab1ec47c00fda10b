"""Mapping files: how a sheet of somebody else is read as ours."""

import os
import tomllib
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from minhu.methods.sheets.answers import Refused
from minhu.methods.sheets.columns import Shape

KINDS: dict[str, tuple[type, str]] = {
    "columns": (dict, "a table"),
    "values": (dict, "a table"),
    "constants": (dict, "a table"),
    "heading_row": (int, "a number"),
    "sheet": (str, "words"),
    "order": (str, "mdy or dmy"),
    "ignore": (list, "a list"),
}


@dataclass(frozen=True)
class Mapping:
    """Foreign heading → our code; foreign values → ours, by code; values all rows get; where the heading is.

    `order`: mdy or dmy for days whose year stands last. `ignore`: headings known to mean nothing here.
    """

    columns: Table[str, str] = field(default_factory=dict)
    values: Table[str, Table[str, str]] = field(default_factory=dict)
    constants: Table[str, Any] = field(default_factory=dict)
    heading_row: int | None = None
    sheet: str = ""
    order: str = ""
    ignore: tuple[str, ...] = ()

    @classmethod
    def of(cls, words: str) -> "Mapping":
        """A mapping from TOML. Raises `Refused` (mapping) for a syntax error or an unknown key."""
        try:
            table = tomllib.loads(words)
        except tomllib.TOMLDecodeError as error:
            raise Refused("mapping", found=str(error)) from error
        unknown = sorted(set(table) - set(KINDS))
        if unknown:
            raise Refused("mapping", found=f"{unknown[0]} is none of {', '.join(sorted(KINDS))}")
        for name, value in table.items():
            kind, words = KINDS[name]
            if not isinstance(value, kind):
                raise Refused("mapping", found=f"{name} is {words}")
        if table.get("order", "") not in {"", "mdy", "dmy"}:
            raise Refused("mapping", found="order is mdy or dmy")
        if not all(isinstance(value, dict) for value in table.get("values", {}).values()):
            raise Refused("mapping", found="values.<code> is a table")
        return cls(**{**table, "ignore": tuple(table.get("ignore", ()))})

    @classmethod
    def from_file(cls, path: str | os.PathLike[str]) -> "Mapping":
        """A mapping from a TOML file in UTF-8."""
        return cls.of(Path(path).read_text(encoding="utf-8"))

    def check(self, shape: Shape) -> None:
        """Refuse codes the shape does not have."""
        named = [*self.columns.values(), *self.values, *self.constants]
        unknown = next((code for code in named if code not in shape.by_code), None)
        if unknown is not None:
            raise Refused("mapping", found=f"{unknown} is none of {', '.join(shape.by_code)}")


NOTHING = Mapping()

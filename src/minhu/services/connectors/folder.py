"""File drop: a department lays tables (`<material>.csv` or `.json`) and files into a folder."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from minhu.services.connectors.shapes import Asked, Fetched, Misconfigured, NotFound, Unreachable

FILE = "file"
"""The column that names a file in the same folder."""


@dataclass(frozen=True, slots=True)
class FolderDrop:
    """Rows are found by all values sent; the others of the row come back."""

    name: str
    title: str
    folder: Path
    sends: Mapping[str, str] = field(default_factory=dict)
    tries: int = 5

    def fetch(self, asked: Asked) -> Fetched:
        """The row of a material that has these values. Raises ConnectorFailed."""
        if not asked.values:
            raise NotFound("no value to look it up by was given")
        for row in self.rows(asked.material):
            if all(str(row.get(name, "")).strip() == value for name, value in asked.values.items()):
                return self.fetched(row, asked)
        raise NotFound(f"no row of {asked.material} has these values")

    def rows(self, material: str) -> Iterable[Mapping[str, object]]:
        """The rows that lie there now. Raises Unreachable while they do not."""
        for ending, read in ((".json", json_rows), (".csv", csv_rows)):
            path = self.folder / f"{material}{ending}"
            try:
                return read(text_of(path.read_bytes()))
            except FileNotFoundError:
                continue
            except OSError as wrong:
                raise Unreachable(f"{path.name} cannot be read: {type(wrong).__name__}") from None
            except ValueError as wrong:
                # Half a file, still being laid down, looks the same: it is worth another look.
                raise Unreachable(f"{path.name} is no table: {wrong}") from None
        raise Unreachable(f"{material}.csv or {material}.json does not lie in the folder")

    def fetched(self, row: Mapping[str, object], asked: Asked) -> Fetched:
        """A row with its file."""
        data = {name: str(value) for name, value in row.items() if name != FILE and value not in (None, "")}
        data = {name: value for name, value in data.items() if name not in asked.values}
        named = str(row.get(FILE) or "")
        if not named:
            return Fetched(self.title, data)
        path = (self.folder / named).resolve()
        if not path.is_relative_to(self.folder.resolve()):
            raise Misconfigured("a row names a file outside the folder")
        try:
            return Fetched(self.title, data, path.read_bytes(), path.name)
        except OSError:
            raise Unreachable("the file a row names does not lie there yet") from None


def text_of(content: bytes) -> str:
    """Text in UTF-8, with or without its mark, or in the older Chinese encoding of spreadsheets."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def csv_rows(text: str) -> list[Mapping[str, object]]:
    """Rows of a table with a head. Raises ValueError without one."""
    rows = list(csv.DictReader(io.StringIO(text)))
    if not text.strip():
        raise ValueError("the file is empty")
    return [{str(name).strip(): value for name, value in row.items()} for row in rows]


def json_rows(text: str) -> list[Mapping[str, object]]:
    """A list of objects. Raises ValueError for anything else."""
    rows = json.loads(text)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError("a list of objects is expected")
    return rows

"""A pack: a folder of TOML, CSV and text, opened, read section by section, and known by its digest."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path as FilePath
from typing import Any, TypeVar

from minhu.packs.csv_files import CsvFile, read_csv
from minhu.packs.positions import PackError, Path, Position, Problem, did_you_mean
from minhu.packs.sections import Located, Section
from minhu.packs.shapes import NONE, Reading
from minhu.packs.text_files import read_text
from minhu.packs.toml_files import TomlFile, read_toml

T = TypeVar("T")
HEAD = "pack.toml"
NOT_SECTIONS = {"pack", "README"}


@dataclass(frozen=True, slots=True)
class PackHead:
    """The table `[pack]` of pack.toml."""

    code: str
    name: str
    language: str
    version: str
    summary: str = ""
    edition_on: date | None = None


@dataclass(frozen=True)
class Pack:
    """A place as data: who it is, which version, and its sections."""

    folder: FilePath
    code: str
    name: str
    language: str
    version: str
    digest: str
    summary: str = ""
    edition_on: date | None = None
    _read: dict[Section[Any], tuple[Located[Any], ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def read(self, section: Section[T]) -> tuple[Located[T], ...]:
        """The items of a section with their places; raises PackError with all that is wrong in it."""
        if section not in self._read:
            found: list[Located[T]] = []
            problems: list[Problem] = []
            for path in section_files(self.folder, section):
                try:
                    found.extend(_items(path, path.relative_to(self.folder).as_posix(), section))
                except PackError as error:
                    problems.extend(error.problems)
            problems.extend(_twice(found, section))
            if problems:
                raise PackError(problems)
            self._read[section] = tuple(found)
        return self._read[section]

    def text(self, name: str, at: Position) -> str:
        """The text of a file named inside the pack at `at`."""
        return read_text(self.path(name, at), name)

    def path(self, name: str, at: Position) -> FilePath:
        """Where a file named inside the pack at `at` lies; one outside the pack, or none, is a problem."""
        path = (self.folder / name).resolve()
        if not path.is_relative_to(self.folder.resolve()):
            raise PackError([Problem(at, f"“{name}” lies outside the pack")])
        if not path.is_file():
            beside = [one.relative_to(self.folder).as_posix() for one in pack_files(self.folder)]
            near = did_you_mean(name, beside)
            raise PackError([Problem(at, f"there is no file “{name}”", near if "mean" in near else "")])
        return path

    def section_names(self) -> dict[str, str]:
        """The sections that stand in the folder, known or not, each with one of its files."""
        names: dict[str, str] = {}
        for path in pack_files(self.folder):
            inside = path.relative_to(self.folder)
            if path.suffix in {".toml", ".csv"} and len(inside.parts) <= 2:
                names.setdefault(
                    inside.parts[0] if len(inside.parts) == 2 else inside.stem, inside.as_posix()
                )
        return {name: file for name, file in sorted(names.items()) if name not in NOT_SECTIONS}


def open_pack(folder: FilePath | str) -> Pack:
    """Open a folder as a pack; raises PackError if it is none."""
    root = FilePath(folder)
    if not (root / HEAD).is_file():
        what = "there is no pack.toml in this folder" if root.is_dir() else "there is no such folder"
        raise PackError(
            [Problem(Position(str(root / HEAD)), what, "a pack is a folder with a pack.toml in it")]
        )
    head = _items(root / HEAD, HEAD, Section("pack", "pack", PackHead, single=True))
    if not head:
        raise PackError([Problem(Position(HEAD), "the table [pack] is missing")])
    item = head[0].item
    return Pack(
        root, item.code, item.name, item.language, item.version, digest(root), item.summary, item.edition_on
    )


def pack_files(folder: FilePath) -> list[FilePath]:
    """All files of a pack in one fixed order; hidden ones are no part of it."""
    found = [path for path in folder.rglob("*") if path.is_file()]
    inside = [path for path in found if not any(p.startswith(".") for p in path.relative_to(folder).parts)]
    return sorted(inside, key=lambda path: path.relative_to(folder).as_posix())


def digest(folder: FilePath) -> str:
    """sha256 over names and contents of all files: equal digests mean equal packs."""
    whole = hashlib.sha256()
    for path in pack_files(folder):
        for part in (path.relative_to(folder).as_posix().encode(), path.read_bytes()):
            whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()


def section_files(folder: FilePath, section: Section[Any]) -> list[FilePath]:
    """The files that hold a section."""
    wanted = []
    if section.form != "csv":
        wanted += [folder / f"{section.name}.toml", *sorted((folder / section.name).glob("*.toml"))]
    if section.form != "toml":
        wanted.append(folder / f"{section.name}.csv")
    return [path for path in wanted if path.is_file()]


def _items(path: FilePath, name: str, section: Section[T]) -> list[Located[T]]:
    """The items of one file."""
    text = read_text(path, name)
    file: CsvFile | TomlFile
    if path.suffix == ".csv":
        file = read_csv(text, name)
        reading = Reading(file, typed=False)
        raws: Iterable[tuple[Path, dict[str, object]]] = [
            ((n,), dict(row)) for n, row in enumerate(file.rows)
        ]
    else:
        file = read_toml(text, name)
        reading = Reading(file, typed=True)
        raws = _tables(file, section, reading.problems)
    built = [(path_in, reading.build(section.type, raw, path_in)) for path_in, raw in raws]
    if reading.problems:
        raise PackError(reading.problems)
    return [_located(item, file, path_in) for path_in, item in built if item is not NONE]


def _located(item: T, file: CsvFile | TomlFile, base: Path) -> Located[T]:
    """An item that can be asked where its values stand."""

    def inside(path: Path, offset: int) -> Position:
        here = (*base, *path)
        return file.inside(here, offset) if isinstance(file, TomlFile) else file.value(here)

    return Located(item, file.key(base), lambda path: file.value((*base, *path)), inside)


def _tables(
    file: TomlFile, section: Section[Any], problems: list[Problem]
) -> list[tuple[Path, dict[str, object]]]:
    """The tables of a TOML file that are items of the section; anything else in it is a problem."""
    many, one = f"[[{section.singular}]]", f"[{section.singular}]"
    found: list[tuple[Path, dict[str, object]]] = []
    for key, value in file.values.items():
        here = file.key((key,))
        if key != section.singular:
            hint = did_you_mean(key, [section.singular])
            wanted = one if section.single else many
            problems.append(
                Problem(here, f"unknown key “{key}”", hint if "mean" in hint else f"write {wanted}")
            )
        elif section.single and isinstance(value, dict):
            found.append(((key,), value))
        elif not section.single and isinstance(value, list) and all(isinstance(row, dict) for row in value):
            found.extend(((key, index), row) for index, row in enumerate(value))
        else:
            problems.append(
                Problem(here, f"“{key}” is written wrongly", f"write {one if section.single else many}")
            )
    return found


def _twice(found: list[Located[Any]], section: Section[Any]) -> list[Problem]:
    """Items that bear the name of an earlier one."""
    seen: dict[tuple[object, ...], Position] = {}
    problems = []
    for one in found:
        if not section.keys:
            continue
        name = tuple(getattr(one.item, key) for key in section.keys)
        if name in seen:
            said = ", ".join(
                f"{key} “{value}”" for key, value in zip(section.keys, name, strict=True) if value
            )
            problems.append(
                one.problem(f"{said} stands twice", section.keys[0], hint=f"first at {seen[name]}")
            )
        seen.setdefault(name, one.where(section.keys[0]))
    return problems

"""The habits of the house that imports alone cannot show."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

HOUSE = Path(__file__).resolve().parents[1]
SOURCE = HOUSE / "src" / "minhu"
STAIR = ["trail", "people", "rulebook", "places", "cases", "mandates", "reforms", "blueprint", "voices",
         "services", "enterprises", "appraisal", "site"]  # fmt: skip
DOORS = {
    "models",
    "queries",
    "bridge",
    "actions",
    "states",
    "rules",
    "gate",
    "offers",
    "room",
    "triggers",
    "wire",
}
# Plain values every room may draw with.
DOORS |= {"charts", "gantt"}
WRITES = re.compile(r"\.(save|update|create|delete|get_or_create|update_or_create|bulk_create|bulk_update)\(")
# Receivers that share a verb with the ORM but write no row: dicts, sets, hashes, files.
HARMLESS = re.compile(
    r"(globals\(\)|digest|hasher|hash|scores|params|query|context|env|environ|seen|names|found|fields|options|initial|asked|texts)\.update\("
    r"|self\.(index|placed|seen|shelf)\.save\("
)


def python_files(folder: Path = SOURCE) -> list[Path]:
    """All our source files, migrations apart."""
    return [path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts]


def rooms() -> list[Path]:
    """Folders that hold a room."""
    return [SOURCE / name for name in STAIR if (SOURCE / name).is_dir()]


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a file, nested ones too."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def floor_of(path: Path) -> str:
    """The floor a file stands on inside its room: `actions` for actions.py and for actions/proofs.py."""
    return (
        path.relative_to(SOURCE).parts[1].removesuffix(".py")
        if len(path.relative_to(SOURCE).parts) > 1
        else ""
    )


def name_of(path: Path) -> str:
    """A path as the reader of a failure wants it."""
    return str(path.relative_to(HOUSE))


def test_no_file_grows_past_its_measure() -> None:
    long = {
        name_of(path): lines
        for path in python_files()
        if (lines := len(path.read_text().splitlines())) > (400 if path.name == "models.py" else 300)
    }
    assert long == {}


def test_no_function_grows_past_forty_lines() -> None:
    long = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path in python_files()
        for node in functions(path)
        if node.end_lineno - node.lineno + 1 > 40
    ]
    assert long == []


def test_every_file_has_a_caption() -> None:
    assert [
        name_of(path) for path in python_files() if not ast.get_docstring(ast.parse(path.read_text()))
    ] == []


def test_every_room_and_method_has_a_readme() -> None:
    folders = rooms() + [path for path in (SOURCE / "methods").iterdir() if (path / "__init__.py").exists()]
    assert [name_of(folder) for folder in folders if not (folder / "README.md").exists()] == []


def test_rows_are_written_only_by_actions() -> None:
    allowed = {"actions", "models", "management"}
    # ADR 0009: the one transaction of cases is a floor of its own, and of that room alone.
    by_room = {"cases": {"store"}}
    stray = [
        f"{name_of(path)}:{number}"
        for room in rooms()
        for path in python_files(room)
        if floor_of(path) not in allowed | by_room.get(room.name, set())
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if WRITES.search(line) and not HARMLESS.search(line)
    ]
    assert stray == []


def test_foreign_keys_point_down_the_stair() -> None:
    upward = []
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if not isinstance(field, models.ForeignKey | models.ManyToManyField):
                continue
            here, there = model._meta.app_label, field.related_model._meta.app_label
            if here in STAIR and there in STAIR and STAIR.index(there) > STAIR.index(here):
                upward.append(f"{model.__name__}.{field.name} -> {there}")
    assert upward == []


def test_other_rooms_are_entered_by_their_doors() -> None:
    through_the_window = []
    for room in rooms():
        if room.name == "site":
            continue
        for path in python_files(room):
            for node in ast.walk(ast.parse(path.read_text())):
                module = node.module if isinstance(node, ast.ImportFrom) else None
                parts = (module or "").split(".")
                if parts[:1] != ["minhu"] or len(parts) < 3 or parts[1] in {room.name, "methods", "packs"}:
                    continue
                if parts[2] not in DOORS:
                    through_the_window.append(f"{name_of(path)}:{node.lineno} {module}")
    assert through_the_window == []


def test_no_vague_names() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "core", "manager", "managers", "service", "misc"}
    assert [name_of(path) for path in SOURCE.rglob("*") if path.stem in vague] == []


def test_no_unused_templates() -> None:
    sources = "\n".join(
        path.read_text() for suffix in ("*.py", "*.html") for path in SOURCE.rglob(suffix) if path.is_file()
    )
    templates = list(SOURCE.rglob("templates/**/*.html"))
    names = {path: str(path).split("/templates/", 1)[1] for path in templates}
    # Django itself asks for these by name.
    asked = {"403.html", "404.html", "500.html", "403_csrf.html", "400.html"}
    unused = [name for path, name in names.items() if name not in asked and sources.count(name) < 1]
    assert unused == []


def test_clock_is_read_only_at_the_edge() -> None:
    """Actions, queries, models and methods get the time passed in."""
    clock = re.compile(r"(timezone\.now\(|timezone\.localdate\(\)|datetime\.now\(|date\.today\()")
    inner = {"actions", "queries", "models", "states", "bridge", "rules"}
    early = [
        f"{name_of(path)}:{number}"
        for folder in [*rooms(), SOURCE / "methods", SOURCE / "packs"]
        for path in python_files(folder)
        if floor_of(path) in inner or folder.name in {"methods", "packs"}
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if clock.search(line)
    ]
    assert early == []


@pytest.mark.parametrize("word", ["://", "resolved"])
def test_lock_files_hold_no_addresses(word: str) -> None:
    locks = [*HOUSE.glob("requirements*.lock"), HOUSE / "package-lock.json"]
    assert [path.name for path in locks if word in path.read_text()] == []

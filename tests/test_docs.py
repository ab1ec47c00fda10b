"""The docs say what the code says: commands, settings, rights, words, keys of packs, paths."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Literal, get_args, get_origin

import pytest
from babel.messages.pofile import read_po
from django.core.management import load_command_class
from django.core.management.base import BaseCommand

from minhu.mandates.pack import DocumentSpec
from minhu.packs.calendars import CalendarDay, CalendarHead
from minhu.packs.folder import PackHead
from minhu.packs.kinds import CASES, KINDS, POWERS
from minhu.packs.linting.traces import EXPECTATIONS, GROUNDS
from minhu.packs.shapes import shapes_of
from minhu.packs.waiting import DependencySpec, IndicatorSpec
from minhu.people.actions import OrganisationDraft, PostDraft
from minhu.people.pack import AccountDraft
from minhu.reforms.pack.specs import InapplicableSpec, MeasureSpec, MilestoneSpec, ReformSpec, RuleSpec
from minhu.rulebook.pack import QUESTIONS
from minhu.rulebook.states import LimitDraft
from tests.docs import enums, glossary_rows, rights_rows

HOUSE = Path(__file__).resolve().parents[1]
DOCS = HOUSE / "docs"
COMMANDS = sorted((HOUSE / "src" / "minhu").glob("*/management/commands/[!_]*.py"))
ORDINARY = set(BaseCommand().create_parser("minhu", "any")._option_string_actions)
SPECS = (
    PackHead, OrganisationDraft, PostDraft, AccountDraft, LimitDraft, CalendarHead, CalendarDay, DocumentSpec,
    ReformSpec, MeasureSpec, MilestoneSpec, RuleSpec, InapplicableSpec, IndicatorSpec, DependencySpec,
)  # fmt: skip
VARIABLE = re.compile(r"\bMINHU_[A-Z_]+\b")
# Variables of Django's settings that are no environment variables, and a wildcard in prose.
NO_VARIABLES = {"MINHU_"}
PAIR = re.compile(r"\*\*([A-Z][^*]+)\*\* ([\u4e00-\u9fff][\u4e00-\u9fff，、（）“”]*)")


def page(name: str) -> str:
    """The text of a page of the docs."""
    return (DOCS / name).read_text(encoding="utf-8")


def part(text: str, heading: str) -> str:
    """What stands under a heading, down to the next one of any height."""
    match = re.search(rf"^#+ {re.escape(heading)}$(.*?)(?=^#|\Z)", text, re.MULTILINE | re.DOTALL)
    assert match, f"no heading “{heading}”"
    return match[1]


@pytest.mark.parametrize("file", COMMANDS, ids=lambda file: file.stem)
def test_every_command_and_option_is_told(file: Path) -> None:
    room = ".".join(("minhu", file.relative_to(HOUSE / "src" / "minhu").parts[0]))
    told = part(page("reference/commands.md"), file.stem)
    parser = load_command_class(room, file.stem).create_parser("minhu", file.stem)
    options = {name for name in parser._option_string_actions if name.startswith("--")} - ORDINARY
    assert {name for name in options if name not in told} == set()
    assert f"minhu {file.stem}" in told


def test_no_command_is_told_that_is_not_there() -> None:
    told = re.findall(r"^### (\w+)$", page("reference/commands.md"), re.MULTILINE)
    assert sorted(told) == sorted(file.stem for file in COMMANDS)


def test_every_command_of_go_and_its_options_are_told() -> None:
    told, go = part(page("reference/commands.md"), "./go"), (HOUSE / "go").read_text(encoding="utf-8")
    names = re.findall(r'"(\w+)": \w+', re.search(r"for name, deed in (\{.*?\})", go)[1])  # type: ignore[index]
    assert len(names) >= 4
    assert [name for name in names if f"`./go {name}" not in told] == []
    assert [name for name in re.findall(r'add_argument\("(--[\w-]+)"', go) if name not in told] == []


def read_variables() -> set[str]:
    """Every MINHU_ variable that the code reads or sets in the environment."""
    files = [HOUSE / "go", *(HOUSE / "src").rglob("*.py"), *(HOUSE / "tests").glob("*.py")]
    files += [HOUSE / "hatch_build.py", *(HOUSE / "tests" / "journeys").glob("*.py")]
    quoted = re.compile(r'"(MINHU_[A-Z_]+)"')
    return {name for file in files for name in quoted.findall(file.read_text(encoding="utf-8"))}


def test_settings_tells_every_variable_and_no_other() -> None:
    told = set(VARIABLE.findall(page("reference/settings.md"))) - NO_VARIABLES
    assert told == read_variables()


def test_the_table_of_rights_is_the_table() -> None:
    lines = page("reference/rights.md").splitlines()
    wanted = list(rights_rows())
    assert [line for line in lines if line.startswith(("|", "## "))] == wanted, (
        "run `python -m tests.docs` and paste its tables into docs/reference/rights.md"
    )


def test_the_glossary_lists_every_value_in_both_languages() -> None:
    lines = page("reference/glossary.md").splitlines()
    missing = [row for row in glossary_rows() if row not in lines]
    assert missing == [], "run `python -m tests.docs` and paste these into docs/reference/glossary.md"


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.__name__)
def test_make_a_pack_names_every_key(spec: type) -> None:
    told = page("how-to/make-a-pack.md")
    names = [field.metadata.get("key", field.name) for field in fields(spec)]
    assert [name for name in names if not re.search(rf"(?<![\w.]){name}(?!\w)", told)] == []


def parts_of(spec: type) -> Iterator[type]:
    """A dataclass of a pack and all those inside it."""
    yield spec
    for shape in shapes_of(spec):
        for inner in (shape.type, *get_args(shape.type)):
            if is_dataclass(inner) and isinstance(inner, type):
                yield from parts_of(inner)


KIND_SPECS = sorted(
    {one for s in (KINDS, POWERS, CASES) for one in parts_of(s.type)}, key=lambda s: s.__name__
)


@pytest.mark.parametrize("spec", KIND_SPECS, ids=lambda spec: spec.__name__)
def test_kinds_of_case_names_every_key_and_value(spec: type) -> None:
    told = page("reference/kinds-of-case.md")
    names = [shape.key for shape in shapes_of(spec)]
    values = [
        str(one)
        for shape in shapes_of(spec)
        if get_origin(shape.type) is Literal
        for one in get_args(shape.type)
    ]
    assert len(KIND_SPECS) >= 18
    assert [name for name in names if not re.search(rf"(?<![\w.]){name}(?!\w)", told)] == []
    assert [one for one in [*values, *EXPECTATIONS, *GROUNDS] if not re.search(rf"\b{one}\b", told)] == []


def test_make_a_pack_names_every_value_and_question() -> None:
    told = page("how-to/make-a-pack.md")
    # States of clauses, proofs and answers are computed or decided, never written in a pack.
    skipped = {"state of a clause", "state of a proof", "state of an answer", "line"}
    values = [str(one.value) for name, enum in enums().items() if name not in skipped for one in enum]
    assert [value for value in [*values, *QUESTIONS] if f"`{value}`" not in told] == []


def screen_words() -> set[tuple[str, str]]:
    """Every message of every room with its Chinese."""
    pairs: set[tuple[str, str]] = set()
    for file in sorted((HOUSE / "src" / "minhu").glob("*/locale/zh_Hans/LC_MESSAGES/django.po")):
        with file.open("rb") as opened:
            pairs |= {(str(one.id), str(one.string)) for one in read_po(opened) if isinstance(one.id, str)}
    return pairs


# Pages that lead over the screen.
PAGES = sorted([*DOCS.glob("tutorials/*.md"), *DOCS.glob("how-to/*.md")])


@pytest.mark.parametrize("file", PAGES, ids=lambda file: file.stem)
def test_buttons_are_called_as_on_the_screen(file: Path) -> None:
    known = screen_words()
    told = PAIR.findall(file.read_text(encoding="utf-8"))
    assert [pair for pair in told if pair not in known] == []


def test_the_pages_do_name_buttons() -> None:
    assert len(PAIR.findall(page("tutorials/quick-tour.md"))) >= 15


def test_the_files_and_classes_of_add_a_field_are_there() -> None:
    room = HOUSE / "src" / "minhu" / "reforms"
    rows = re.findall(r"^\| [^|]+ \| `([\w./]+)`(?:, class `(\w+)`)?", page("how-to/add-a-field.md"), re.M)
    assert len(rows) >= 9
    for name, wanted in rows:
        file = room / name if (room / name).exists() else HOUSE / name
        assert file.exists(), name
        assert not wanted or f"class {wanted}" in file.read_text(encoding="utf-8"), (name, wanted)


def test_every_page_is_in_the_navigation() -> None:
    listed = set(re.findall(r"[\w/-]+\.md", (HOUSE / "mkdocs.yml").read_text(encoding="utf-8")))
    assert {file.relative_to(DOCS).as_posix() for file in DOCS.rglob("*.md")} == listed


def test_every_decision_is_in_the_index() -> None:
    told = page("adr/index.md")
    files = sorted(file.name for file in (DOCS / "adr").glob("0*.md"))
    assert files
    assert [name for name in files if f"]({name})" not in told] == []


def test_pictures_are_there_and_small() -> None:
    sources = [HOUSE / "README.md", HOUSE / "README.zh.md", *DOCS.rglob("*.md")]
    seen: set[Path] = set()
    for source in sources:
        for name in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", source.read_text(encoding="utf-8")):
            seen.add((source.parent / name).resolve())
    assert len(seen) >= 3
    assert [file.name for file in seen if not 1_000 < file.stat().st_size < 200_000] == []

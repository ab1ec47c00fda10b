"""Real regulations come in whole."""

import csv
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from minhu.mandates.actions import DocumentDraft, Head, load_document
from minhu.mandates.bridge import read
from minhu.mandates.models import Version
from minhu.mandates.queries import clauses_in_order, lines_of, units
from minhu.trail.states import SYSTEM

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)


def load(path: Path) -> Version:
    """Load a file of the folder."""
    draft = DocumentDraft(path.stem, Head(title=path.stem.split("(")[0]), path.read_text())
    return load_document(by=SYSTEM, draft=draft, at=AT)


def regulation(shared: Path, beginning: str) -> Path:
    """The one file that begins so."""
    (path,) = (shared / "data" / "regulations").glob(f"{beginning}*.md")
    return path


@pytest.mark.parametrize(
    ("beginning", "count"),
    [
        ("优化营商环境条例", 72),
        ("上海市优化营商环境条例(2024", 97),
        ("安全生产法", 119),
        ("上海市人民建议", 22),
    ],
)
def test_every_article_is_a_unit_in_its_order(shared: Path, beginning: str, count: int) -> None:
    version = load(regulation(shared, beginning))
    labels = [clause.label for clause in units(version).order_by("order")]
    assert (len(labels), len(set(labels)), labels[0]) == (count, count, "第一条")


def test_no_character_of_a_law_is_lost_between_lines(shared: Path) -> None:
    version = load(regulation(shared, "安全生产法"))
    lines = lines_of(version, clauses_in_order(version))
    between = "".join(version.text[a.end : b.start] for a, b in pairwise(lines))
    assert set(between) <= set("# \n")
    assert [a.end <= b.start for a, b in pairwise(lines)] == [True] * (len(lines) - 1)
    marked = [part for line in lines for part in line.parts if part.duty]
    assert len(marked) >= 100


def test_what_a_report_tells_of_past_years_asks_for_no_answer(shared: Path) -> None:
    path = next((shared / "data" / "reports").glob("*浙江*.csv"))
    with path.open(encoding="utf-8", newline="") as file:
        seen = read(next(csv.DictReader(file))["full_text"])
    chapters = [piece.path.split("/")[0] for piece in seen.pieces if piece.is_unit]
    assert (chapters.count("ch1"), chapters.count("ch2"), chapters.count("ch3")) == (0, 6, 10)
    assert {duty.by_words for piece in seen.pieces for duty in piece.duties} == {
        "“十五五”时期",
        "到2030年",
        "2026年",
    }

"""A text laid out for reading loses nothing."""

from itertools import pairwise

import pytest

from minhu.mandates.queries import clause_at, clauses_in_order, lines_of, place_of
from tests.factories.mandates import DutyFactory, make_articles
from tests.mandates.test_load import load

pytestmark = pytest.mark.django_db


def test_lines_cover_the_text_in_order_without_overlap() -> None:
    version = load()
    lines = lines_of(version, clauses_in_order(version))
    between = [version.text[a.end : b.start] for a, b in pairwise(lines)]
    assert (lines[0].start, lines[-1].end) == (0, len(version.text))
    assert set("".join(between)) <= set("# \n")
    assert [a.end <= b.start for a, b in pairwise(lines)] == [True] * (len(lines) - 1)


def test_head_furniture_headings_and_clauses_are_told_apart() -> None:
    version = load()
    lines = lines_of(version, clauses_in_order(version))
    assert [line.parts[0].text for line in lines if line.is_furniture] == ["下载"]
    assert [line.parts[0].text for line in lines if not line.clause and not line.is_furniture] == [
        "关于深化改革的意见"
    ]
    assert [line.clause.label for line in lines if line.is_heading] == ["第一章"]


def test_words_stand_without_their_label_and_duties_are_marked() -> None:
    version = load()
    line = next(
        x for x in lines_of(version, clauses_in_order(version)) if x.clause and x.clause.label == "第一条"
    )
    assert line.parts[0].duty.who == "区人民政府"
    assert line.parts[0].text.startswith("区人民政府应当")


def test_one_clause_alone_covers_its_span() -> None:
    version = load()
    clause = clause_at("市委〔2026〕3号", "第二条")
    inside = [c for c in clauses_in_order(version) if clause.start <= c.start and c.end <= clause.end]
    lines = lines_of(version, inside, within=(clause.start, clause.end))
    assert (lines[0].start, lines[-1].end) == (clause.start, clause.end)


def test_duties_that_overlap_are_cut_not_doubled() -> None:
    first, _second = make_articles(["区政府应当办好这件事。", "别的。"])
    DutyFactory(clause=first, start=4, end=10)
    DutyFactory(clause=first, start=8, end=first.end)
    line = lines_of(first.version, clauses_in_order(first.version))[0]
    assert "".join(part.text for part in line.parts) == "区政府应当办好这件事。"


def test_the_place_of_a_clause_names_the_steps_above_and_its_neighbours(django_assert_num_queries) -> None:
    load()
    clause = clause_at("市委〔2026〕3号", "第二条")
    with django_assert_num_queries(1):
        place = place_of(clause)
    assert [step.label for step in place.above] == ["第一章"]
    assert (place.before.label, place.after, place.number, place.total) == ("第一条", None, 2, 2)


def test_a_document_is_read_in_two_queries_whatever_its_length(django_assert_num_queries) -> None:
    for version in (load(), make_articles([f"第{n}件事。" for n in range(9)])[0].version):
        with django_assert_num_queries(2):
            lines_of(version, clauses_in_order(version))

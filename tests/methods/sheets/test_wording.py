"""Every reason has words, and every word a place where it is used."""

import re
from pathlib import Path

import pytest

from minhu.methods import sheets
from minhu.methods.sheets import (
    HINTS,
    MESSAGES,
    NOTES,
    PAPER,
    REFUSALS,
    CellProblem,
    Note,
    Refused,
    all_words,
)
from minhu.ui.sheets import WORDS

FOLDER = Path(sheets.__file__).parent
SOURCE = "\n".join(
    path.read_text(encoding="utf-8") for path in FOLDER.glob("*.py") if path.name != "wording.py"
)
FACT = re.compile(r"%\((\w+)\)s")


def facts_of(words: str) -> dict[str, object]:
    return dict.fromkeys(FACT.findall(words), "x")


def test_every_message_has_a_hint():
    assert list(MESSAGES) == list(HINTS)


@pytest.mark.parametrize("table", [MESSAGES, NOTES, REFUSALS, PAPER])
def test_every_name_is_used(table):
    assert [name for name in table if not re.search(f"[\"']{name}[\"']", SOURCE)] == []


@pytest.mark.parametrize("why", MESSAGES)
def test_problems_are_filled(why):
    problem = CellProblem("台账", 2, "A", "编号", "A2", why, facts_of(MESSAGES[why] + HINTS[why]))
    assert "%(" not in problem.message + problem.hint
    assert problem.said(str) == (problem.message, problem.hint)


def test_notes_and_refusals_are_filled():
    for name, words in NOTES.items():
        note = Note(name, facts_of(words))
        assert note.said(str) == note.message == FACT.sub("x", words)
    for why, words in REFUSALS.items():
        refused = Refused(why, **facts_of(words))
        assert refused.said(str) == str(refused) == FACT.sub("x", words)


def test_the_catalogue_of_the_house_holds_all_words():
    assert all_words() == WORDS


def test_all_words_stand_once_in_the_catalogue():
    assert len(set(all_words())) == len(all_words())
    assert set(all_words()) == {
        words for table in (MESSAGES, HINTS, NOTES, REFUSALS, PAPER) for words in table.values()
    }

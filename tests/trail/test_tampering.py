"""A forger with the database in his hands: every way of changing the record is found and named."""

import pytest
from django.db import connection

from minhu.trail import bridge
from minhu.trail.models import Entry, Head
from tests import triggers
from tests.factories.trail import write, write_book

pytestmark = pytest.mark.django_db
BOOK = "reform:r-1"


@pytest.fixture(autouse=True)
def record(db) -> None:
    """Two books; only the first is tampered with."""
    write_book(BOOK, 5)
    write_book("reform:r-2", 3)


def tamper(*statements: str) -> None:
    with triggers.lifted():
        triggers.run(*statements)


def found() -> list[str]:
    return [bridge.words_of(fault) for fault in bridge.verify().faults]


@pytest.fixture(autouse=True)
def english(settings) -> None:
    settings.LANGUAGE_CODE = "en"


WHERE = f"WHERE book = '{BOOK}' AND seq"
COLUMNS = {
    "deed": "'reforms.other'",
    "thing": "'reforms.reform:2'",
    "payload": "'{\"hour\": 9}'",
    "actor_user": "8",
    "actor_post": "'somebody.else'",
    "actor_organisation": "'elsewhere'",
    "asked": "0",
    "at": "'2025-01-01 00:00:00+00:00'",
    "prev_hash": f"'{'0' * 64}'",
    "hash": f"'{'0' * 64}'",
}


def test_an_untouched_record_has_no_fault():
    assert bridge.verify() == bridge.Verdict((), 2, 8)


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_is_under_the_hash(column):
    tamper(f"UPDATE trail_entry SET {column} = {COLUMNS[column]} {WHERE} = 3")
    assert found() == [f"{BOOK} #3 altered: the entry is not what it was when it was written"]


def test_no_column_was_forgotten():
    untold = {"id", "book", "seq"}
    assert {field.column for field in Entry._meta.fields} - untold == set(COLUMNS)


def test_a_removed_entry_is_missing():
    tamper(f"DELETE FROM trail_entry {WHERE} IN (2, 3)")
    assert found() == [f"{BOOK} #2-3 missing: no such entry"]


def test_two_entries_that_changed_places_are_reordered():
    tamper(
        f"UPDATE trail_entry SET seq = 99 {WHERE} = 2",
        f"UPDATE trail_entry SET seq = 2 {WHERE} = 4",
        f"UPDATE trail_entry SET seq = 4 {WHERE} = 99",
    )
    words = "the entry stands here, but was written elsewhere in the book"
    assert found() == [f"{BOOK} #2 reordered: {words}", f"{BOOK} #4 reordered: {words}"]


def test_a_cut_end_is_found():
    tamper(f"DELETE FROM trail_entry {WHERE} > 3")
    assert found() == [f"{BOOK} #4-5 cut: the book once went further: its end was cut off"]


def test_a_whole_book_cut_off_is_found_by_its_head_and_a_removed_head_by_its_entries():
    tamper(
        f"DELETE FROM trail_entry WHERE book = '{BOOK}'", "DELETE FROM trail_head WHERE book = 'reform:r-2'"
    )
    assert found() == [
        f"{BOOK} #1-5 cut: the book once went further: its end was cut off",
        "reform:r-2 #1-3 cut: entries without a head: the head of the book was removed",
    ]


def test_an_entry_written_past_the_record_is_found():
    columns = [field.column for field in Entry._meta.fields if field.column not in {"id", "seq"}]
    names = ", ".join(columns)
    tamper(f"INSERT INTO trail_entry (seq, {names}) SELECT 6, {names} FROM trail_entry {WHERE} = 5")
    assert found() == [
        f"{BOOK} #6 reordered: the entry stands here, but was written elsewhere in the book",
    ]


def test_an_entry_added_with_a_fitting_hash_is_beyond_the_head():
    last = Entry.objects.get(book=BOOK, seq=5)
    forged = Entry(**{**last.content, "seq": 6, "prev_hash": last.hash})
    forged.hash = bridge.hash_of(forged, "sha256")
    forged.save()
    assert found() == [
        f"{BOOK} #6 added: entries beyond the head of the book: they were not written by the record",
    ]


def test_an_entry_whose_values_cannot_be_read_is_found_and_hides_no_other():
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL keeps no unreadable moment")
    tamper(f"UPDATE trail_entry SET at = '2026-99-99 00:00:00' {WHERE} = 2",
           f"UPDATE trail_entry SET asked = 9 {WHERE} = 4")  # fmt: skip
    words = "altered: the entry is not what it was when it was written"
    assert found() == [f"{BOOK} #2 {words}", f"{BOOK} #4 {words}"]


def test_a_rewritten_entry_with_a_fitting_hash_is_found():
    entry = Entry.objects.get(book=BOOK, seq=2)
    entry.deed = "reforms.forged"
    fitting = bridge.hash_of(entry, "sha256")
    tamper(f"UPDATE trail_entry SET deed = 'reforms.forged', hash = '{fitting}' {WHERE} = 2")
    assert found() == [
        f"{BOOK} #2 altered: the entry was rewritten: the one after it holds another digest of it"
    ]


def test_a_book_goes_on_and_stays_whole_after_a_check():
    bridge.verify()
    write(BOOK)
    assert bridge.verify().faults == ()
    assert Head.objects.get(book=BOOK).seq == 6

"""The database itself refuses to change or remove what is kept, and the guards stand after every flush."""

import pytest
from django.db import IntegrityError, connection, transaction

from minhu.trail.models import Entry
from minhu.trail.triggers import keep
from tests import triggers
from tests.factories.trail import write

APPEND_ONLY = "The record is append-only"


def refused(statement: str, words: str) -> None:
    with pytest.raises(IntegrityError, match=words), transaction.atomic():
        triggers.run(statement)


def hold() -> None:
    """The guards of the record stand."""
    write()
    refused("UPDATE trail_entry SET deed = 'x'", APPEND_ONLY)
    refused("DELETE FROM trail_entry", APPEND_ONLY)
    assert Entry.objects.count() == 1


@pytest.mark.django_db
def test_an_entry_is_never_changed_or_removed():
    hold()


@pytest.mark.django_db
def test_nor_through_the_orm():
    write()
    with pytest.raises(IntegrityError, match=APPEND_ONLY), transaction.atomic():
        Entry.objects.update(asked=0)
    with pytest.raises(IntegrityError, match=APPEND_ONLY), transaction.atomic():
        Entry.objects.all().delete()


@pytest.mark.django_db
def test_nor_by_the_back_door_of_each_database():
    write()
    if connection.vendor == "postgresql":
        refused("TRUNCATE trail_entry", APPEND_ONLY)
    else:
        refused("INSERT OR REPLACE INTO trail_entry SELECT * FROM trail_entry", APPEND_ONLY)
        columns = [field.column for field in Entry._meta.fields if field.column != "id"]
        names = ", ".join(columns)
        refused(f"INSERT OR REPLACE INTO trail_entry ({names}) SELECT {names} FROM trail_entry", APPEND_ONLY)
    assert Entry.objects.count() == 1


@pytest.mark.django_db
def test_guards_stand_again_after_they_were_lifted():
    write()
    with triggers.lifted():
        Entry.objects.all().delete()
    hold()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_guards_stand_again_after_a_flush(turn):
    """The second turn runs on a database that was flushed after the first."""
    hold()


@pytest.fixture
def proofs(db):
    """A table of another room: accepted proofs are kept, and of the others everything may change."""
    words = "An accepted proof is never changed; it's kept."
    triggers.run(
        "CREATE TABLE proof (id integer PRIMARY KEY, state varchar(10), title varchar(20), seen integer)"
    )
    triggers.run("INSERT INTO proof VALUES (1, 'accepted', 'a', 0), (2, 'waiting', 'b', 0)")

    def operate(backwards: bool = False, **options) -> None:
        operation = keep("proof", "accepted", words, when="OLD.state = 'accepted'", **options)
        (operation.reverse_code if backwards else operation.code)(None, connection.schema_editor())

    return operate


def test_rows_are_kept_when_the_condition_holds(proofs):
    proofs()
    refused("UPDATE proof SET title = 'x' WHERE id = 1", "An accepted proof is never changed; it's kept.")
    refused("DELETE FROM proof WHERE id = 1", "An accepted proof")
    triggers.run("UPDATE proof SET state = 'accepted' WHERE id = 2")
    refused("DELETE FROM proof WHERE id = 2", "An accepted proof")


def test_other_rows_may_change_and_go(proofs):
    proofs()
    triggers.run("UPDATE proof SET title = 'x' WHERE id = 2", "DELETE FROM proof WHERE id = 2")


def test_only_some_columns_may_be_kept(proofs):
    proofs(columns=("state", "title"))
    triggers.run("UPDATE proof SET seen = 1 WHERE id = 1")
    refused("UPDATE proof SET title = 'x' WHERE id = 1", "An accepted proof")


def test_a_guard_can_be_taken_down_by_migrating_back(proofs):
    proofs()
    proofs(backwards=True)
    triggers.run("UPDATE proof SET title = 'x' WHERE id = 1")
    assert [name for name, _ in triggers.guards() if "_proof_" in name and "reforms" not in name] == []

"""Statements past Django's cursors: the same rows, the same errors, and texts that stay texts."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from minhu.cases.models import Counter
from minhu.cases.queries.statements import rows

pytestmark = pytest.mark.django_db
TRICKY = ["it's", "a\\b", "'; DROP TABLE cases_counter; --", "%s %(x)s", "新\n行", "😀", '"', ""]
ADD = "INSERT INTO cases_counter (name, last) VALUES (%s, %s) RETURNING name, last, name IS NULL"


@pytest.mark.parametrize("text", TRICKY)
def test_a_text_comes_back_as_it_went(text):
    assert [tuple(row)[:2] for row in rows(ADD, [text, 3])] == [(text, 3)]
    assert rows("SELECT name FROM cases_counter WHERE name = %s", [text]) == [(text,)]
    assert Counter.objects.get().name == text


def test_numbers_flags_and_nothing_come_back_as_they_are(django_assert_num_queries):
    Counter.objects.create(name="a", last=7)
    asked = "SELECT id = -%s, last, NULL, CAST(NULL AS integer), last = %s FROM cases_counter"
    plain = rows(asked, [1, 7])
    with django_assert_num_queries(1):
        watched = rows(asked, [1, 7])
    assert [tuple(map(bool, row[:1])) + tuple(row[1:4]) for row in plain] == [(False, 7, None, None)]
    assert [tuple(row) for row in plain] == [tuple(row) for row in watched]


def test_errors_are_those_of_django_and_leave_the_transaction_to_it():
    Counter.objects.create(name="a")
    with pytest.raises(IntegrityError), transaction.atomic():
        rows(ADD, ["a", 1])
    with pytest.raises(DatabaseError), transaction.atomic():
        rows("SELECT nonsense FROM cases_counter")
    assert Counter.objects.count() == 1


def test_what_is_rolled_back_is_gone():
    with transaction.atomic():
        rows(ADD, ["a", 1])
        transaction.set_rollback(True)
    assert Counter.objects.count() == 0


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite takes one statement at a time")
def test_several_statements_go_together_or_not_at_all():
    both = "; ".join(["INSERT INTO cases_counter (name, last) VALUES (%s, 0)"] * 2)
    rows(both, ["a", "b"])
    with pytest.raises(IntegrityError), transaction.atomic():
        rows(both, ["c", "a"])
    with pytest.raises(DatabaseError), transaction.atomic():
        rows(ADD, ["x\x00'; --", 1])
    assert sorted(Counter.objects.values_list("name", flat=True)) == ["a", "b"]


def test_a_statement_nobody_watches_still_uses_the_transaction_of_django():
    with transaction.atomic():
        Counter.objects.create(name="a")
        assert rows("SELECT COUNT(*) FROM cases_counter") == [(1,)]
    assert connection.in_atomic_block

"""`minhu verify`: the record against its heads, and every case against the fold of its record."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from minhu.cases.models import Case, Datum, Step
from tests import triggers
from tests.factories.cases import do, doer, open_one
from tests.factories.outbox import NOTICED, lay_house

pytestmark = pytest.mark.django_db
OFFICE, HOST = doer("office", "office"), doer("host")


@pytest.fixture(autouse=True)
def number(settings) -> str:
    """A case at its host."""
    settings.LANGUAGE_CODE = "en"
    lay_house(NOTICED)
    number = open_one(OFFICE).number
    do(OFFICE, number, "dispatch", assigns={"host": ["host"]})
    return number


def verified() -> str:
    """What the command says when all is well."""
    out = StringIO()
    call_command("verify", stdout=out, stderr=out)
    return out.getvalue()


def refused() -> tuple[str, str]:
    """What it says before it fails, and the sentence it fails with."""
    out = StringIO()
    with pytest.raises(CommandError) as wrong:
        call_command("verify", stdout=out, stderr=out)
    assert wrong.value.returncode == 1
    return out.getvalue(), str(wrong.value)


def test_cases_as_their_record_says_are_told_as_such():
    said = verified()
    assert "2 entries in 1 books: all as they were written." in said
    assert "1 cases: all as their record says." in said


def test_a_case_moved_behind_the_record_is_found(number):
    Case.objects.update(rev=7)
    lines, sentence = refused()
    assert number in lines
    assert sentence == "1 faults in 1 cases."


def test_a_value_changed_behind_the_record_is_named_but_not_shown(number):
    Datum.objects.filter(key="title").update(value="别的")
    lines, _sentence = refused()
    assert f"{number}: the value “title”" in lines
    assert "别的" not in lines


def test_a_stay_closed_behind_the_record_is_found(number):
    Step.objects.filter(node="work").update(state="left", left_at=Case.objects.get().opened_at)
    assert number in refused()[0]


def test_faults_of_record_and_cases_are_both_told(number):
    Case.objects.update(rev=7)
    if connection.vendor == "postgresql":
        # Foreign keys are checked at the end of a transaction, which this test never comes to.
        triggers.run("SET CONSTRAINTS ALL IMMEDIATE")
    with triggers.lifted():
        triggers.run("UPDATE trail_entry SET deed = 'x' WHERE seq = 2")
    lines, sentence = refused()
    assert f"case:{number} #2 altered" in lines
    assert sentence.startswith("1 faults in 2 entries of 1 books. ")
    assert sentence.endswith(" faults in 1 cases.")

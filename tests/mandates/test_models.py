"""What the rows themselves refuse."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.factories.mandates import ClauseFactory, DocumentFactory, DutyFactory, VersionFactory

pytestmark = pytest.mark.django_db


def refused(make, **values) -> str:
    """The name of the constraint that said no."""
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        make(**values)
    return str(error.value)


def test_a_number_belongs_to_one_document() -> None:
    DocumentFactory(number="市委办〔2026〕3号")
    assert "number" in refused(DocumentFactory, number="市委办〔2026〕3号")


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"number": ""}, "mandates_document_has_number"),
        ({"title": ""}, "mandates_document_has_title"),
        ({"kind": "sideways"}, "mandates_document_kind"),
        ({"level": "moon"}, "mandates_document_level"),
        (
            {"issued_on": date(2026, 3, 2), "received_on": date(2026, 3, 1)},
            "mandates_document_received_after_issue",
        ),
    ],
)
def test_a_head_that_cannot_be(values: dict, constraint: str) -> None:
    assert constraint in refused(DocumentFactory, **values)


def test_one_wording_is_in_force() -> None:
    first = VersionFactory()
    refused(VersionFactory, document=first.document)
    second = VersionFactory(document=first.document, is_current=False)
    assert [first.is_current, second.is_current] == [True, False]


def test_the_same_wording_stands_once() -> None:
    first = VersionFactory()
    refused(VersionFactory, document=first.document, text=first.text, is_current=False)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"start": 5, "end": 5}, "mandates_clause_span"),
        ({"kind": "verse"}, "mandates_clause_kind"),
        ({"kind": "chapter", "is_unit": True}, "mandates_clause_unit_has_words"),
    ],
)
def test_a_clause_that_cannot_be(values: dict, constraint: str) -> None:
    assert constraint in refused(ClauseFactory, **values)


def test_paths_and_places_of_a_wording_are_told_apart() -> None:
    clause = ClauseFactory(path="art1", order=1)
    refused(ClauseFactory, version=clause.version, path="art1", order=2)
    refused(ClauseFactory, version=clause.version, path="art2", order=1)


def test_a_duty_says_what() -> None:
    assert "mandates_duty_says_what" in refused(DutyFactory, what="")
    assert "mandates_duty_span" in refused(DutyFactory, end=0)

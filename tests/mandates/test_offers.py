"""What the room offers: search, names, the words of its deeds."""

import pytest

from minhu.mandates import offers
from minhu.people.states import Role
from minhu.ui.offers import deeds, thing_link
from tests.factories.mandates import make_articles

pytestmark = pytest.mark.django_db


def test_clauses_and_documents_are_found_by_whoever_may_read(reader) -> None:
    clause = make_articles(["建设企业综合服务中心，" + "健全机制，" * 20], title="营商环境意见")[0]
    found = list(offers.found_clauses("综合服务", reader(Role.LEAD), 10))
    assert [(hit.title, hit.url) for hit in found] == [("营商环境意见 第一条", clause.get_absolute_url())]
    assert "综合服务" in found[0].snippet
    assert found[0].snippet.endswith("…")
    documents = list(offers.found_documents("营商", reader(Role.AUDITOR), 10))
    assert [hit.title for hit in documents] == ["营商环境意见"]


def test_nothing_is_found_without_a_post(reader) -> None:
    make_articles(["建设企业综合服务中心。"])
    from django.contrib.auth.models import AnonymousUser

    from minhu.people.rules import Reader

    nobody = Reader(AnonymousUser())
    assert list(offers.found_clauses("综合", nobody, 10)) == []
    assert list(offers.found_documents("改革", nobody, 10)) == []


def test_the_record_names_documents_and_clauses() -> None:
    clause = make_articles(["办好这件事。"], title="营商环境意见")[0]
    assert thing_link(f"mandates.clause:{clause.pk}") == ("营商环境意见 第一条", clause.get_absolute_url())
    document = clause.version.document
    assert thing_link(f"mandates.document:{document.pk}") == ("营商环境意见", document.get_absolute_url())


def test_every_deed_has_its_words() -> None:
    known = {deed for deed in deeds() if deed.startswith("mandates.")}
    assert known == {
        f"mandates.{name}"
        for name in (
            "load_document",
            "revise_document",
            "add_duty",
            "correct_duty",
            "remove_duty",
            "set_implements",
            "check_implementation",
        )
    }

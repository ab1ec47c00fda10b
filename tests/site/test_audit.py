"""The record on screen: who may read what of it, in words, with the state of the chain."""

from datetime import UTC, datetime

import pytest
from django.core.paginator import Page
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from minhu.people.states import Role
from minhu.site.audit.offers import last_deeds
from minhu.site.audit.queries import chain_of, in_words, visible_entries
from minhu.site.audit.words import Change, book_words, changes_of
from minhu.trail.models import Entry, ref
from minhu.trail.queries import newest_entries
from minhu.trail.states import SYSTEM, Actor
from tests import triggers
from tests.factories.cases import REQUEST, KindFactory, changed, do, doer, lay_house, open_one
from tests.factories.people import OrganisationFactory, PostFactory
from tests.factories.reforms import MilestoneFactory, ProofFactory
from tests.factories.trail import write, write_book
from tests.roles import check_roles

pytestmark = pytest.mark.django_db
RECORD = "/record/"


@pytest.fixture(autouse=True)
def english(settings) -> None:
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def unit(db):
    return OrganisationFactory(code="shenpi", name="行政审批办公室", short="审批办")


def actor_of(unit) -> Actor:
    """Somebody who acts for an organisation."""
    return Actor(3, PostFactory(organisation=unit, title="改革经办岗").code, unit.code)


def rename(unit, by: Actor = SYSTEM) -> Entry:
    payload = {
        "before": {"name": "审批局", "kind": "town"},
        "after": {"name": unit.name, "kind": "department"},
    }
    return write("people", deed="people.change_organisation", thing=ref(unit), by=by, payload=payload)


def shown(client, url: str = RECORD, **query: object) -> list[int]:
    """The entries a reader sees."""
    page = client.get(url, query).context["page"]
    assert isinstance(page, Page)
    return [entry.pk for entry in page]


def test_the_record_is_for_every_role(client_as, unit):
    rename(unit)
    check_roles(client_as, RECORD, set(Role))


def test_one_thing_is_for_those_who_see_the_whole_record(client_as, unit):
    rename(unit)
    url = reverse("audit:thing", args=[ref(unit)])
    readers = {Role.OFFICE, Role.LEADER, Role.SUPERVISOR, Role.AUDITOR}
    outcome = {role: client_as(role).get(url).status_code for role in Role}
    assert outcome == {role: 200 if role in readers else 404 for role in Role}
    assert client_as(None).get(url).status_code == 302


def test_a_lead_officer_reads_what_the_own_organisation_did_and_its_reforms(client_as, unit):
    from minhu.reforms.models import Reform

    other = OrganisationFactory()
    values = {"added_at": datetime(2026, 1, 1, tzinfo=UTC), "domain": "economy"}
    Reform.objects.create(code="GG-1", name="a", lead=unit, **values)
    Reform.objects.create(code="GG-2", name="b", lead=other, **values).supports.add(unit)
    Reform.objects.create(code="GG-3", name="c", lead=other, **values)
    own = rename(unit, by=actor_of(unit))
    led, supported, foreign = (write(f"reform:GG-{n}", by=actor_of(other)) for n in (1, 2, 3))
    assert shown(client_as(Role.LEAD, unit)) == [supported.pk, led.pk, own.pk]
    assert shown(client_as(Role.OFFICE)) == [foreign.pk, supported.pk, led.pk, own.pk]


def test_a_lead_officer_sees_no_deed_of_the_system(reader, unit):
    write(by=SYSTEM)
    assert list(visible_entries(reader(Role.LEAD, unit))) == []


def test_an_entry_is_told_in_words(unit):
    by = actor_of(unit)
    [line] = in_words([rename(unit, by=by)])
    assert (line.who, line.organisation) == ("改革经办岗", "审批办")
    assert (str(line.deed), line.title) == ("changed the organisation", "行政审批办公室")
    assert line.url == reverse("people:unit", args=["shenpi"])
    assert [(str(change.label), change.before, change.after) for change in line.changes] == [
        ("name", "审批局", "行政审批办公室"),
        ("kind", "Town", "Department"),
    ]


def test_posts_in_a_payload_are_told_by_their_titles(unit):
    asker = PostFactory(code="asker", title="改革办综合科岗", organisation=unit)
    payload = {"asked_by_post": asker.code, "decided_by_post": "gone-post"}
    [line] = in_words([write("document:1", deed="gone.deed", thing="gone.thing:1", payload=payload)])
    assert [change.after for change in line.changes] == ["改革办综合科岗", "gone-post"]


def test_what_nobody_knows_any_more_is_shown_by_its_code():
    entry = write("gone:1", deed="gone.deed", thing="gone.thing:1", by=Actor(1, "gone-post", "gone-unit"))
    [line] = in_words([entry])
    assert (line.who, line.organisation, line.deed, line.title, line.book) == (
        "gone-post", "gone-unit", "gone.deed", "gone.thing:1", "gone:1",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("payload", "changes"),
    [
        ({"reason": "太早"}, [Change("reason", None, "太早")]),
        ({"reason": "", "title": None}, []),
        ({"is_new": True, "units": 0},
         [Change("new here", None, "yes"), Change("clauses to answer", None, "0")]),
        ({"sha256": "ab" * 32}, [Change("digest of the file", None, "abababababab…")]),
        ({"some_key": ["a", {"b": 1}]}, [Change("some key", None, "a, b: 1")]),
        ({"before": {"x": None}, "after": {"x": 1}, "reason": "r"},
         [Change("x", "—", "1"), Change("reason", None, "r")]),
        ({"before": {}, "after": {"x": 1}}, [Change("x", None, "1")]),
        ({"before": "2026-01-01", "after": "2026-02-01"},
         [Change("before", None, "2026-01-01"), Change("after", None, "2026-02-01")]),
        ({"proof": "reforms.proof:7"}, [Change("proof", None, "Proof seven")]),
    ],
)  # fmt: skip
def test_payloads_in_words(payload, changes):
    found = changes_of("reforms.nothing", payload, {"reforms.proof:7": "Proof seven"}.__getitem__)
    assert [Change(str(one.label), one.before, one.after) for one in found] == changes


def test_books_in_words():
    assert [book_words(book) for book in ("reform:GG-1", "people", "odd:1")] == [
        "Reform GG-1", "People and units", "odd:1",
    ]  # fmt: skip


def test_filters_of_the_record(client_as, unit):
    other = actor_of(unit)
    first = write("reform:r-1", thing="reforms.reform:1")
    second = write("reform:r-2", thing="reforms.milestone:1", by=other, hour=20)
    client = client_as(Role.OFFICE)
    assert shown(client) == [second.pk, first.pk]
    assert shown(client, book="reform:r-1") == [first.pk]
    assert shown(client, thing="reforms.milestone:1") == [second.pk]
    assert shown(client, organisation="shenpi") == [second.pk]
    # 20 hours after half past nine in the morning here is the next day.
    assert shown(client, since="2026-03-03") == [second.pk]
    assert shown(client, until="2026-03-02") == [first.pk]
    assert shown(client, book="nothing") == []


def test_a_filter_that_makes_no_sense_is_told_and_left_out(client_as):
    entry = write()
    answer = client_as(Role.OFFICE).get(RECORD, {"since": "yesterday", "organisation": "nobody"})
    assert set(answer.context["form"].errors) == {"since", "organisation"}
    assert [one.pk for one in answer.context["page"]] == [entry.pk]


def test_fifty_entries_a_page_and_the_filter_stays(client_as):
    write_book("reform:r-1", 51)
    write("reform:r-2")
    client = client_as(Role.OFFICE)
    assert len(shown(client, book="reform:r-1")) == 50
    assert len(shown(client, book="reform:r-1", page=2)) == 1
    answer = client.get(RECORD, {"book": "reform:r-1"})
    assert 'href="?book=reform%3Ar-1&amp;page=2"' in answer.content.decode()


def test_the_number_of_queries_does_not_grow_with_the_page(client_as, django_assert_max_num_queries):
    write_book("reform:r-1", 50)
    client = client_as(Role.OFFICE)
    with django_assert_max_num_queries(20):
        client.get(RECORD, {"book": "reform:r-1"})


def test_things_are_named_at_once_however_many_there_are(client_as, django_assert_num_queries):
    def deeds(count: int) -> None:
        for stone in MilestoneFactory.create_batch(count):
            payload = {"milestone": ref(stone), "proof": ref(ProofFactory(milestone=stone))}
            write("reform:r-9", thing=ref(stone.reform), payload=payload)

    deeds(1)
    with CaptureQueriesContext(connection) as one:
        in_words(newest_entries())
    deeds(7)
    with django_assert_num_queries(len(one)):
        in_words(newest_entries())


def test_the_chain_of_a_book_is_checked_before_the_reader(client_as):
    write_book("reform:r-1", 3)
    client = client_as(Role.AUDITOR)
    assert (
        "3 entries, checked just now: all as they were written."
        in client.get(RECORD, {"book": "reform:r-1"}).content.decode()
    )
    with triggers.lifted():
        triggers.run("UPDATE trail_entry SET asked = 9 WHERE seq = 2")
    text = client.get(RECORD, {"book": "reform:r-1"}).content.decode()
    assert "reform:r-1 #2 altered: the entry is not what it was when it was written" in text


def test_a_long_chain_is_left_to_the_command(monkeypatch, client_as):
    monkeypatch.setattr("minhu.site.audit.queries.CHECKED_AT_ONCE", 2)
    write_book("reform:r-1", 3)
    assert chain_of("reform:r-1").is_checked is False
    text = client_as(Role.OFFICE).get(RECORD, {"book": "reform:r-1"}).content.decode()
    assert "3 entries: too many to check while you wait. Run minhu verify." in text
    assert chain_of("no such book") is None


def test_the_page_says_when_the_record_was_sealed(client_as):
    client = client_as(Role.OFFICE)
    assert "Nobody outside holds a seal yet" in client.get(RECORD).content.decode()
    payload = {"root": "ab" * 32, "books": 4, "key": "1111 2222 3333 4444", "file": "monday.json"}
    write("seals", deed="trail.seal", thing="trail.seal:abcdef0123456789", by=SYSTEM, payload=payload)
    text = client.get(RECORD).content.decode()
    assert "Last sealed 2026-03-02 09:30: 4 books, key 1111 2222 3333 4444." in text
    [line] = in_words(newest_entries())
    assert (line.who, str(line.deed), line.title) == ("The system", "sealed the record", "seal abcdef01")


def test_the_page_of_a_thing(client_as, unit):
    entry = rename(unit)
    url = reverse("audit:thing", args=[ref(unit)])
    client = client_as(Role.OFFICE)
    assert shown(client, url) == [entry.pk]
    assert client.get(url).context["title"] == "行政审批办公室"
    assert client.get(reverse("audit:thing", args=["people.organisation:0"])).status_code == 404


def test_the_panel_shows_the_last_deeds_of_a_thing(reader, unit):
    entries = [rename(unit) for _ in range(8)]
    view = last_deeds(unit, reader(Role.OFFICE))
    assert [line.entry.pk for line in view.context["lines"]] == [entry.pk for entry in entries[:1:-1]]
    assert view.url == reverse("audit:thing", args=[ref(unit)])


def test_the_panel_of_a_thing_with_a_book_shows_the_book(reader):
    class Thing:
        book = "reform:r-1"

    write("reform:r-1", thing="reforms.milestone:1")
    view = last_deeds(Thing(), reader(Role.SUPERVISOR))
    assert [line.entry.thing for line in view.context["lines"]] == ["reforms.milestone:1"]
    assert view.url == f"{RECORD}?book=reform%3Ar-1"


def test_there_is_no_panel_without_deeds_or_for_those_who_may_not_read(reader, unit):
    assert last_deeds(unit, reader(Role.OFFICE)) is None
    rename(unit, by=actor_of(OrganisationFactory()))
    assert last_deeds(unit, reader(Role.LEAD, unit)) is None


def test_the_panel_stands_on_the_page_of_an_organisation(client_as, unit):
    rename(unit)
    text = client_as(Role.OFFICE).get(reverse("people:unit", args=[unit.code])).content.decode()
    assert "changed the organisation" in text
    assert reverse("audit:thing", args=[ref(unit)]) in text


def test_what_happened_to_a_confidential_case_is_read_by_those_who_may_see_it(client_as):
    lay_house()
    KindFactory(made=changed(REQUEST, code="secret", confidential=True))
    opened = open_one(doer("office", "office"), kind="secret", values={"title": "不公开的事"})
    mine = Entry.objects.get(book=f"case:{opened.number}").pk
    office = OrganisationFactory._meta.model.objects.get(code="office")
    assert mine in shown(client_as(Role.OFFICE, office))
    for role in (Role.AUDITOR, Role.SUPERVISOR, Role.LEADER):
        assert mine not in shown(client_as(role, OrganisationFactory()))
    page = client_as(Role.AUDITOR, OrganisationFactory()).get(RECORD, {"book": f"case:{opened.number}"})
    assert (list(page.context["page"]), page.context["chain"]) == ([], None)
    assert (
        client_as(Role.AUDITOR)
        .get(reverse("audit:thing", args=[Entry.objects.get(pk=mine).thing]))
        .status_code
        == 404
    )


def test_the_book_of_a_case_is_named_and_leads_to_the_case(client_as):
    lay_house()
    KindFactory()
    number = open_one(doer("office", "office")).number
    text = client_as(Role.AUDITOR).get(RECORD, {"book": f"case:{number}"}).content.decode()
    assert f'href="{reverse("cases:case", args=[number])}"' in text
    assert f"Case {number}" in text


def test_deeds_on_cases_are_told_in_the_words_of_their_kind(client_as):
    lay_house()
    KindFactory()
    opened = open_one(doer("office", "office"))
    do(doer("office", "office"), opened.number, "dispatch", assigns={"host": ["host"]})
    lines = in_words(Entry.objects.filter(book=f"case:{opened.number}").order_by("seq"))
    step = next(one for one in REQUEST.step if one.code == "dispatch")
    assert lines[1].deed == step.title
    assert "host局" in [change.after for change in lines[1].changes]
    assert "路灯不亮" in [change.after for change in lines[0].changes]
    assert not any("dispatch" in f"{change.label}{change.after}" for line in lines for change in line.changes)
    assert lines[0].book == f"Case {opened.number}"


def test_telling_of_cases_costs_the_same_however_many(client_as):
    lay_house()
    KindFactory()

    def queries() -> int:
        with CaptureQueriesContext(connection) as spent:
            in_words(Entry.objects.filter(book__startswith="case:"))
        return len(spent)

    open_one(doer("office", "office"))
    in_words(Entry.objects.filter(book__startswith="case:"))
    one = queries()
    for _ in range(4):
        open_one(doer("office", "office"))
    assert queries() == one

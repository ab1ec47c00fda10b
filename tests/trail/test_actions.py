"""Adding to the record: numbers without gaps, the hash of what was written, few queries, plain values."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from minhu.trail import bridge
from minhu.trail.actions import link, link_many, record, record_many, unlink
from minhu.trail.models import Edge, Entry, Head, ref
from minhu.trail.queries import book_history, edges_from, edges_to, head_of, history, newest_entries
from minhu.trail.states import SYSTEM, Arc, Deed, changed
from tests.factories.trail import MORNING, OFFICER, write, write_book

pytestmark = pytest.mark.django_db


def test_entries_of_a_book_are_numbered_and_linked():
    first, second, third = write_book(entries=3)
    assert [entry.seq for entry in (first, second, third)] == [1, 2, 3]
    assert (first.prev_hash, second.prev_hash, third.prev_hash) == (bridge.GENESIS, first.hash, second.hash)
    head = head_of("reform:r-1")
    assert (head.seq, head.hash, head.algorithm) == (3, third.hash, "sha256")


def test_every_book_has_a_chain_of_its_own():
    write("reform:r-1")
    other = write("reform:r-2")
    assert (other.seq, other.prev_hash) == (1, bridge.GENESIS)


def test_an_entry_keeps_who_did_what_to_which_thing():
    write(payload={"state": "running"})
    kept = Entry.objects.get()
    assert (kept.actor_user, kept.actor_post, kept.actor_organisation) == (
        7,
        "reform-office.clerk",
        "reform-office",
    )
    assert (kept.deed, kept.thing, kept.at, kept.asked) == (
        "reforms.edit_reform",
        "reforms.reform:1",
        MORNING,
        1,
    )
    assert kept.payload == {"state": "running"}


def test_what_is_read_back_gives_the_hash_that_was_written():
    numbers = {"share": 0.1, "tiny": 1e-7, "big": 1e16, "whole": 5.0, "minus": -0.0, "cost": Decimal("12.50")}
    others = {"改革": "增值服务", "days": [1, None, True], "due": date(2026, 5, 1), "when": MORNING}
    write(payload=numbers | others)
    kept = Entry.objects.get()
    assert bridge.hash_of(kept, "sha256") == kept.hash
    assert kept.payload["whole"] == 5
    assert kept.payload["due"] == "2026-05-01"
    assert kept.payload["cost"] == "12.50"


def test_recording_takes_three_queries_and_four_for_a_new_book(django_assert_num_queries):
    with django_assert_num_queries(4):
        write()
    with django_assert_num_queries(3):
        write()


def test_a_book_keeps_the_digest_it_was_begun_with(settings):
    settings.MINHU_DIGEST = "sm3"
    write("reform:chinese")
    settings.MINHU_DIGEST = "sha256"
    entry = write("reform:chinese")
    assert head_of("reform:chinese").algorithm == "sm3"
    assert bridge.hash_of(entry, "sm3") == entry.hash
    assert bridge.verify().faults == ()


def test_an_unknown_digest_is_refused_by_name(settings):
    settings.MINHU_DIGEST = "md5"
    words = "no digest 'md5': choose one of sha256, sm3"
    with pytest.raises(bridge.NoSuchDigest, match=words), transaction.atomic():
        write()


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        ({"who": {1, 2}}, "reforms.edit_reform: payload.who: set is not a plain value"),
        ({"who": [{"name": "a\x00"}]}, r"payload.who\[0\].name: a text holds the character NUL"),
        ({"when": datetime(2026, 1, 1)}, "payload.when: .* does not say in which time zone"),
        ({"x": float("nan")}, "payload.x: nan is not a number"),
        ({3: "x"}, "payload: the key 3 is not a text"),
    ],
)
def test_a_payload_no_database_keeps_is_refused_with_its_place(payload, words):
    with pytest.raises(bridge.NotPlain, match=words), transaction.atomic():
        write(payload=payload)
    assert Entry.objects.count() == 0


def test_a_deed_that_fails_leaves_no_entry_and_no_gap():
    write()
    with pytest.raises(IntegrityError), transaction.atomic():
        Head.objects.create(book=write().book, hash="")
    assert write().seq == 2


def test_many_entries_at_once_are_as_good_as_one_by_one(django_assert_max_num_queries):
    write("reform:r-1")
    deeds = [
        Deed(SYSTEM, "reforms.start_reform", f"reforms.reform:{n}", f"reform:r-{n % 3}", MORNING, {"n": n})
        for n in range(30)
    ]
    with django_assert_max_num_queries(8):
        assert record_many(deeds) == 30
    assert {head.book: head.seq for head in Head.objects.all()} == {
        "reform:r-0": 10, "reform:r-1": 11, "reform:r-2": 10,
    }  # fmt: skip
    assert bridge.verify() == bridge.Verdict((), 3, 31)
    assert record_many([]) == 0


def test_readings_of_the_record():
    write("reform:r-1", thing="reforms.reform:1")
    write("reform:r-1", thing="reforms.milestone:1")
    write("people", thing="people.post:1")
    assert [entry.book for entry in history("reforms.milestone:1")] == ["reform:r-1"]
    assert [entry.seq for entry in book_history("reform:r-1")] == [1, 2]
    assert [entry.thing for entry in newest_entries()] == [
        "people.post:1", "reforms.milestone:1", "reforms.reform:1",
    ]  # fmt: skip
    assert [entry.seq for entry in newest_entries(book="reform:r-1")] == [2, 1]
    assert newest_entries(book="people", thing="reforms.reform:1").count() == 0


def test_a_thing_is_named_by_its_model_and_key():
    entry = write()
    assert ref(entry) == f"trail.entry:{entry.pk}"
    with pytest.raises(ValueError, match=r"trail\.entry has no row yet"):
        ref(Entry())


def test_a_change_keeps_only_what_differs():
    assert changed({"title": "a", "due": 1}, {"title": "b", "due": 1, "new": 2}) == {
        "before": {"title": "a", "new": None},
        "after": {"title": "b", "new": 2},
    }


EDGE = {"by": OFFICER, "src": "reforms.reform:1", "dst": "mandates.clause:9", "kind": "answers"}


def test_an_edge_is_opened_once_and_can_be_opened_again_after_it_was_closed():
    first = link(**EDGE, at=MORNING)
    assert link(**EDGE, at=datetime(2026, 9, 1, tzinfo=UTC)) == first
    unlink(**EDGE, at=datetime(2026, 9, 2, tzinfo=UTC))
    again = link(**EDGE, at=datetime(2026, 9, 3, tzinfo=UTC))
    assert list(Edge.objects.order_by("id").values_list("id", "until")) == [
        (first.pk, datetime(2026, 9, 2, tzinfo=UTC)),
        (again.pk, None),
    ]


def test_edges_are_read_from_both_ends():
    link(**EDGE, at=MORNING)
    link(**{**EDGE, "kind": "cites"}, at=MORNING)
    assert edges_from("reforms.reform:1").count() == 2
    assert [edge.kind for edge in edges_from("reforms.reform:1", "cites")] == ["cites"]
    assert [edge.src for edge in edges_to("mandates.clause:9", "answers")] == ["reforms.reform:1"]
    unlink(**EDGE, at=MORNING)
    assert [edge.kind for edge in edges_to("mandates.clause:9")] == ["cites"]


def test_many_edges_at_once_leave_open_ones_alone():
    first = link(**EDGE, at=MORNING)
    arcs = [Arc("reforms.reform:1", f"mandates.clause:{n}", "answers") for n in (9, 10, 11)]
    link_many(arcs, by=SYSTEM, at=datetime(2026, 9, 1, tzinfo=UTC))
    assert Edge.objects.count() == 3
    assert Edge.objects.get(dst="mandates.clause:9").since == first.since


def test_the_database_holds_one_open_edge_and_no_edge_ends_before_it_began():
    link(**EDGE, at=MORNING)
    values = {name: EDGE[name] for name in ("src", "dst", "kind")}
    with pytest.raises(IntegrityError), transaction.atomic():
        Edge.objects.create(**values, since=MORNING)
    with pytest.raises(IntegrityError), transaction.atomic():
        unlink(**EDGE, at=datetime(2020, 1, 1, tzinfo=UTC))


def test_the_whole_call_of_the_contract():
    entry = record(by=SYSTEM, deed="x.y", thing="x.z:1", book="b", at=MORNING)
    assert (entry.payload, entry.asked, entry.actor_post) == ({}, 0, "system")

"""`minhu trace rebuild`: edges are what the rows say, and a house whose actions kept them is left alone."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from types import ModuleType

import pytest
from django.core.management import CommandError, call_command

from minhu.trail.actions import link
from minhu.trail.models import Edge
from minhu.trail.states import SYSTEM
from minhu.ui import offers

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 3, tzinfo=UTC)
ROWS = [("reforms.reform:1", "mandates.clause:1", MONDAY), ("reforms.reform:1", "mandates.clause:2", TUESDAY)]


@pytest.fixture(autouse=True)
def rooms(settings) -> Iterator[list]:
    """A house with one source of edges; the list given may be changed."""
    settings.LANGUAGE_CODE = "en"
    before, rows = offers.clear(), list(ROWS)
    room = ModuleType("minhu.room.offers")
    room.EDGES = [offers.EdgeSource("answers", lambda: rows)]
    offers.register(room)
    yield rows
    offers.restore(before)


def rebuild(*options: str) -> list[str]:
    out = StringIO()
    call_command("trace", "rebuild", *options, stdout=out)
    return out.getvalue().splitlines()


def open_edges() -> list[tuple[str, str, datetime]]:
    return list(Edge.objects.open().order_by("dst").values_list("src", "dst", "since"))


def keep_edges() -> None:
    for src, dst, since in ROWS:
        link(by=SYSTEM, src=src, dst=dst, kind="answers", at=since)


def test_where_actions_kept_their_edges_nothing_changes():
    keep_edges()
    before = list(Edge.objects.values())
    assert rebuild() == ["0 edges changed, 2 were as the rows say."]
    assert list(Edge.objects.values()) == before


def test_lost_edges_are_opened_with_the_moment_of_their_row():
    assert rebuild() == [
        "opened: reforms.reform:1 -answers-> mandates.clause:1",
        "opened: reforms.reform:1 -answers-> mandates.clause:2",
        "2 edges changed, 0 were as the rows say.",
    ]
    assert open_edges() == ROWS


def test_edges_no_row_makes_are_closed_and_not_removed(rooms):
    keep_edges()
    del rooms[0]
    assert rebuild()[0] == "closed: reforms.reform:1 -answers-> mandates.clause:1"
    assert open_edges() == ROWS[1:]
    assert Edge.objects.get(dst="mandates.clause:1").until is not None


def test_an_edge_dated_otherwise_takes_the_date_of_its_row(rooms):
    keep_edges()
    rooms[0] = (*ROWS[0][:2], TUESDAY)
    assert rebuild()[0] == "dated anew: reforms.reform:1 -answers-> mandates.clause:1"
    assert open_edges()[0][2] == TUESDAY


def test_an_edge_told_twice_holds_since_the_earlier_moment(rooms):
    rooms.append((*ROWS[1][:2], MONDAY))
    rebuild()
    assert open_edges() == [ROWS[0], (*ROWS[1][:2], MONDAY)]


def test_edges_of_a_kind_nobody_offers_are_left_alone():
    link(by=SYSTEM, src="a.b:1", dst="a.b:2", kind="of another kind", at=MONDAY)
    keep_edges()
    assert rebuild() == ["0 edges changed, 2 were as the rows say."]


def test_trying_changes_nothing_and_fails_if_anything_would():
    with pytest.raises(CommandError, match="2 edges are not as the rows say"):
        rebuild("--try")
    assert open_edges() == []
    keep_edges()
    assert rebuild("--try") == ["0 edges changed, 2 were as the rows say."]


def test_only_the_first_changes_are_listed(rooms):
    rooms[:] = [("reforms.reform:1", f"mandates.clause:{n:02}", MONDAY) for n in range(25)]
    said = rebuild()
    assert len(said) == 22
    assert said[20] == "… and 5 more"


def test_the_number_of_queries_does_not_grow_with_the_edges(rooms, django_assert_max_num_queries):
    rooms[:] = [("reforms.reform:1", f"mandates.clause:{n}", MONDAY) for n in range(300)]
    with django_assert_max_num_queries(6):
        rebuild()

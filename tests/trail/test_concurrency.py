"""Many writers at once: no number twice, no gap, and one book never waits for another."""

import threading
from collections.abc import Callable, Iterator

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction

from minhu.trail import bridge
from minhu.trail.actions import link, record_many
from minhu.trail.models import Edge, Entry, Head
from minhu.trail.states import SYSTEM, Deed
from tests.factories.trail import MORNING, OFFICER, write

pytestmark = pytest.mark.usefixtures("database")
ON_POSTGRESQL = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite has one writer at a time"
)
PATIENCE = 30


@pytest.fixture
def database(transactional_db, tmp_path) -> Iterator[None]:
    """The test's own PostgreSQL; for SQLite a file, because its tables in memory know no waiting writer."""
    if connection.vendor == "postgresql":
        yield
        return
    in_memory, options = connections["default"], connections.settings["default"]
    name, options["NAME"] = options["NAME"], tmp_path / "minhu.sqlite3"
    connections["default"] = connections.create_connection("default")
    try:
        call_command("migrate", "trail", verbosity=0)
        yield
        connection.close()
    finally:
        connections["default"], options["NAME"] = in_memory, name


def at_once(*deeds: Callable[[], object]) -> None:
    """Run deeds in threads that start together; the first error any of them met is raised."""
    errors: list[BaseException] = []
    start = threading.Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> None:
        try:
            start.wait(PATIENCE)
            deed()
        except BaseException as wrong:
            errors.append(wrong)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads)
    if errors:
        raise errors[0]


def writers() -> int:
    """How many write at once: SQLite has one writer, so fewer will do."""
    return 8 if connection.vendor == "postgresql" else 3


def test_writers_of_one_book_leave_no_gap_and_no_number_twice():
    each = 15

    def clerk() -> None:
        for hour in range(each):
            write(hour=hour)

    at_once(*[clerk] * writers())
    total = each * writers()
    assert list(Entry.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, total + 1))
    assert bridge.verify() == bridge.Verdict((), 1, total)


def test_writers_who_begin_a_book_together_begin_one():
    at_once(*[lambda: write("reform:new")] * writers())
    assert Head.objects.get().seq == writers()
    assert bridge.verify().faults == ()


def test_single_and_many_entries_mix():
    def many() -> None:
        record_many(Deed(SYSTEM, "x.y", "x:1", f"b-{n % 4}", MORNING) for n in range(40))

    def singles() -> None:
        for n in (3, 2, 1, 0):
            write(f"b-{n}")

    at_once(*[many, singles] * (writers() // 2))
    assert bridge.verify() == bridge.Verdict((), 4, 44 * (writers() // 2))


def test_an_edge_opened_by_many_is_opened_once():
    edge = {"by": OFFICER, "src": "a:1", "dst": "b:1", "kind": "answers", "at": MORNING}
    at_once(*[lambda: link(**edge)] * writers())
    assert Edge.objects.count() == 1


@ON_POSTGRESQL
def test_a_book_does_not_wait_for_another():
    write("reform:slow")
    write("reform:quick")
    held, done = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            write("reform:slow")
            held.set()
            assert done.wait(PATIENCE), "the other book waited for this one"

    def quick() -> None:
        assert held.wait(PATIENCE)
        write("reform:quick")
        write("reform:third")
        done.set()

    at_once(slow, quick)
    assert bridge.verify().faults == ()


@ON_POSTGRESQL
def test_a_writer_of_the_same_book_waits_and_comes_next():
    write("reform:r-1")
    held, waited = threading.Event(), []

    def first() -> None:
        with transaction.atomic():
            write("reform:r-1")
            held.set()
            waited.append(not second_done.wait(0.3))

    def second() -> None:
        assert held.wait(PATIENCE)
        write("reform:r-1", deed="reforms.second")
        second_done.set()

    second_done = threading.Event()
    at_once(first, second)
    assert waited == [True]
    assert Entry.objects.get(deed="reforms.second").seq == 3


def test_a_verification_sees_one_moment_while_others_write():
    """Verify runs again and again beside a writer: a deed half seen would look like a forgery."""
    write()
    stop = threading.Event()
    verdicts = []

    def clerk() -> None:
        for hour in range(40):
            write(hour=hour)
        stop.set()

    def inspector() -> None:
        while not stop.is_set():
            verdicts.append(bridge.verify().faults)

    at_once(clerk, inspector)
    assert set(verdicts) == {()}

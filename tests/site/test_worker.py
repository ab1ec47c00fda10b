"""The worker as its own process: killed and restarted, told to end, several at once; the mail server down."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import OperationalError, connection, connections
from django.utils import timezone

from minhu.cases.models import Case, Effect, PersonalDatum, Timer
from minhu.people.models import Notice
from minhu.rulebook.models import Limit
from minhu.rulebook.queries import Missing
from minhu.site.management.commands.worker import digests, erasures, seconds
from minhu.site.worker.loop import Worker
from tests.factories.cases import REQUEST, do, doer, open_one
from tests.factories.outbox import NOTICED, RATED, TIMED, lay_house
from tests.postgresql import free_port
from tests.smtp import mail_server

pytestmark = pytest.mark.usefixtures("database")
OFFICE, HOST = doer("office", "office"), doer("host")
PATIENCE = 30
MINHU = Path(sys.executable).parent / "minhu"


@pytest.fixture(scope="module")
def migrated(tmp_path_factory) -> Path:
    """Where an embedded database with all tables is kept for the tests of this file."""
    return tmp_path_factory.mktemp("migrated") / "minhu.sqlite3"


@pytest.fixture
def database(transactional_db, tmp_path, migrated) -> Iterator[None]:
    """A database that other processes see: the test's own PostgreSQL, or a file."""
    if connection.vendor == "postgresql":
        yield
        return
    in_memory, options = connections["default"], connections.settings["default"]
    name = options["NAME"]
    try:
        if not migrated.exists():
            use(migrated)
            call_command("migrate", verbosity=0)
            connection.close()
        shutil.copy(migrated, tmp_path / "minhu.sqlite3")
        use(tmp_path / "minhu.sqlite3")
        yield
        connection.close()
    finally:
        connections["default"], options["NAME"] = in_memory, name


def use(file: Path) -> None:
    """Go on with the database in a file."""
    connections.settings["default"]["NAME"] = file
    connections["default"] = connections.create_connection("default")


def environment(tmp_path: Path, **more: str) -> dict[str, str]:
    """The environment in which another process finds the database of this test."""
    options = connection.settings_dict
    if connection.vendor == "postgresql":
        url = f"postgresql://{options['USER']}@{options['HOST']}:{options['PORT']}/{options['NAME']}"
    else:
        url = f"sqlite:///{options['NAME']}"
    # Digests of the real day would be no part of what is tried here.
    return {
        **os.environ,
        "MINHU_DATABASE_URL": url,
        "MINHU_VAR": str(tmp_path),
        "MINHU_DIGEST_HOUR": "24",
        **more,
    }


@pytest.fixture
def start(tmp_path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts `minhu worker` with options; whatever still runs at the end is killed."""
    running: list[subprocess.Popen[str]] = []

    def run(*options: str, **more: str) -> subprocess.Popen[str]:
        words = [str(MINHU), "worker", *options]
        running.append(subprocess.Popen(words, env=environment(tmp_path, **more), stdout=subprocess.PIPE,
                                        stderr=subprocess.STDOUT, text=True))  # fmt: skip
        return running[-1]

    yield run
    for process in running:
        process.kill()
        process.wait()
        assert process.stdout
        process.stdout.close()


def wait_for(holds: Callable[[], bool]) -> None:
    """Until it holds."""
    until = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < until, "it never came to hold"
        time.sleep(0.05)


def dispatched(count: int = 1) -> None:
    """Requests given to their host, each with a notice to be sent."""
    for _n in range(count):
        number = open_one(OFFICE, at=timezone.now()).number
        do(OFFICE, number, "dispatch", assigns={"host": ["host"]}, at=timezone.now())


def waiting() -> int:
    """Effects nobody has carried out."""
    return Effect.objects.filter(state="waiting").count()


# -- as a process -----------------------------------------------------------------------------------------
def test_it_works_until_it_is_told_to_end(start):
    lay_house(NOTICED)
    worker = start("--every", "0.1")
    dispatched()
    wait_for(lambda: waiting() == 0)
    worker.send_signal(signal.SIGTERM)
    said, _none = worker.communicate(timeout=PATIENCE)
    assert worker.returncode == 0
    [line] = said.splitlines()
    assert " timers=0 refused=0 done=1 put_off=0 given_up=0 papers_fetched=0" in line
    assert Notice.objects.count() == 1


def test_killed_and_started_again_it_loses_and_doubles_nothing(start):
    lay_house(NOTICED)
    dispatched(60)
    first = start("--every", "0.1")
    wait_for(lambda: Notice.objects.count() >= 5)
    first.kill()
    first.communicate()
    left = waiting()
    second = start("--once")
    assert second.wait(PATIENCE) == 0
    assert left > 0, "the first worker had done everything before it was killed"
    texts = Counter(Notice.objects.values_list("text", flat=True))
    assert (len(texts), set(texts.values()), waiting()) == (60, {1}, 0)


def test_values_go_when_their_time_is_over_and_not_before():
    lay_house(REQUEST)
    open_one(OFFICE, values={"title": "路灯不亮", "phone": "138"})
    datum = PersonalDatum.objects.get()
    last = datetime.combine(datum.keep_until, time_of_day(12), tzinfo=timezone.get_current_timezone())
    assert erasures(last, lambda: True) == {}
    assert erasures(last + timedelta(days=1), lambda: False) == {}
    assert erasures(last + timedelta(days=1), lambda: True) == {"values_erased": 1}
    datum.refresh_from_db()
    assert datum.value == ""


def test_two_workers_at_once_do_each_thing_once(start):
    lay_house(NOTICED)
    dispatched(60)
    both = [start("--once"), start("--once")]
    said = [process.communicate(timeout=PATIENCE)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    texts = Counter(Notice.objects.values_list("text", flat=True))
    assert (len(texts), set(texts.values()), waiting()) == (60, {1}, 0)


def test_two_workers_let_a_timer_run_out_once(start):
    lay_house(TIMED)
    dispatched(10)
    Timer.objects.update(due_at=timezone.now())
    both = [start("--once"), start("--once")]
    said = [process.communicate(timeout=PATIENCE)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0], said
    assert set(Case.objects.values_list("rev", flat=True)) == {3}
    assert Timer.objects.filter(state="fired", error="").count() == 10


def test_it_ends_with_the_process_that_started_it(tmp_path):
    lay_house()
    words = f"""
import os, subprocess, time
command = [{str(MINHU)!r}, "worker", "--parent", str(os.getpid())]
print(subprocess.Popen(command, stdout=-3, stderr=-3).pid, flush=True)
time.sleep(60)
"""
    python = [sys.executable, "-c", words]
    with subprocess.Popen(python, env=environment(tmp_path), stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        worker = int(parent.stdout.readline())
        assert is_running(worker)
        parent.kill()
    wait_for(lambda: not is_running(worker))


def is_running(pid: int) -> bool:
    """Whether a process works (one that ended and was not fetched does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_mail_server_down_retried_given_up_retried_by_hand_and_delivered(start, client_as):
    lay_house(RATED)
    Limit.objects.filter(code="worker.attempts").update(value=3)
    number = open_one(OFFICE, values={"title": "路灯不亮", "phone": "author@example.org"}).number
    do(OFFICE, number, "dispatch", assigns={"host": ["host"]})
    do(HOST, number, "answer", {"result": "已修好"})
    do(OFFICE, number, "close")
    port = free_port()
    url = f"smtp://127.0.0.1:{port}"
    for attempt in range(1, 4):
        Effect.objects.update(next_at=timezone.now())
        assert start("--once", MINHU_EMAIL_URL=url).wait(PATIENCE) == 0
        assert Effect.objects.get().attempts == attempt
    effect = Effect.objects.get()
    assert (effect.state, effect.error.split(":")[0]) == ("dead", "ConnectionRefusedError")
    with mail_server(port) as server:
        assert start("--once", MINHU_EMAIL_URL=url).wait(PATIENCE) == 0
        assert server.mails == []
        assert client_as("office").post(f"/cases/letters/effects/{effect.pk}/retry/").status_code == 302
        assert start("--once", MINHU_EMAIL_URL=url).wait(PATIENCE) == 0
        assert [mail["X-To"] for mail in server.mails] == ["author@example.org"]
        assert start("--once", MINHU_EMAIL_URL=url).wait(PATIENCE) == 0
        assert len(server.mails) == 1
    assert Effect.objects.get().state == "done"


# -- round by round ---------------------------------------------------------------------------------------
def worker_of(*jobs) -> tuple[Worker, list[str]]:
    """A worker of some jobs, and what it says."""
    said: list[str] = []
    return Worker(jobs, said.append, every=0.01), said


def test_one_job_that_fails_stops_no_other_and_is_told():
    def missing(at, goes_on):
        raise Missing("worker.attempts", at.date())

    def broken(at, goes_on):
        raise ZeroDivisionError

    worker, said = worker_of(missing, broken, lambda at, goes_on: {"done": 1})
    assert not worker.round()
    assert ["worker.attempts" in said[0], "a job failed" in said[1], "done=1" in said[2]] == [True] * 3


def test_idle_rounds_are_told_only_on_request():
    worker, said = worker_of(lambda at, goes_on: {"done": 0})
    assert worker.round()
    assert said == []
    worker.talks = True
    worker.round()
    assert "done=0 seconds=0.0" in said[0]


def test_a_database_that_went_away_is_told_and_asked_again():
    answers = iter([OperationalError("server closed the connection"), None])

    def job(at, goes_on):
        if wrong := next(answers):
            raise wrong
        return {"done": 1}

    worker, said = worker_of(job)
    assert [worker.round(), worker.round()] == [False, True]
    assert "database: OperationalError: server closed the connection" in said[0]
    assert "done=1" in said[1]


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="an embedded database does not go away")
def test_a_connection_cut_by_the_server_is_taken_anew():
    def job(at, goes_on):
        return {"cases": Case.objects.count() + 1}

    worker, said = worker_of(job)
    assert worker.round()
    with connection.cursor() as cursor, pytest.raises(OperationalError):
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    assert [worker.round(), worker.round()][-1]
    assert "cases=1" in said[-1]


def test_a_signal_ends_it_before_the_next_piece():
    pieces: list[int] = []

    def job(at, goes_on):
        while goes_on():
            pieces.append(1)
            if len(pieces) == 3:
                os.kill(os.getpid(), signal.SIGTERM)
        return {"done": len(pieces)}

    before = signal.getsignal(signal.SIGTERM)
    worker, said = worker_of(job)
    worker.run()
    assert len(pieces) == 3
    assert "done=3" in said[0]
    assert signal.getsignal(signal.SIGTERM) == before


def test_mails_wait_for_their_hour(settings):
    lay_house()
    at = timezone.localtime().replace(hour=6, minute=59)
    settings.MINHU_DIGEST_HOUR = 7
    assert digests(at, lambda: True) == {}
    assert digests(at.replace(hour=7), lambda: True) == {"mails": 0, "mails_failed": 0}


def test_once_fails_where_something_could_not_be_done(capsys):
    with pytest.raises(CommandError, match="not everything could be done"):
        call_command("worker", "--once")
    assert "worker.attempts" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["0", "-1", "x", "3601"])
def test_a_wait_that_is_none_is_refused(text):
    with pytest.raises(Exception, match="seconds between"):
        seconds(text)


def test_a_wait_is_read():
    assert seconds("0.5") == 0.5

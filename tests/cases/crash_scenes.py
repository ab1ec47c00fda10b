"""Scenes of a crash: a process is killed at its n-th statement, started again, and everything is counted."""

import os
import signal
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from minhu.cases.bridge.folding import verify_cases
from minhu.cases.models import Case, Command, Effect, Rating, Timer
from minhu.cases.queries import libpq
from minhu.cases.states import Done
from minhu.cases.tasks import one_round
from minhu.packs.kinds import EffectSpec
from minhu.people.models import Notice
from minhu.trail import bridge
from minhu.trail.models import Entry
from tests.factories.cases import NOW, REQUEST, do, doer, open_one
from tests.factories.outbox import ANSWER, JOINT, TIMED, lay_house

OFFICE, HOST = doer("office", "office"), doer("host")
LATER = NOW + timedelta(days=30)
EFFECTS = {
    "dispatch": (
        EffectSpec("notice", to="host", text="有新任务：{title}"),
        EffectSpec("open", of="answer", each="host", gets="host", copies=("title",)),
    ),
    "close": (EffectSpec("rating"),),
}
WHOLE = replace(TIMED, step=tuple(replace(step, effect=EFFECTS.get(step.code, ())) for step in TIMED.step))
"""REQUEST with everything a deed may set going: a clock, a timer, a notice, another case, a rating."""
RATED = replace(REQUEST, code="rated", step=tuple(
    replace(step, effect=(EffectSpec("rating"),) if step.code == "close" else ()) for step in REQUEST.step
))  # fmt: skip
MOST = 5000


@dataclass
class Found:
    """How many boundaries were tried, what was lost and doubled; `notes`: the first of each in words."""

    boundaries: dict[str, int] = field(default_factory=dict)
    lost: int = 0
    doubled: int = 0
    notes: list[str] = field(default_factory=list)

    def expect(self, what: str, seen: int, wanted: int) -> None:
        """Count too few as lost, too many as doubled."""
        self.lost += seen < wanted
        self.doubled += seen > wanted
        if seen != wanted and len(self.notes) < 10:
            self.notes.append(f"{what}: {seen} instead of {wanted}")


# -- the killing ------------------------------------------------------------------------------------------
def killed_at(boundary: int, deed: Callable[[], object]) -> bool:
    """Run a deed in a process that kills itself at a boundary; False if it ended before coming there."""
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        try:
            arm(boundary)
            deed()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(2)
    _pid, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0, "the deed failed by itself"
    return False


def arm(boundary: int) -> None:
    """Die at the n-th boundary: before every statement sent to the database, and after every commit."""
    left = count(boundary, -1)

    def burn() -> None:
        if next(left) == 1:
            os.kill(os.getpid(), signal.SIGKILL)

    def burn_and(do: Callable[..., Any], *said: Any) -> Any:
        burn()
        return do(*said)

    def commit() -> None:
        committed()
        burn()

    connection.ensure_connection()
    committed = connection._commit
    connection._commit = commit
    if connection.vendor == "sqlite":
        # The library itself tells of every statement, begin and commit among them.
        connection.connection.set_trace_callback(lambda _sql: burn())
        return
    connection.execute_wrappers.append(burn_and)
    real = libpq.send
    libpq.send = partial(burn_and, real)  # type: ignore[assignment]
    connection._commit = partial(burn_and, commit)


def each_boundary(
    found: Found, name: str, step: int, scene: Callable[[], Any], deed: Callable[[Any], object]
) -> Iterator[Any]:
    """Every scene with its deed killed at one boundary more; the last one ran to its end."""
    for boundary in range(1, MOST, step):
        here = scene()
        killed = killed_at(boundary, lambda: deed(here))  # noqa: B023 (called within this turn)
        found.boundaries[name] = found.boundaries.get(name, 0) + killed
        yield here
        if not killed:
            return
    raise AssertionError(f"{name}: more than {MOST} boundaries")


# -- deeds ------------------------------------------------------------------------------------------------
@dataclass
class Deed:
    """A deed about to be done: under which key, on which case, in which revision."""

    key: str
    number: str
    rev: int
    do: Callable[[], Done]


KEYS = count()
STEPS = ("dispatch", "answer", "close")


def effects_of(steps: Sequence[str]) -> int:
    """How many effects some steps have."""
    return sum(len(EFFECTS.get(step, ())) for step in steps)


def opening() -> Deed:
    """A case about to be opened."""
    key = f"crash-{next(KEYS)}"
    values = {"title": key, "phone": "13800000000", "amount": "12.5"}
    return Deed(key, "", 0, lambda: open_one(OFFICE, values=values, key=key))


def step_of(name: str) -> Deed:
    """A case brought before one of its steps."""
    number, key = open_one(OFFICE).number, f"crash-{next(KEYS)}"
    steps: dict[str, Callable[..., Done]] = {
        "dispatch": lambda **more: do(OFFICE, number, "dispatch", assigns={"host": ["host"]}, **more),
        "answer": lambda **more: do(HOST, number, "answer", {"result": "好"}, **more),
        "close": lambda **more: do(OFFICE, number, "close", **more),
    }
    for before, go in steps.items():
        if before == name:
            return Deed(key, number, 1 + STEPS.index(name), lambda: steps[name](key=key))
        go()
    raise LookupError(name)


def try_deeds(found: Found, step: int) -> None:
    """Every boundary of four deeds."""
    scenes: dict[str, Callable[[], Deed]] = {"open": opening}
    scenes |= {name: lambda name=name: step_of(name) for name in STEPS}  # type: ignore[misc]
    for name, scene in scenes.items():
        for deed in each_boundary(found, name, step, scene, lambda deed: deed.do()):
            settle(found, name, deed)


def settle(found: Found, name: str, deed: Deed) -> None:
    """After the crash all of it is there or nothing; done again, it is there once and answered alike."""
    kept = Command.objects.filter(key=deed.key).first()
    if deed.number:
        case = Case.objects.get(number=deed.number)
        told = Entry.objects.filter(book=case.book).count()
        found.expect(f"{name}: entries after the crash", told, case.rev)
        done = STEPS[: case.rev - 1]
        found.expect(f"{name}: effects after the crash", case.effects.count(), effects_of(done))
        found.expect(f"{name}: kept with its answer", bool(kept), case.rev == deed.rev + 1)
    answer = deed.do()
    if kept:
        found.expect(f"{name}: the same answer", answer.repeated and answer.rev == kept.response["rev"], True)
    found.expect(f"{name}: commands", Command.objects.filter(key=deed.key).count(), 1)
    case = Case.objects.get(number=answer.number)
    found.expect(f"{name}: revision", case.rev, answer.rev)
    found.expect(f"{name}: entries", Entry.objects.filter(book=case.book).count(), answer.rev)
    if name == "open":
        found.expect("open: cases", Case.objects.filter(title=deed.key).count(), 1)


# -- the worker -------------------------------------------------------------------------------------------
@dataclass
class Work:
    """What waits for the worker: a dispatched case, an answered question, two ratings, a timer."""

    request: str
    question: str
    told: str
    mailed: str


def work() -> Work:
    """Everything a round does, waiting."""
    question = open_one(OFFICE, "joint", {"title": "停车难"}, {"hosts": ["host", "other"]}).number
    do(OFFICE, question, "send")
    one_round(at=NOW)
    child = Case.objects.filter(parent__number=question).order_by("pk")[0]
    do(HOST, child.number, "reply", {"reply": "好"})
    request = open_one(OFFICE).number
    do(OFFICE, request, "dispatch", assigns={"host": ["host"]})
    Timer.objects.filter(case__number=request).update(due_at=NOW)
    told, mailed = closed({"title": "甲"}), closed({"title": "乙", "phone": "author@example.org"})
    return Work(request, question, told, mailed)


def closed(values: dict[str, object]) -> str:
    """A case that asks for a rating."""
    number = open_one(OFFICE, "rated", values).number
    do(OFFICE, number, "dispatch", assigns={"host": ["host"]})
    do(HOST, number, "answer", {"result": "好"})
    do(OFFICE, number, "close")
    return number


def try_worker(found: Found, step: int, mails: Path) -> None:
    """Every boundary of a round; the next worker finishes what is left."""
    for here in each_boundary(found, "worker", step, work, lambda _here: one_round(at=NOW)):
        one_round(at=LATER)
        count_work(found, here, mails)


def count_work(found: Found, here: Work, mails: Path) -> None:
    """Everything happened once; a letter at least once, under one name."""
    open_effects = Effect.objects.exclude(state="done").count()
    found.expect("effects left", -open_effects, 0)  # too few are done: lost
    found.expect("notices", Notice.objects.filter(text__contains=here.request).count(), 1)
    found.expect("cases opened", Case.objects.filter(parent__number=here.request).count(), 1)
    found.expect("timer", Case.objects.get(number=here.request).rev, 3)
    found.expect("answers heard", Case.objects.get(number=here.question).rev, 3)
    for number in (here.told, here.mailed):
        found.expect("ratings", Rating.objects.filter(case__number=number).count(), 1)
    kept = Effect.objects.get(case__number=here.told, kind="rating").result or {}
    found.expect("link kept", len(kept.get("token", "")) > 0, True)
    names = [name for file in mails.iterdir() for name in message_ids(file) if here.mailed in name]
    found.expect("letters", min(len(names), 1), 1)
    found.expect("names of letters", len(set(names)), 1)


def message_ids(file: Path) -> list[str]:
    """The names of the mails in a file."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.lower().startswith("message-id:")]


# -- all of it --------------------------------------------------------------------------------------------
def run(folder: str, step: int) -> dict[str, object]:
    """Lay the house, kill at every `step`-th boundary of deeds and of the worker, and verify."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = folder
    call_command("migrate", verbosity=0)
    lay_house(WHOLE, ANSWER, JOINT, RATED)
    found = Found()
    try_deeds(found, step)
    Effect.objects.update(state="done")
    Timer.objects.update(state="disarmed")
    try_worker(found, step, Path(folder))
    faults = [*map(bridge.words_of, bridge.verify().faults), *verify_cases()]
    return {
        "db": connection.vendor, "boundaries": found.boundaries, "lost": found.lost, "doubled": found.doubled,
        "faults": len(faults), "notes": [*found.notes, *faults[:5]],
    }  # fmt: skip

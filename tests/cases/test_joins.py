"""Departments that finish at once: no join is lost and none is made twice, and nobody clashes for nothing."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from minhu.cases.bridge.folding import verify_cases
from minhu.cases.models import Case, Command
from minhu.cases.states import CaseRefused, Done
from minhu.packs.kinds import FieldSpec, KindSpec, PlaceSpec, RoleSpec, StepSpec
from minhu.trail import bridge
from minhu.trail.models import Entry
from tests.factories.cases import KEYS, KindFactory, do, doer, lay_house, open_one

pytestmark = pytest.mark.django_db(transaction=True)
ON_POSTGRESQL = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite has one writer at a time"
)
PATIENCE, ROUNDS = 30, 50
THREE = ("a", "b", "c")
JOINT = KindSpec(
    code="joint",
    title="三家会办",
    summary="三家分头办，办齐了才结",
    headline="title",
    basis="测试",
    asks=("title",),
    field=(FieldSpec("title", "标题"), FieldSpec("words", "意见")),
    role=(RoleSpec("any", "承办", posts=("lead",)),),
    place=(
        PlaceSpec("start", "开始", "start"),
        *(PlaceSpec(f"at_{one}", f"{one}办", role="any") for one in THREE),
        *(PlaceSpec(f"did_{one}", f"{one}办完", "wait") for one in THREE),
        PlaceSpec("end", "办结", "end"),
    ),
    step=(
        StepSpec("split", ("start",), tuple(f"at_{one}" for one in THREE), on="auto"),
        *(
            StepSpec(f"do_{one}", (f"at_{one}",), (f"did_{one}",), f"{one}办", "any", asks=("words?",))
            for one in THREE
        ),
        StepSpec("join", tuple(f"did_{one}" for one in THREE), ("end",), on="auto"),
    ),
)
CLERK = doer("office")


@pytest.fixture(autouse=True)
def house():
    lay_house()
    KindFactory(made=JOINT)


def at_once(*deeds: Callable[[], Done]) -> list[Done | CaseRefused]:
    """Run deeds in threads that start together; what each answered, or was refused with."""
    found: list[Done | CaseRefused] = []
    errors: list[BaseException] = []
    start = threading.Barrier(len(deeds))

    def run(deed: Callable[[], Done]) -> None:
        try:
            start.wait(PATIENCE)
            found.append(deed())
        except CaseRefused as refused:
            found.append(refused)
        except BaseException as wrong:
            errors.append(wrong)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    if errors:
        raise errors[0]
    return found


def finishing(opened: Done, one: str) -> Callable[[], Done]:
    """A department about to finish, having seen the case as it was opened."""
    return lambda: do(CLERK, opened.number, f"do_{one}", {"words": one}, rev=opened.rev)


@ON_POSTGRESQL
def test_three_departments_that_finish_at_once_join_once():
    for _round in range(ROUNDS):
        opened = open_one(CLERK, "joint")
        # Each saw the same revision: none rests on what another did, so none is refused.
        answers = at_once(*[finishing(opened, one) for one in THREE])
        assert sorted(done.rev for done in answers) == [2, 3, 4]
        assert [done.end for done in sorted(answers, key=lambda done: done.rev)] == ["", "", "end"]
        case = Case.objects.get(number=opened.number)
        told = [e for entry in Entry.objects.filter(book=case.book) for e in entry.payload["events"]]
        assert (case.end, sum(event[:2] == ["fired", "join"] for event in told)) == ("end", 1)
    assert list(verify_cases()) == []
    assert bridge.verify().faults == ()


@ON_POSTGRESQL
def test_one_step_asked_by_many_at_once_is_done_once():
    number = open_one(CLERK, "joint").number
    answers = at_once(*[lambda: do(CLERK, number, "do_a", place="at_a", attempt=1)] * 6)
    assert sum(isinstance(one, Done) for one in answers) == 1
    assert {str(one.why) for one in answers if isinstance(one, CaseRefused)} == {"stale"}


@ON_POSTGRESQL
def test_one_key_sent_many_times_at_once_is_answered_alike():
    number, key = open_one(CLERK, "joint").number, f"once-{next(KEYS)}"
    answers = at_once(*[lambda: do(CLERK, number, "do_a", key=key)] * 6)
    assert {done.rev for done in answers} == {2}
    assert sum(not done.repeated for done in answers) == 1
    assert Command.objects.filter(key=key).count() == 1


@ON_POSTGRESQL
def test_one_opening_sent_many_times_at_once_opens_one_case():
    answers = at_once(*[lambda: open_one(CLERK, "joint", key="open-once")] * 6)
    assert {done.number for done in answers} == {"joint-2026-0001"}
    assert Case.objects.count() == 1
    assert open_one(CLERK, "joint").number == "joint-2026-0002"


def test_the_join_waits_for_the_last():
    number = open_one(CLERK, "joint").number
    assert [do(CLERK, number, f"do_{one}").end for one in THREE] == ["", "", "end"]

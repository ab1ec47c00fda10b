"""A confidential kind, its cases and their children: told to those who may see them, and to nobody else."""

import json

import pytest

from minhu.cases.models import Case, Rating
from minhu.packs.kinds import SpacingSpec
from minhu.people.models import Organisation
from minhu.people.states import Role
from tests.factories.api import V1, Program
from tests.factories.cases import (
    NOW,
    REQUEST,
    KindFactory,
    changed,
    do,
    doer,
    lay_house,
    open_one,
    with_step,
)

pytestmark = pytest.mark.django_db
SECRET = with_step(
    "dispatch",
    changed(
        REQUEST, code="secret", title="容错纠错", confidential=True, opens=("lead",), opened_by=("host",),
        readers=("supervisor",), spacing=(SpacingSpec("once", "同一标题", ("title",), "request.window"),),
    ),
    spaced=("once",),
)  # fmt: skip
TITLE, COURSE = "某干部失误", "决策经过"
HOST = doer("host")


@pytest.fixture(autouse=True)
def _house() -> None:
    lay_house()
    KindFactory()
    KindFactory(made=SECRET)


def program(role: Role, unit: str) -> Program:
    """A program of a post of one of the three departments."""
    return Program(role, Organisation.objects.get(code=unit))


@pytest.fixture
def number() -> str:
    """A confidential case of the host."""
    return open_one(HOST, "secret", {"title": TITLE}).number


OUTSIDE = [(Role.OFFICE, "office"), (Role.LEADER, "office"), (Role.AUDITOR, "other"), (Role.LEAD, "other")]
INSIDE = [(Role.LEAD, "host"), (Role.SUPERVISOR, "other"), (Role.AUDITOR, "host")]


def everything(mine: Program, number: str, parent: str) -> list[tuple[str, int, str]]:
    """What every address that could tell of a case answers."""
    asked = [
        "/kinds", "/kinds/secret", "/kinds/secret/bpmn", "/cases", "/cases?kind=secret",
        "/cases?place=triage", f"/cases?text={TITLE[:3]}", "/cases?sort=opened&size=1", f"/cases/{number}",
        f"/cases/{number}/events", f"/cases/{number}/papers/1/file", f"/cases/{parent}",
        f"/cases/{parent}/events", "/powers", "/cases?show=waits", "/cases?show=desk", "/cases?show=ended",
        f"/cases?office=host&text={number}",
    ]  # fmt: skip
    answers = [(address, mine.get(V1 + address)) for address in asked]
    return [(address, answer.status_code, answer.content.decode()) for address, answer in answers]


@pytest.fixture
def parent(number: str) -> str:
    """An open case of everybody, which the confidential one serves and which serves it in turn."""
    found = open_one(doer("office", "office"), values={"title": "公开事项"}).number
    Case.objects.filter(number=number).update(parent=Case.objects.get(number=found))
    return found


@pytest.mark.parametrize(("role", "unit"), OUTSIDE)
def test_whoever_may_not_see_it_reads_no_word_of_it(role: Role, unit: str, number: str, parent: str) -> None:
    mine = program(role, unit)
    found = everything(mine, number, parent)
    echo = f"/cases?office=host&text={number}"
    for address, status, text in found:
        # The next page of a list repeats the words of its own address; a refusal repeats its own number.
        if status == 200:
            assert [word for word in (TITLE, number, "secret", "容错") if word in text] == [], address
        if "secret" in address and "?" not in address:
            assert status == 404, address
    statuses = {address: status for address, status, _text in found}
    assert statuses[echo] == 200
    counts = {address: json.loads(text)["count"] for address, status, text in found
              if status == 200 and address.startswith("/cases?")}  # fmt: skip
    assert counts["/cases?kind=secret"] == 0
    assert counts[echo] == 0
    kinds = mine.read("/kinds")
    assert (kinds["count"], [one["code"] for one in kinds["items"]]) == (1, ["request"])
    assert mine.read("/cases")["count"] == (0 if role == Role.LEAD else 1)
    if role != Role.LEAD:
        assert mine.read(f"/cases/{parent}")["children"] == []


@pytest.mark.parametrize(("role", "unit"), INSIDE)
def test_whoever_may_see_it_reads_it(role: Role, unit: str, number: str, parent: str) -> None:
    mine = program(role, unit)
    assert mine.read(f"/cases/{number}")["title"] == TITLE
    assert mine.read("/kinds/secret")["open_cases"] == 1
    assert mine.read("/cases", kind="secret")["count"] == 1
    assert mine.read(f"/cases/{number}/events")["count"] == 1
    # Its parent is seen by reading posts; the host has no part in it.
    seen = mine.read(f"/cases/{number}")["parent"]
    assert (seen and seen["number"]) == (None if role == Role.LEAD else parent)
    if role != Role.LEAD:
        assert [one["number"] for one in mine.read(f"/cases/{parent}")["children"]] == [number]


@pytest.mark.parametrize(("role", "unit"), [one for one in OUTSIDE if one[0] != Role.AUDITOR])
def test_whoever_may_not_see_it_can_do_nothing_with_it(role: Role, unit: str, number: str) -> None:
    mine = program(role, unit)
    opening = {"kind": "secret", "values": {"title": "试探"}}
    refusals = [
        mine.refused("/cases", opening, status=404),
        mine.refused(f"/cases/{number}/steps/dispatch", {"assigns": {"host": ["other"]}}, status=404),
        mine.refused(f"/cases/{number}/places/triage/person", {"post": None}, status=404),
        mine.refused("/cases", {"kind": "request", "values": {"title": "灯"}, "parent": number}, status=422),
    ]
    ask = {"number": number, "step": "dispatch", "key": "key-number-1"}
    for kind in ("secret", "request"):
        (item,) = mine.do("/cases/many", {"kind": kind, "asks": [ask]}, key=None)["items"]
        refusals.append(item["error"])
    assert [word for word in (TITLE, "容错") for error in refusals if word in str(error)] == []
    # The same is said of a case that never was.
    never = mine.refused(
        "/cases/secret-2026-9999/steps/dispatch", {"assigns": {"host": ["other"]}}, status=404
    )
    assert refusals[1]["message"].replace(number, "secret-2026-9999") == never["message"]
    assert (Case.objects.count(), Case.objects.get().rev) == (1, 1)


def test_a_kind_near_by_name_is_not_offered(number: str) -> None:
    error = program(Role.OFFICE, "office").refused(
        "/cases", {"kind": "secre", "values": {"title": "灯"}}, status=404
    )  # fmt: skip
    assert "secret" not in str(error)


def test_a_case_too_close_is_not_named_to_whoever_does_not_see_it() -> None:
    KindFactory(made=changed(SECRET, code="hidden", opened_by=("host", "other")))
    first = open_one(doer("other"), "hidden", {"title": TITLE}).number
    second = open_one(HOST, "hidden", {"title": TITLE}).number
    Case.objects.get(number=second).parts.create(
        role="clerk", organisation_id=Organisation.objects.get(code="office").pk
    )
    mine = program(Role.OFFICE, "office")
    assert mine.get(f"{V1}/cases/{first}").status_code == 404
    error = mine.refused(f"/cases/{second}/steps/dispatch", {"assigns": {"host": ["host"]}}, status=422)
    assert (error["code"], first in str(error), TITLE in str(error)) == ("spacing", False, False)


def test_a_rating_of_it_tells_nothing_of_it(number: str) -> None:
    from minhu.cases.actions.rating import digest_of_token

    Rating.objects.create(case=Case.objects.get(), token_digest=digest_of_token("word"), asked_at=NOW)
    said = Program(None).do("/ratings", {"token": "word", "level": 4}, key=None, status=201)
    assert set(said) == {"level", "rated_at"}


def test_who_gets_a_part_sees_it_from_then_on(number: str) -> None:
    do(doer("office", "office"), number, "dispatch", assigns={"host": ["other"]})
    mine = program(Role.LEAD, "other")
    assert mine.read(f"/cases/{number}")["number"] == number
    assert mine.read("/kinds")["count"] == 2

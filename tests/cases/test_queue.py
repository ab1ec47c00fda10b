"""Queues: lights in SQL as in Python, what lies on whose desk, filters, and what a page costs."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from minhu.cases.models import Case
from minhu.cases.queries.lights import RANK, WORST_FIRST, Day, Facts, light_of, ranked, tone_of
from minhu.cases.queries.queue import Filters, Queue
from minhu.people.states import Role
from tests.factories.cases import NOW, REQUEST, KindFactory, changed, do, doer, open_one
from tests.factories.people import OrganisationFactory, make_reader
from tests.factories.rulebook import LimitFactory, lay_rulebook

DAY = Day(date(2026, 3, 31), date(2026, 4, 7))
CLERK, HOST = doer("office", "office"), doer("host")


@pytest.fixture
def house(db):
    lay_rulebook()
    LimitFactory(code="request.days", value=5)
    LimitFactory(code="personal.keep_months", value=12, unit="month")
    for code in ("office", "host", "other"):
        OrganisationFactory(code=code, short=code)
    KindFactory()


def unit(code: str):
    return OrganisationFactory._meta.model.objects.get(code=code)


def queue(role: Role, code: str, day: Day = DAY) -> Queue:
    """The queue of a new reader of an organisation."""
    return Queue(make_reader(role, unit(code)), day)


def titles(one: Queue, **filters: str) -> list[str]:
    """The titles of a queue in their order."""
    asked = Filters(**filters)
    return [row.case.title for row in one.rows(one.keys(one.matching(asked), asked))]


def dispatched(title: str, to: str = "host", **more) -> str:
    """A case on a desk."""
    number = open_one(CLERK, values={"title": title}, **more).number
    do(CLERK, number, "dispatch", assigns={"host": [to]}, **more)
    return number


@given(
    days=st.integers(-20, 20) | st.none(),
    is_held=st.booleans(),
    attempt=st.integers(1, 3),
)
def test_a_light_has_a_word_for_every_tone(days, is_held, attempt):
    due = DAY.on + timedelta(days=days) if days is not None else None
    facts = Facts(True, due, is_held, attempt, "办理（城管局）")
    light = light_of(facts, DAY)
    assert light.tone == tone_of(facts, DAY)
    assert light.word
    assert (light.tone == "red") == (due is not None and not is_held and due < DAY.on)


@pytest.mark.parametrize(("late_by", "tone", "word"), [(0, "done", "已办结"), (3, "red", "逾期3天办结")])
def test_a_closed_case_says_whether_it_was_late(late_by, tone, word):
    light = light_of(Facts(False, ended_on=date(2026, 3, 30), late_by=late_by), DAY)
    assert (light.tone, light.word, light.reason) == (tone, word, "2026年3月30日")


def test_the_database_ranks_as_the_light_does(house):
    for days in (30, 9, 8, 7, 2, 0):
        dispatched(f"{days}天前", at=NOW - timedelta(days=days))
    number = dispatched("退回的")
    do(HOST, number, "answer", {"result": "好了"})
    do(CLERK, number, "redo")
    one = queue(Role.OFFICE, "office")
    rows = one.rows(Case.objects.values_list("pk", flat=True))
    told = {row.case.pk: RANK[row.light.tone] for row in rows}
    assert dict(ranked(Case.objects.all(), DAY).values_list("pk", "rank")) == told
    assert len(set(told.values())) == 3


def test_desk_waits_open_and_ended_hold_each_case_once(house):
    mine = dispatched("在办")
    open_one(CLERK, values={"title": "待派"})
    done = dispatched("已结")
    do(HOST, done, "answer", {"result": "好了"})
    do(CLERK, done, "close")
    host, office = queue(Role.LEAD, "host"), queue(Role.OFFICE, "office")
    assert titles(host, show="desk") == ["在办"]
    assert titles(host, show="ended") == ["已结"]
    assert titles(office, show="desk") == ["待派"]
    assert titles(office, show="waits") == ["在办"]
    assert sorted(titles(office, show="open")) == ["在办", "待派"]
    do(HOST, mine, "answer", {"result": "好了"})
    assert titles(host, show="waits") == ["在办"]
    assert queue(Role.LEAD, "other").counts() == dict.fromkeys(("desk", "waits", "open", "ended"), 0)


def test_an_office_that_the_kind_names_waits_only_for_what_it_had(house):
    role = tuple(replace(one, organisation="other") if one.code == "clerk" else one for one in REQUEST.role)
    KindFactory(made=changed(code="named", title="定点", role=role))
    named = open_one(HOST, "named", {"title": "定点件"}).number
    host, other = queue(Role.LEAD, "host"), queue(Role.OFFICE, "other")
    assert (titles(host, show="waits"), titles(other, show="desk")) == (["定点件"], ["定点件"])
    do(doer("other", "office"), named, "dispatch", assigns={"host": ["host"]})
    assert (titles(host, show="desk"), titles(other, show="waits")) == (["定点件"], ["定点件"])


def test_the_most_pressing_come_first(house):
    for days in (0, 30, 2):
        dispatched(f"{days}", at=NOW - timedelta(days=days))
    assert titles(queue(Role.LEAD, "host"), show="desk") == ["30", "2", "0"]


def test_filters_narrow_by_kind_place_office_light_and_words(house):
    KindFactory(made=changed(code="other", title="另一类"))
    dispatched("路灯", at=NOW - timedelta(days=30))
    dispatched("井盖", to="other")
    open_one(CLERK, "other", {"title": "另一件"})
    one = queue(Role.OFFICE, "office")
    assert titles(one, show="open", kind="other") == ["另一件"]
    assert titles(one, show="open", place="work", office="other") == ["井盖"]
    assert titles(one, show="open", light="red") == ["路灯"]
    assert titles(one, show="open", text="盖 井") == ["井盖"]
    assert one.tones(one.matching(Filters(show="open"))) == {"red": 1, "yellow": 0, "blue": 1, "off": 1}
    assert {code for code, _title in one.kinds} == {"request", "other"}
    assert dict(one.places("request"))["work"] == "办理"


def test_a_row_tells_hand_offs_age_and_the_basis(house):
    number = dispatched("路灯", at=NOW - timedelta(days=3))
    row = queue(Role.LEAD, "host").rows([Case.objects.get(number=number).pk])[0]
    assert (row.age, row.where, row.offices, row.clock.limit) == (3, "办理", "host", "request.days")


@pytest.mark.parametrize("role", Role)
def test_no_tone_is_left_out_of_the_counts(house, role):
    dispatched("路灯")
    one = queue(role, "host")
    tones = one.tones(one.shown("open"))
    assert (list(tones), sum(tones.values())) == (list(WORST_FIRST), 1)


def test_a_page_costs_three_queries_for_its_rows(house):
    for n in range(5):
        dispatched(str(n))
    one = queue(Role.LEAD, "host")
    keys = list(Case.objects.values_list("pk", flat=True))
    with CaptureQueriesContext(connection) as asked:
        assert len(one.rows(keys)) == 5
    assert len(asked) == 3

"""The matrix of powers: own duties, what was handed down, what stays with the line, open cases."""

from datetime import date

import pytest

from minhu.cases.queries.matrix import lines_of, matrix_of, powers_for, titles_of_matters
from minhu.people.states import Role
from tests.factories.cases import KindFactory, PowerFactory, changed, do, doer, open_one
from tests.factories.people import OrganisationFactory, make_reader
from tests.factories.rulebook import LimitFactory, lay_rulebook

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 31)


@pytest.fixture(autouse=True)
def powers():
    lay_rulebook()
    LimitFactory(code="request.days", value=5)
    units = {code: OrganisationFactory(code=code, short=code) for code in ("office", "city")}
    units |= {code: OrganisationFactory(code=code, short=code, kind="street") for code in ("east", "west")}
    PowerFactory(matter="waste", title="垃圾", line=units["city"], place=units["east"])
    PowerFactory(matter="quarrel", title="纠纷", line=units["west"], place=units["west"])
    PowerFactory(matter="food", title="食品", line=units["city"], place=units["city"])
    PowerFactory(matter="old", title="旧", line=units["city"], place=units["east"], ends_on=date(2025, 1, 1))
    return units


def test_cells_tell_who_answers_where(powers):
    table = matrix_of(make_reader(Role.LEADER), ON)
    assert [place.code for place in table.places] == ["east", "west"]
    told = {row.matter: [cell.how for cell in row.cells] for row in table.rows}
    assert told == {"waste": ["given", "kept"], "quarrel": ["kept", "own"], "food": ["kept", "kept"]}
    lines = {row.matter: [line.code for line in row.lines] for row in table.rows}
    assert lines == {"waste": ["city"], "quarrel": [], "food": ["city"]}
    assert table.given == 1


def test_filters_by_line_and_word(powers):
    reader = make_reader(Role.LEADER)
    assert {row.matter for row in matrix_of(reader, ON, line="city").rows} == {"waste", "food"}
    assert [row.matter for row in matrix_of(reader, ON, text="纠").rows] == ["quarrel"]
    assert lines_of(ON) == [("city", "city"), ("west", "west")]


def test_open_cases_are_counted_where_they_lie(powers):
    KindFactory(made=changed(matter="level", assigns=()))
    clerk = doer("office", "office")
    number = open_one(clerk, values={"title": "投放点", "level": "high"}).number
    do(clerk, number, "dispatch", assigns={"host": ["city"]})
    PowerFactory(matter="high", title="重大", line=powers["city"], place=powers["east"])
    row = next(row for row in matrix_of(make_reader(Role.LEADER), ON).rows if row.matter == "high")
    assert (row.open_at_line, [cell.open for cell in row.cells]) == (1, [0, 0])
    hidden = next(row for row in matrix_of(make_reader(Role.LEAD), ON).rows if row.matter == "high")
    assert hidden.open_at_line == 0


def test_who_may_be_given_a_matter(powers):
    assert [power.place.code for power in powers_for("waste", ON)] == ["east"]
    assert powers_for("old", ON) == []
    assert titles_of_matters(["waste", "none"]) == [("waste", "垃圾"), ("none", "none")]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_says_the_same_on_a_phone(client_as, powers, language):
    client = client_as(Role.LEADER)
    client.cookies["django_language"] = language
    page = client.get("/cases/powers/").content.decode()
    assert page.count("赋权清单") >= 3
    assert '<ul class="list narrow-list">' in page


def test_without_powers_the_page_says_what_to_do(client_as, powers):
    from minhu.cases.models import Power

    Power.objects.all().delete()
    assert "powers.csv" in client_as(Role.LEADER).get("/cases/powers/").content.decode()

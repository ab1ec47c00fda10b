"""The page of what could not be delivered, its duty on the desk, and the link that is handed over once."""

import pytest
from django.urls import reverse

from minhu.cases.models import Case, Effect, Timer
from minhu.cases.tasks import Round, one_round
from minhu.people.models import Organisation
from minhu.people.states import Role
from minhu.trail.models import Entry
from minhu.ui import offers
from tests.factories.cases import NOW, changed, do, doer, open_one
from tests.factories.outbox import NOTICED, RATED, TIMED, lay_house
from tests.roles import check_roles

pytestmark = pytest.mark.django_db
OFFICE, HOST = doer("office", "office"), doer("host")
PAGE = "/cases/letters/"


def office() -> Organisation:
    """The office that opens cases."""
    return Organisation.objects.get(code="office")


def dispatched() -> str:
    """A request given to its host."""
    number = open_one(OFFICE).number
    do(OFFICE, number, "dispatch", assigns={"host": ["host"]})
    return number


@pytest.fixture
def dead() -> Effect:
    """An effect that was given up."""
    lay_house(NOTICED)
    dispatched()
    Effect.objects.update(state="dead", attempts=8, error="ConnectionRefusedError: 111")
    return Effect.objects.get()


@pytest.fixture
def stuck() -> Timer:
    """A timer that was refused."""
    lay_house(TIMED)
    dispatched()
    Timer.objects.update(error="条件不满足")
    return Timer.objects.get()


def url(name: str, pk: int) -> str:
    """An address of this page's deeds."""
    return reverse(f"cases:{name}", args=[pk])


# -- who may ----------------------------------------------------------------------------------------------
def test_only_the_office_sees_the_page(client_as, dead):
    check_roles(client_as, PAGE, {Role.OFFICE})


@pytest.mark.parametrize("name", ["retry_effect", "close_effect"])
def test_only_the_office_acts_on_effects(client_as, dead, name):
    check_roles(client_as, url(name, dead.pk), {Role.OFFICE}, method="post", data={"reason": "不再需要"})


@pytest.mark.parametrize("name", ["retry_timer", "close_timer"])
def test_only_the_office_acts_on_timers(client_as, stuck, name):
    check_roles(client_as, url(name, stuck.pk), {Role.OFFICE}, method="post", data={"reason": "不再需要"})


# -- what it shows ----------------------------------------------------------------------------------------
def test_the_page_says_what_which_case_why_and_how_often(client_as, dead):
    page = client_as("office").get(PAGE)
    text = page.content.decode()
    case = Case.objects.get()
    assert page.status_code == 200
    for part in (
        "承办单位",
        case.number,
        case.title,
        "ConnectionRefusedError: 111",
        "8",
        case.get_absolute_url(),
    ):
        assert part in text


def test_a_timer_is_called_by_the_step_it_would_have_done(client_as, stuck):
    text = client_as("office").get(PAGE).content.decode()
    assert "超时收回" in text
    assert "条件不满足" in text


def test_what_is_still_tried_says_when_next(client_as):
    lay_house(NOTICED)
    dispatched()
    Effect.objects.update(attempts=2, error="TimeoutError: timed out")
    text = client_as("office").get(PAGE).content.decode()
    assert 'id="tried"' in text
    assert "TimeoutError: timed out" in text
    assert f"effect-{Effect.objects.get().pk}" in text


def test_of_a_confidential_case_the_page_tells_the_number_alone(client_as):
    lay_house(changed(NOTICED, confidential=True))
    number = dispatched()
    Effect.objects.update(state="dead", error="x")
    text = client_as("office").get(PAGE).content.decode()
    assert number in text
    assert "路灯不亮" not in text


def test_with_nothing_to_tell_the_page_says_so(client_as, db):
    lay_house()
    assert 'id="tried"' not in client_as("office").get(PAGE).content.decode()


# -- deeds ------------------------------------------------------------------------------------------------
def test_a_retried_effect_is_delivered_and_leaves_the_page(client_as, dead):
    client = client_as("office")
    answer = client.post(url("retry_effect", dead.pk))
    assert (answer.status_code, answer.url) == (302, PAGE)
    assert one_round(at=Effect.objects.get().next_at) == Round(done=1)
    assert "ConnectionRefusedError" not in client.get(PAGE).content.decode()
    entry = Entry.objects.get(deed="cases.retry_effect")
    assert (entry.actor_post, entry.payload["error"]) == (
        client.post_held.code,
        "ConnectionRefusedError: 111",
    )


def test_without_a_reason_nothing_is_laid_aside(client_as, dead):
    answer = client_as("office").post(url("close_effect", dead.pk), {"reason": "  "})
    assert answer.status_code == 422
    assert f'<li id="effect-{dead.pk}">' in answer.content.decode()
    assert '<details class="mt-2" open>' in answer.content.decode()
    assert Effect.objects.get().state == "dead"


def test_a_reason_too_long_is_refused_and_kept(client_as, stuck):
    answer = client_as("office").post(url("close_timer", stuck.pk), {"reason": "长" * 401})
    assert answer.status_code == 422
    assert "长" * 401 in answer.content.decode()
    assert Timer.objects.get().state == "armed"


def test_laid_aside_with_a_reason_it_is_gone(client_as, dead):
    client = client_as("office")
    assert client.post(url("close_effect", dead.pk), {"reason": "已当面告知"}).status_code == 302
    assert Entry.objects.get(deed="cases.close_effect").payload["reason"] == "已当面告知"
    assert f"effect-{dead.pk}" not in client.get(PAGE).content.decode()


def test_a_letter_that_is_not_there_is_not_found(client_as, dead):
    client = client_as("office")
    for name in ("retry_effect", "close_effect", "retry_timer", "close_timer"):
        assert client.post(url(name, 999_999), {"reason": "x"}).status_code == 404


# -- the desk ---------------------------------------------------------------------------------------------
def test_the_office_has_a_duty_while_something_waits_and_nobody_else(reader, dead):
    def duties(role):
        found = offers.duties(reader(role), NOW.date())
        return [duty.url for duty in found if duty.url == PAGE]

    assert {role: duties(role) for role in Role} == {r: [PAGE] if r == Role.OFFICE else [] for r in Role}
    Effect.objects.update(state="done")
    assert duties(Role.OFFICE) == []


# -- links to hand over -----------------------------------------------------------------------------------
@pytest.fixture
def link() -> str:
    """The address of a link of a rating nobody has handed over."""
    lay_house(RATED)
    number = dispatched()
    do(HOST, number, "answer", {"result": "好"})
    do(OFFICE, number, "close")
    one_round(at=NOW)
    return url("letters_link", Effect.objects.get().pk)


def test_the_unit_that_opened_a_case_hands_the_link_over_once(client_as, link, client):
    handler = client_as("office", office())
    shown = handler.get(link).content.decode()
    assert "/cases/rate/" not in shown
    text = handler.post(link).content.decode()
    address = text.split("http://testserver")[1].split("<")[0]
    assert client.get(address).status_code == 200
    assert handler.get(link).status_code == 404
    assert handler.post(link).status_code == 404


def test_other_units_do_not_find_the_link(client_as, link):
    assert client_as("office").get(link).status_code == 404
    assert client_as("lead").post(link).status_code == 404


def test_the_link_is_a_duty_until_it_is_handed_over(reader, client_as, link):
    def found():
        return [
            duty.url for duty in offers.duties(reader("office", office()), NOW.date()) if duty.url == link
        ]

    assert found() == [link]
    client_as("office", office()).post(link)
    assert found() == []

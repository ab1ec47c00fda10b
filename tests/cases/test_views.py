"""Every page of cases once right and once refused per role; what a page costs; what forms keep."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from minhu.cases.models import Case, Kind
from minhu.people.states import Role
from tests.factories.cases import KindFactory, PowerFactory, changed, do, doer, open_one
from tests.factories.people import OrganisationFactory
from tests.factories.rulebook import LimitFactory, lay_rulebook
from tests.roles import check_public, check_roles

pytestmark = pytest.mark.django_db
OFFICE, LEAD, LEADER, SUPERVISOR, AUDITOR = Role
SIGNED_IN = tuple(Role)
CLERK, HOST = doer("office", "office"), doer("host")


@pytest.fixture(autouse=True)
def house():
    lay_rulebook()
    LimitFactory(code="request.days", value=5)
    LimitFactory(code="personal.keep_months", value=12, unit="month")
    for code in ("office", "host", "other"):
        OrganisationFactory(code=code, short={"office": "受理办", "host": "城管局"}.get(code, "别的局"))
    KindFactory()


@pytest.fixture
def number() -> str:
    """A case on the desk of `host`, with a personal value."""
    values = {"title": "路灯不亮", "phone": "13800000000", "amount": "12.50"}
    opened = open_one(CLERK, values=values)
    do(CLERK, opened.number, "dispatch", assigns={"host": ["host"]})
    return opened.number


def address(name: str, *args: object) -> str:
    """An address of this room."""
    return reverse(f"cases:{name}", args=args)


def unit(code: str):
    """An organisation by code."""
    return OrganisationFactory._meta.model.objects.get(code=code)


@pytest.mark.parametrize("show", ["desk", "waits", "open", "ended"])
def test_the_queue_is_for_every_role(client_as, number, show):
    check_roles(client_as, f"{address('queue')}?show={show}", SIGNED_IN)


def test_the_matrix_is_for_every_role(client_as):
    PowerFactory()
    check_roles(client_as, address("powers"), SIGNED_IN)


def test_figures_are_for_every_role(client_as, number):
    check_roles(client_as, address("statistics", "request"), SIGNED_IN)


def test_opening_is_for_those_who_write(client_as):
    check_roles(client_as, address("open"), (OFFICE, LEAD, LEADER, SUPERVISOR))


def test_a_kind_is_opened_by_the_posts_it_names(client_as):
    check_roles(client_as, address("fill", "request"), (OFFICE, LEAD))


@pytest.mark.parametrize("role", SIGNED_IN)
def test_a_case_is_seen_by_those_who_see_all_and_by_its_parties(client_as, number, role):
    sees_all = role is not LEAD
    stranger = client_as(role, unit("other")).get(address("case", number))
    assert stranger.status_code == (200 if sees_all else 404)
    assert client_as(role, unit("host")).get(address("case", number)).status_code == 200


def test_nobody_sees_a_case_without_signing_in(client, number):
    assert client.get(address("case", number))["Location"].startswith("/people/log-in/")


def test_the_page_of_a_case_tells_where_it_stands_and_masks_what_is_personal(client_as, number):
    page = client_as(LEAD, unit("host")).get(address("case", number)).content.decode()
    for words in ("路灯不亮", "办理时限", "5 个工作日", "城管局", "办结申请", "＊＊＊＊＊＊"):
        assert words in page, words
    assert "13800000000" not in page


def test_personal_values_are_opened_and_that_is_recorded(client_as, number):
    client = client_as(LEAD, unit("host"))
    page = client.post(address("personal", number)).content.decode()
    assert "13800000000" in page
    entry = Case.objects.get().book
    from minhu.trail.queries import book_history

    last = book_history(entry).last()
    assert (last.deed, last.payload, last.actor_user) == (
        "cases.open_personal", {"keys": ["phone"]}, client.user.pk,
    )  # fmt: skip


def test_a_stranger_opens_nothing_personal(client_as, number):
    assert client_as(LEAD, unit("other")).post(address("personal", number)).status_code == 404
    assert client_as(AUDITOR, unit("other")).post(address("personal", number)).status_code == 403


def test_a_step_is_open_to_its_role_alone(client_as, number):
    url = address("do", number, "answer")
    assert client_as(LEAD, unit("host")).get(url).status_code == 200
    assert client_as(OFFICE, unit("office")).get(url).status_code == 403
    assert client_as(AUDITOR, unit("host")).get(url).status_code == 403


def test_a_step_is_done_once_however_often_it_is_sent(client_as, number):
    client = client_as(LEAD, unit("host"))
    url = address("do", number, "answer")
    form = client.get(url).context["form"]
    sent = {"key": form["key"].value(), "rev": form["rev"].value(), "place": "work", "attempt": "1",
            "v-result": "已修好"}  # fmt: skip
    for _ in range(2):
        assert client.post(url, sent)["Location"] == address("case", number)
    assert list(Case.objects.get().steps.values_list("node", "state")) == [
        ("start", "left"), ("triage", "left"), ("work", "left"), ("check", "open"),
    ]  # fmt: skip


def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(client_as, number):
    client = client_as(LEAD, unit("host"))
    answer = client.post(address("do", number, "answer"), {"key": "k", "rev": "2", "v-result": ""})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["v-result"]


def test_the_second_tab_sees_what_changed_and_keeps_what_was_typed(client_as, number):
    client, url = client_as(LEAD, unit("host")), address("do", number, "answer")
    do(HOST, number, "answer", {"result": "已修好"})
    do(CLERK, number, "redo")
    sent = {"key": "k", "rev": "2", "place": "work", "attempt": "1", "v-result": "我也修好了"}
    answer = client.post(url, sent)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "我也修好了" in page
    assert answer.context["form"].refused.why == "stale"
    assert [row.label for row in answer.context["form"].differences] == ["办理"]


def test_a_step_that_is_over_leads_back_to_the_case(client_as, number):
    do(HOST, number, "answer", {"result": "已修好"})
    answer = client_as(LEAD, unit("host")).get(address("do", number, "answer"))
    assert answer["Location"] == address("case", number)


def test_a_case_is_opened_by_its_form(client_as):
    client = client_as(OFFICE, unit("office"))
    url = address("fill", "request")
    key = client.get(url).context["form"]["key"].value()
    answer = client.post(
        url, {"key": key, "v-title": "井盖丢失", "v-urgent": "true", "v-seen_on": "2026-03-30"}
    )
    case = Case.objects.get()
    assert (answer["Location"], case.title) == (address("case", case.number), "井盖丢失")
    assert dict(case.data.values_list("key", "value")) == {
        "title": "井盖丢失", "urgent": True, "seen_on": "2026-03-30",
    }  # fmt: skip


def test_many_are_dispatched_at_once_and_each_says_what_became_of_it(client_as):
    numbers = [open_one(CLERK, values={"title": f"第{n}件"}).number for n in range(3)]
    client, url = client_as(OFFICE, unit("office")), address("many")
    page = client.get(url, {"n": numbers})
    assert page.context["it"].step == "dispatch"
    form = page.context["form"]
    do(CLERK, numbers[2], "dispatch", assigns={"host": ["other"]})
    sent = {"n": numbers[:2], "step": "dispatch", "key": form["key"].value(), "r-host": "host"}
    done = client.post(url, sent)
    assert [why for _row, why in done.context["rows"]] == ["", ""]
    places = [
        list(case.steps.filter(state="open").values_list("node", flat=True)) for case in Case.objects.all()
    ]
    assert places == [["work"], ["work"], ["work"]]


def test_cases_that_share_no_step_lead_back(client_as, number):
    other = open_one(CLERK).number
    client = client_as(OFFICE, unit("office"))
    assert client.get(address("many"), {"n": [number, other]}).status_code == 302


def test_a_queue_costs_the_same_however_long_it_is(client_as):
    client = client_as(OFFICE, unit("office"))
    open_one(CLERK)
    client.get(address("queue"))
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(address("queue"))
    for n in range(8):
        do(CLERK, open_one(CLERK, values={"title": f"{n}"}).number, "dispatch", assigns={"host": ["host"]})
        open_one(CLERK)
    with CaptureQueriesContext(connection) as many:
        page = client.get(address("queue"))
    assert len(page.context["rows"]) == 9
    assert len(many) == len(one) <= 30


def test_a_case_costs_the_same_however_long_it_is(client_as, number):
    client = client_as(LEAD, unit("host"))
    client.get(address("case", number))
    with CaptureQueriesContext(connection) as one:
        client.get(address("case", number))
    for _ in range(3):
        do(HOST, number, "answer", {"result": "已修好"})
        do(CLERK, number, "redo")
    with CaptureQueriesContext(connection) as many:
        assert client.get(address("case", number)).status_code == 200
    assert len(many) <= len(one) + 1 <= 36


def test_a_rating_is_open_to_anybody_with_its_address(client_as, number):
    from minhu.cases.actions.rating import digest_of_token
    from minhu.cases.models import Rating
    from tests.factories.cases import NOW

    Rating.objects.create(case=Case.objects.get(), token_digest=digest_of_token("t0k"), asked_at=NOW)
    url = address("rate", "t0k")
    check_public(client_as, url)
    client = client_as(None)
    assert client.post(url, {}).context["form"].errors["level"]
    assert client.post(url, {"level": "2", "words": "等了太久"}).context["bad"] is True
    assert Rating.objects.get().level == 2
    again = client.post(url, {"level": "5"})
    assert again.context["state"] == "used"
    assert Rating.objects.get().level == 2
    assert client.get(address("rate", "other")).status_code == 404


def test_a_confidential_kind_stays_with_its_parties(client_as):
    KindFactory(made=changed(code="quiet", title="内部", confidential=True, readers=("leader",)))
    hidden = open_one(CLERK, "quiet").number
    assert client_as(SUPERVISOR, unit("other")).get(address("case", hidden)).status_code == 404
    assert client_as(LEADER, unit("other")).get(address("case", hidden)).status_code == 200
    assert Kind.objects.count() == 2

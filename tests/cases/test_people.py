"""Who works on a case at a desk, and personal values that are erased: pages, rights, words, the record."""

import pytest
from django.urls import reverse
from django.utils import translation

from minhu.cases import offers
from minhu.cases.bridge.folding import verify_cases
from minhu.cases.models import Case, PersonalDatum
from minhu.cases.queries.lights import today
from minhu.people.models import Organisation
from minhu.people.states import Role
from minhu.trail.models import Entry
from tests.factories.cases import NOW, KindFactory, changed, do, doer, lay_house, open_one
from tests.factories.people import OrganisationFactory, UserFactory, make_reader

pytestmark = pytest.mark.django_db
OFFICE, LEAD, LEADER, SUPERVISOR, AUDITOR = Role
CLERK = doer("office", "office")
PHONE = "13800000000"


@pytest.fixture(autouse=True)
def house():
    lay_house()
    KindFactory()


@pytest.fixture
def number() -> str:
    """A case on the desk of `host`, with a personal value."""
    return at_host("路灯不亮")


def at_host(title: str) -> str:
    """A case on the desk of `host`."""
    opened = open_one(CLERK, values={"title": title, "phone": PHONE})
    do(CLERK, opened.number, "dispatch", assigns={"host": ["host"]})
    return opened.number


def unit(code: str) -> Organisation:
    """An organisation by code."""
    return Organisation.objects.get(code=code)


def colleague(name: str = "xiao-wang", code: str = "host"):
    """An account that holds a post of an organisation."""
    return UserFactory(username=name, role=LEAD, organisation=unit(code))


def who(number: str, place: str = "work") -> str:
    """The page that says who works on a case."""
    return reverse("cases:who", args=[number, place])


def erase(number: str) -> str:
    """The page that erases."""
    return reverse("cases:erase", args=[number])


# -- who works on it --------------------------------------------------------------------------------------
def test_the_desk_chooses_among_its_own_people_or_nobody(client_as, number):
    mine, stranger = colleague(), colleague("stranger", "other")
    client = client_as(LEAD, unit("host"))
    chosen = dict(client.get(who(number)).context["form"].fields["person"].choices)
    assert {"", mine.pk, client.user.pk} == set(chosen)
    assert client.post(who(number), {"person": mine.pk})["Location"] == reverse("cases:case", args=[number])
    step = Case.objects.get().steps.get(node="work")
    assert step.assignee == mine
    refused = client.post(who(number), {"person": stranger.pk})
    assert list(refused.context["form"].errors) == ["person"]
    client.post(who(number), {"person": ""})
    step.refresh_from_db()
    assert step.assignee is None
    assert Entry.objects.filter(deed="cases.assign_person").count() == 2


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("code", ["host", "other"])
def test_only_the_desk_itself_says_who_works_on_it(client_as, number, role, code):
    client = client_as(role, unit(code))
    told = client.get(reverse("cases:case", args=[number]))
    if role is LEAD and code == "other":
        assert (told.status_code, client.get(who(number)).status_code) == (404, 404)
        return
    may = code == "host" and role is not AUDITOR
    for method in (client.get, client.post):
        assert method(who(number)).status_code in ((200, 302) if may else (403,))
    assert (f'href="{who(number)}"' in told.content.decode()) is may


def test_nobody_names_anybody_without_signing_in(client, number):
    assert client.get(who(number))["Location"].startswith("/people/log-in/")


def test_a_case_that_moved_on_leads_back_to_its_page(client_as, number):
    for place in ("check", "nowhere"):
        answer = client_as(LEAD, unit("host")).get(who(number, place))
        assert answer["Location"] == reverse("cases:case", args=[number])


def test_the_page_of_the_case_and_its_record_tell_who_was_named(client_as, number):
    client = client_as(LEAD, unit("host"))
    before = client.get(reverse("cases:case", args=[number])).content.decode()
    assert "未指定经办人" in before
    client.post(who(number), {"person": colleague().pk})
    page = client.get(reverse("cases:case", args=[number]))
    assert "由xiao-wang经办" in page.content.decode()
    assert page.context["it"].told[0].lines == (("环节", "办理"),)


def test_my_desk_shows_what_was_given_to_me_first(client_as):
    first, second = at_host("先到的"), at_host("给我的")
    Case.objects.filter(number=first).update(due_on="2026-04-01")
    me = make_reader(LEAD, unit("host"))
    Case.objects.get(number=second).steps.filter(node="work").update(assignee=me.user.pk)
    on = today(NOW).on
    owed = [(duty.title, duty.mine, str(duty.why)) for duty in offers.duties(me, on)]
    assert owed == [("给我的", True, "指定由您办理 · 诉求"), ("先到的", False, "诉求")]
    others = [duty.mine for duty in offers.duties(make_reader(LEAD, unit("host")), on)]
    assert others == [False, False]


def test_what_was_given_to_me_comes_first_however_much_there_is(monkeypatch):
    monkeypatch.setattr(offers, "MOST_DUTIES", 2)
    numbers = [at_host(f"第{n}件") for n in range(3)]
    me = make_reader(LEAD, unit("host"))
    Case.objects.get(number=numbers[-1]).steps.filter(node="work").update(assignee=me.user.pk)
    assert [duty.title for duty in offers.duties(me, today(NOW).on)] == ["第2件", "第0件"]


# -- erasing ----------------------------------------------------------------------------------------------
SAID = {"keys": ["phone"], "ground": "本人申请", "sure": "on"}


@pytest.mark.parametrize("role", Role)
def test_only_the_office_erases(client_as, number, role):
    client = client_as(role, unit("host"))
    may = role is OFFICE
    assert client.get(erase(number)).status_code == (200 if may else 403)
    assert client.post(erase(number), SAID).status_code == (302 if may else 403)
    assert PersonalDatum.objects.filter(erased_at=None).exists() is not may


def test_nobody_erases_without_signing_in(client, number):
    assert client.get(erase(number))["Location"].startswith("/people/log-in/")


def test_a_confidential_case_is_not_there_for_an_office_that_may_not_see_it(client_as):
    KindFactory(made=changed(code="secret", confidential=True))
    hidden = open_one(CLERK, "secret", values={"title": "不公开", "phone": PHONE}).number
    assert client_as(OFFICE, OrganisationFactory()).get(erase(hidden)).status_code == 404
    assert client_as(OFFICE, unit("office")).get(erase(hidden)).status_code == 200


def test_the_page_lists_what_is_kept_by_title_and_never_what_it_says(client_as, number):
    page = client_as(OFFICE, unit("office")).get(erase(number)).content.decode()
    row = PersonalDatum.objects.get()
    assert f"电话：用于“回访”，保存至{row.keep_until}" in page
    assert PHONE not in page


@pytest.mark.parametrize(("left_out", "where"), [("keys", "keys"), ("ground", "ground"), ("sure", "sure")])
def test_keys_ground_and_confirmation_are_needed(client_as, number, left_out, where):
    said = {name: value for name, value in SAID.items() if name != left_out}
    answer = client_as(OFFICE, unit("office")).post(erase(number), said)
    assert list(answer.context["form"].errors) == [where]
    assert answer.context["form"].data.get("ground", "") == said.get("ground", "")
    assert PersonalDatum.objects.get().value == PHONE


def test_a_value_the_case_does_not_keep_is_refused(client_as, number):
    answer = client_as(OFFICE, unit("office")).post(erase(number), SAID | {"keys": ["title"]})
    assert list(answer.context["form"].errors) == ["keys"]


def test_what_is_gone_is_told_with_whom_and_why_and_the_record_stays_whole(client_as, number):
    client = client_as(OFFICE, unit("office"))
    answer = client.post(erase(number), SAID)
    assert answer["Location"] == reverse("cases:case", args=[number]) + "#personal"
    assert list(PersonalDatum.objects.values_list("value", "salt")) == [("", "")]
    page = client.get(reverse("cases:case", args=[number]))
    [masked] = page.context["personal"]
    assert (masked.erased.ground, masked.erased.who.startswith("office局")) == ("本人申请", True)
    text = page.content.decode()
    assert f"由{masked.erased.who}删除，依据：本人申请" in text
    assert f'href="{erase(number)}"' not in text
    assert page.context["it"].told[0].lines == (("已删除", "电话"), ("依据", "本人申请"))
    assert list(verify_cases()) == []
    assert "本事项没有留存个人信息" in client.get(erase(number)).content.decode()


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "永久删除"), ("en", "Erase for ever")])
def test_the_pages_speak_both_languages(client_as, number, language, words):
    client = client_as(OFFICE, unit("office"))
    client.cookies["django_language"] = language
    assert words in client.get(erase(number)).content.decode()
    lead = client_as(LEAD, unit("host"))
    lead.cookies["django_language"] = language
    with translation.override(language):
        title = translation.gettext("Who works on it")
    assert f"<h1>{title}</h1>" in lead.get(who(number)).content.decode()

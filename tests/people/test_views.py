"""Every page of the room for every role, and what each form does right and refuses."""

import re

import pytest
from django.core import mail
from django.test import Client

from minhu.people.models import Complaint, Holding, Organisation, Post, User
from minhu.people.states import Role
from minhu.trail.models import Entry
from tests.factories.people import (
    SINCE,
    ComplaintFactory,
    HoldingFactory,
    NoticeFactory,
    OrganisationFactory,
    PostFactory,
    UserFactory,
)
from tests.roles import check_public, check_roles

OFFICE, EVERY = {Role.OFFICE}, set(Role)
READERS = EVERY - {Role.LEAD}
UNIT = {"code": "fagai", "name": "发展和改革局", "short": "发改局", "kind": "department", "parent": ""}
POST = {"code": "fagai-1", "title": "改革经办岗", "organisation": "caizheng", "role": "lead"}
LONG = "a-long-password-1"


# --- view × role ---
@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("/people/", READERS),
        ("/people/organisations/caizheng/", READERS),
        ("/people/organisations/new/", OFFICE),
        ("/people/organisations/caizheng/edit/", OFFICE),
        ("/people/posts/new/", OFFICE),
        ("/people/posts/caizheng-jingban/edit/", OFFICE),
        ("/people/accounts/", OFFICE),
        ("/people/accounts/new/", OFFICE),
        ("/people/accounts/gaige/", OFFICE),
        ("/people/rights/", EVERY),
        ("/people/problems/", EVERY),
        ("/people/problems/new/", EVERY),
        ("/people/me/", EVERY),
        ("/people/password/", EVERY),
        ("/people/password/changed/", EVERY),
    ],
)
def test_pages(client_as, post, office, url, allowed) -> None:
    check_roles(client_as, url, allowed)


@pytest.mark.parametrize(
    "url", ["log-in/", "password/forgotten/", "password/sent/", "password/new/x/y/", "password/done/"]
)
def test_open_pages(client_as, url) -> None:
    check_public(client_as, f"/people/{url}")


def test_deeds_are_for_the_office(client_as, post, office) -> None:
    holding = HoldingFactory(post=post)
    other = UserFactory(username="other")
    forms = {
        "/people/organisations/new/": UNIT,
        "/people/organisations/caizheng/edit/": UNIT | {"name": "区财政局"},
        "/people/organisations/fagai/close/": {},
        "/people/organisations/fagai/reopen/": {},
        "/people/posts/new/": POST,
        "/people/posts/caizheng-jingban/edit/": POST | {"title": "预算岗"},
        "/people/posts/caizheng-jingban/give/": {"user": other.pk},
        f"/people/holdings/{holding.pk}/end/": {},
        "/people/accounts/new/": {"username": "new"},
        "/people/accounts/other/": {"email": "a@example.org"},
        "/people/accounts/other/link/": {},
        "/people/accounts/other/close/": {},
    }
    refused = {
        (url, role.value): client_as(role).post(url, form).status_code
        for url, form in forms.items()
        for role in READERS - OFFICE | {Role.LEAD}
    }
    assert set(refused.values()) == {403}
    assert Entry.objects.count() == 0
    done = {url: client_as(Role.OFFICE).post(url, form).status_code for url, form in forms.items()}
    assert done == dict.fromkeys(forms, 302)
    assert list(Entry.objects.order_by("seq").values_list("deed", flat=True)) == [
        "people.add_organisation",
        "people.change_organisation",
        "people.close_organisation",
        "people.reopen_organisation",
        "people.add_post",
        "people.change_post",
        "people.give_post",
        "people.end_post",
        "people.open_account",
        "people.change_email",
        "people.make_reset_link",
        "people.end_post",
        "people.close_account",
    ]


def test_nobody_does_anything(client_as, post) -> None:
    assert client_as(None).post("/people/posts/new/", POST).status_code == 401
    assert Post.objects.count() == 1


@pytest.mark.parametrize(
    "url", ["organisations/caizheng/close/", "posts/caizheng-jingban/give/", "accounts/gaige/close/"]
)
def test_deeds_are_never_done_by_looking(client_as, post, office, url) -> None:
    assert client_as(Role.OFFICE).get(f"/people/{url}").status_code == 405


# --- organisations and posts ---
def test_an_organisation_is_added_moved_and_closed_on_screen(client_as, unit) -> None:
    client = client_as(Role.OFFICE)
    client.post("/people/organisations/new/", UNIT | {"parent": "caizheng"})
    row = Organisation.objects.get(code="fagai")
    assert row.parent == unit
    client.post("/people/organisations/fagai/edit/", UNIT | {"code": "changed", "row": 1, "column": 2})
    row.refresh_from_db()
    assert (row.code, row.parent, row.row, row.column) == ("fagai", None, 1, 2)
    client.post("/people/organisations/fagai/close/")
    row.refresh_from_db()
    assert row.is_closed
    entry = Entry.objects.get(deed="people.change_organisation")
    assert (entry.actor_post, entry.asked) == (client.post_held.code, 3)


def test_a_cycle_is_refused_on_screen_and_what_was_typed_stays(client_as, unit) -> None:
    OrganisationFactory(code="below", name="国库支付中心", parent=unit)
    form = UNIT | {"name": "新的财政局", "parent": "below"}
    answer = client_as(Role.OFFICE).post("/people/organisations/caizheng/edit/", form)
    assert answer.status_code == 422
    assert "新的财政局 → 国库支付中心" in answer.context["form"].errors["parent"][0]
    assert answer.context["form"]["name"].value() == "新的财政局"
    assert Organisation.objects.get(code="caizheng").parent is None


def test_a_taken_code_is_refused_at_its_field(client_as, unit) -> None:
    answer = client_as(Role.OFFICE).post("/people/organisations/new/", UNIT | {"code": "caizheng"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["code"])


def test_a_second_tab_sees_what_the_first_saved_and_loses_nothing(client_as, unit) -> None:
    typed = {"name": "我写的名字"}
    client, url = client_as(Role.OFFICE), "/people/organisations/caizheng/edit/"
    seen = client.get(url).context["form"]["seen"].value()
    first = {"name": "别人写的名字", "short": "财政局", "kind": "department", "seen": seen}
    assert client.post(url, first).status_code == 302
    late = client.post(url, first | typed)
    assert late.status_code == 422
    assert late.context["form"].errors["__all__"][0].count("别人写的名字") == 1
    assert late.context["form"]["name"].value() == "我写的名字"
    again = first | typed | {"seen": late.context["form"]["seen"].value()}
    assert client.post(url, again).status_code == 302
    assert Organisation.objects.get(code="caizheng").name == "我写的名字"


def test_closing_with_people_in_it_says_who(client_as, post) -> None:
    HoldingFactory(post=post)
    answer = client_as(Role.OFFICE).post("/people/organisations/caizheng/close/", follow=True)
    assert [str(message).count("经办岗") for message in answer.context["messages"]] == [1]
    assert not Organisation.objects.get(code="caizheng").is_closed


def test_a_post_is_added_and_changed_on_screen(client_as, unit) -> None:
    client = client_as(Role.OFFICE)
    client.post("/people/posts/new/", POST)
    client.post("/people/posts/fagai-1/edit/", POST | {"role": "supervisor"})
    assert Post.objects.get(code="fagai-1").role == Role.SUPERVISOR


def test_the_last_office_holder_is_told_why(client_as) -> None:
    client = client_as(Role.OFFICE)
    holding = client.user.holdings.get()
    answer = client.post(f"/people/holdings/{holding.pk}/end/", follow=True)
    assert len(list(answer.context["messages"])) == 1
    assert Holding.objects.get(pk=holding.pk).until is None


def test_only_the_office_is_offered_deeds(client_as, post) -> None:
    looks = client_as(Role.SUPERVISOR).get("/people/organisations/caizheng/").content.decode()
    acts = client_as(Role.OFFICE).get("/people/organisations/caizheng/").content.decode()
    assert [text.count("/posts/caizheng-jingban/give/") for text in (looks, acts)] == [0, 1]


def test_the_tree_is_filtered_by_its_address(client_as, unit, post) -> None:
    OrganisationFactory(name="发改局")
    client = client_as(Role.LEADER)
    tables = {
        query: len(client.get(f"/people/?{query}").context["table"].units)
        for query in ("", "q=财政", "role=lead", "q=没有", "role=nonsense")
    }
    assert tables == {"": 3, "q=财政": 1, "role=lead": 1, "q=没有": 0, "role=nonsense": 3}


def test_the_tree_costs_the_same_queries_however_large(client_as, django_assert_num_queries) -> None:
    client = client_as(Role.AUDITOR)
    OrganisationFactory.create_batch(3)
    UserFactory.create_batch(12, role=Role.LEAD)
    with django_assert_num_queries(6):  # session, account, reader; tree, posts, holders
        client.get("/people/")


def test_streets_stand_in_a_grid(client_as) -> None:
    OrganisationFactory(code="cicheng", short="慈城", kind="town", row=1, column=2)
    grid = client_as(Role.LEADER).get("/people/").context["map"]
    assert [(unit.code, x, y) for unit, x, y in grid["squares"]] == [("cicheng", 88, 0)]
    assert (grid["width"], grid["height"]) == (176, 88)


# --- accounts ---
def test_an_account_is_opened_with_its_post(client_as, post) -> None:
    client = client_as(Role.OFFICE)
    answer = client.post("/people/accounts/new/", {"username": "caizheng", "post": post.pk})
    assert (answer.status_code, answer["Location"]) == (302, "/people/accounts/caizheng/")
    assert list(User.objects.get(username="caizheng").posts.all()) == [post]


def test_a_taken_account_is_refused_and_no_post_is_given(client_as, post, office) -> None:
    form = {"username": "gaige", "post": post.pk}
    answer = client_as(Role.OFFICE).post("/people/accounts/new/", form)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["username"])
    assert post.holdings.count() == 0


def test_without_an_e_mail_the_link_is_shown_once_and_works(client_as) -> None:
    user = UserFactory(username="cz", role=Role.LEAD)
    answer = client_as(Role.OFFICE).post("/people/accounts/cz/link/")
    link = answer.context["link"].removeprefix("http://testserver")
    set_password(Client(), link)
    assert Client().login(username="cz", password=LONG)
    assert mail.outbox == []
    assert Entry.objects.get(deed="people.make_reset_link").thing == f"people.user:{user.pk}"


def test_with_an_e_mail_the_link_is_mailed(client_as) -> None:
    UserFactory(username="cz", email="cz@example.org")
    client_as(Role.OFFICE).post("/people/accounts/cz/link/")
    assert [message.to for message in mail.outbox] == [["cz@example.org"]]
    set_password(Client(), link_in(mail.outbox[0].body))
    assert Client().login(username="cz", password=LONG)


# --- doors ---
def link_in(text: str) -> str:
    """The path of the reset link in a mail."""
    return re.search(r"http://testserver(/people/password/new/\S+)", text)[1]


def set_password(client: Client, link: str, password: str = LONG):
    """Open a reset link and set a password."""
    form = client.get(link, follow=True)
    where = form.redirect_chain[-1][0] if form.redirect_chain else link
    return client.post(where, {"new_password1": password, "new_password2": password})


def test_a_forgotten_password_is_reset_by_mail_once(db) -> None:
    UserFactory(username="cz", email="cz@example.org", password="the-old-password-1", role=Role.LEAD)
    client = Client()
    sent = client.post("/people/password/forgotten/", {"email": "cz@example.org"})
    assert (sent.status_code, len(mail.outbox)) == (302, 1)
    link = link_in(mail.outbox[0].body)
    weak = set_password(client, link, "12345")
    assert weak.status_code == 200
    assert set(weak.context["form"].errors) == {"new_password2"}
    done = set_password(client, link)
    assert done["Location"] == "/people/password/done/"
    assert not Client().login(username="cz", password="the-old-password-1")
    signed_in = client.post("/people/log-in/", {"username": "cz", "password": LONG})
    assert (signed_in.status_code, signed_in["Location"]) == (302, "/")
    assert Client().get(link, follow=True).context["validlink"] is False


def test_a_reset_for_an_unknown_mail_says_the_same_and_sends_nothing(db) -> None:
    sent = Client().post("/people/password/forgotten/", {"email": "nobody@example.org"})
    assert (sent.status_code, sent["Location"], mail.outbox) == (302, "/people/password/sent/", [])


def test_log_in_goes_back_to_where_one_wanted_to_go(db) -> None:
    UserFactory(username="cz", password=LONG, role=Role.LEAD)
    typed = {"username": "cz", "password": LONG}
    right = Client().post("/people/log-in/", typed | {"next": "/people/rights/"})
    other_host = Client().post("/people/log-in/", typed | {"next": "https://elsewhere.example/"})
    wrong = Client().post("/people/log-in/", typed | {"password": "no", "next": "/people/rights/"})
    assert (right["Location"], other_host["Location"], wrong.status_code) == ("/people/rights/", "/", 200)


def test_a_closed_account_cannot_log_in(db) -> None:
    user = UserFactory(username="cz", password=LONG, role=Role.LEAD, is_active=False)
    assert Client().post("/people/log-in/", {"username": "cz", "password": LONG}).status_code == 200
    client = Client()
    client.force_login(user)
    assert client.get("/people/rights/").status_code == 302


def test_log_out_ends_the_session(client_as) -> None:
    client = client_as(Role.LEAD)
    assert client.get("/people/log-out/").status_code == 405
    assert client.post("/people/log-out/").status_code == 302
    assert client.get("/people/rights/").status_code == 302


def test_a_password_is_changed_and_the_session_stays(db) -> None:
    client, user = Client(), UserFactory(password="the-old-password-1", role=Role.LEAD)
    client.force_login(user)
    form = {"old_password": "the-old-password-1", "new_password1": LONG, "new_password2": LONG}
    assert client.post("/people/password/", form)["Location"] == "/people/password/changed/"
    assert client.get("/people/rights/").status_code == 200
    wrong = client.post("/people/password/", form)
    assert list(wrong.context["form"].errors) == ["old_password"]


def test_the_demonstration_lists_its_log_ins_one_click_each(db, settings) -> None:
    settings.MINHU_DEMO = True
    UserFactory(username="lingdao", role=Role.LEADER, is_demonstration=True)
    UserFactory(username="real", role=Role.OFFICE)
    page = Client().get("/people/log-in/?next=/people/rights/")
    assert [holding.user.username for holding in page.context["demonstration"]] == ["lingdao"]
    client = Client()
    assert (
        client.post("/people/log-in/lingdao/", {"next": "/people/rights/"})["Location"] == "/people/rights/"
    )
    assert client.get("/people/rights/").context["request"].reader.role == Role.LEADER
    assert Client().post("/people/log-in/real/").status_code == 404


def test_outside_a_demonstration_its_log_ins_are_dead(db, settings) -> None:
    settings.MINHU_DEMO = False
    user = UserFactory(username="lingdao", password="minhu-demo", role=Role.LEADER, is_demonstration=True)
    page = Client().get("/people/log-in/")
    assert list(page.context["demonstration"]) == []
    assert Client().post("/people/log-in/lingdao/").status_code == 404
    typed = Client().post("/people/log-in/", {"username": "lingdao", "password": "minhu-demo"})
    assert (typed.status_code, list(typed.context["form"].errors)) == (200, ["__all__"])
    client = Client()  # a session that was opened while it was a demonstration
    client.force_login(user)
    assert client.get("/people/rights/").status_code == 302
    assert client.post("/people/log-in/", {"username": "x", "password": "y"}).status_code == 200


def test_who_holds_two_posts_chooses_from_which_to_act(post, db) -> None:
    client, user = Client(), UserFactory(post=post)
    HoldingFactory(
        user=user, post=PostFactory(code="ducha", role=Role.SUPERVISOR), since=SINCE.replace(day=9)
    )
    client.force_login(user)
    assert client.get("/people/").status_code == 403
    assert client.post("/people/acting-post/", {"post": "ducha"}).status_code == 302
    assert client.get("/people/").status_code == 200
    assert client.post("/people/acting-post/", {"post": "not-mine"}).status_code == 404


# --- words ---
def test_the_form_knows_the_page_one_came_from(client_as) -> None:
    client = client_as(Role.LEAD)
    named = client.get("/people/problems/new/?page=/reforms/%3Fq%3D1")
    told = client.get("/people/problems/new/", headers={"Referer": "http://testserver/basis/?a=1"})
    assert [page.context["form"]["page"].value() for page in (named, told)] == ["/reforms/", "/basis/"]


def test_a_complaint_is_made_read_and_answered(client_as) -> None:
    lead, office = client_as(Role.LEAD), client_as(Role.OFFICE)
    lead.post("/people/problems/new/", {"text": "字太小", "page": "/reforms/"})
    row = Complaint.objects.get()
    url = f"/people/problems/{row.pk}/"
    assert [client_as(Role.LEADER).get(url).status_code, lead.get(url).status_code] == [404, 200]
    assert lead.post(url, {"answer": "自己答"}).status_code == 403
    assert office.post(url, {"answer": "下周改大"}).status_code == 302
    assert lead.get(url).context["row"].answer == "下周改大"
    late = office.post(url, {"answer": "第二个答复"})
    assert late.status_code == 422
    assert late.context["form"]["answer"].value() == "第二个答复"
    assert [notice.url for notice in lead.get("/people/me/").context["notices"]] == [url]


def test_an_empty_complaint_keeps_the_page(client_as) -> None:
    answer = client_as(Role.LEAD).post("/people/problems/new/", {"text": "", "page": "/basis/"})
    assert (answer.status_code, answer.context["form"]["page"].value()) == (422, "/basis/")


def test_complaints_are_filtered_by_state(client_as) -> None:
    client = client_as(Role.OFFICE)
    waiting, done = ComplaintFactory(), ComplaintFactory()
    client.post(f"/people/problems/{done.pk}/", {"answer": "好"})
    shown = {
        state: {row.pk for row in client.get(f"/people/problems/?state={state}").context["rows"]}
        for state in ("", "open", "answered")
    }
    assert shown == {"": {waiting.pk, done.pk}, "open": {waiting.pk}, "answered": {done.pk}}


def test_notices_of_others_are_not_shown(client_as) -> None:
    client = client_as(Role.LEAD)
    NoticeFactory(text="给别人的话")
    assert "给别人的话" not in client.get("/people/me/").content.decode()


def test_the_matrix_is_the_table_itself(client_as) -> None:
    page = client_as(Role.AUDITOR).get("/people/rights/")
    rows = {name: marks for group in page.context["groups"].values() for name, _, marks in group}
    assert rows["see_record"] == ["all", "own", "all", "all", "all"]


@pytest.mark.parametrize(("language", "title"), [("zh-hans", "权限一览"), ("en", "Who may do what")])
def test_pages_speak_both_languages(client_as, language, title) -> None:
    page = client_as(Role.LEAD).get("/people/rights/", headers={"Accept-Language": language})
    assert page.content.decode().count(f"<h1>{title}</h1>") == 1

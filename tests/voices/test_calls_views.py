"""The pages of calls: for everybody on the open side, for their office on the other; refused per role."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from minhu.people.models import Organisation
from minhu.people.states import Role
from minhu.voices.actions.calls import prepare_call, publish_outcome
from minhu.voices.actions.calls_answering import answer_comments
from minhu.voices.models import Call, Comment, Reply, Voice
from minhu.voices.states.calls import Weighed
from tests.factories.calls import BY, a_call, commented, draft, lay_calls
from tests.roles import check_roles

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
WRITERS = (Role.OFFICE, Role.LEAD)
TYPED = {
    "title": "夜市怎么办", "code": "stalls", "office": "zhujian", "matter": "哪里、几点、怎么收摊",
    "opens_on": "2030-01-01", "closes_on": "2030-02-15", "draft": "第一条 十点收摊。",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _district() -> None:
    lay_calls()


def at(name: str, *args: object) -> str:
    """An address of this room."""
    return reverse(f"voices:{name}", args=args)


def today_call(days_ago: int = 0, days: int = 30, **more) -> Call:
    """A call announced so many days ago, open so many days."""
    now = timezone.now() - days_ago * DAY
    first = timezone.localdate(now)
    return a_call(now, opens_on=first, closes_on=first + (days - 1) * DAY, **more)


def unit(code: str = "zhujian") -> Organisation:
    """A unit by code."""
    return Organisation.objects.get(code=code)


def spoken(call: Call, text: str = "六十日", **more) -> Comment:
    """A comment while it is open."""
    return commented(call, text, at=call.announced_at, **more)


# -- for everybody ----------------------------------------------------------------------------------------
def test_calls_are_listed_open_ones_first_and_prepared_ones_not(client) -> None:
    today_call(40, code="old", title="早已截止")
    today_call(code="new", title="现在开放")
    prepare_call(by=BY, draft=draft(code="secret", title="还没公布"), at=timezone.now())
    page = client.get(at("open_calls"))
    assert [call.code for call, _phase in page.context["rows"]] == ["new", "old"]
    assert client.get(at("open_call", "secret")).status_code == 404
    assert client.get(at("open_call", "none")).status_code == 404


def test_a_resident_comments_an_article_and_gets_a_code(client) -> None:
    call = today_call()
    article = call.articles.get(order=2)
    page = client.get(at("open_call", call.code))
    assert page.content.decode().count("<textarea") == 4
    form = {"text": "提前六十日", "article": article.pk, "key": "k1", "may_publish": "on"}
    answer = client.post(at("open_call", call.code), form)
    code = answer.context["heard"].follow_code
    assert (answer.status_code, code in answer.content.decode()) == (200, True)
    comment = Comment.objects.get()
    assert (comment.article, comment.voice.may_publish) == (article, True)
    client.post(at("follow"), {"code": code})
    assert client.get(at("mine")).context["voice"] == comment.voice


@pytest.mark.parametrize(
    ("change", "field"),
    [({"text": ""}, "text"), ({"website": "x"}, ""), ({"article": "999999"}, ""), ({"article": "x"}, "")],
)
def test_a_comment_that_is_refused_stands_where_it_was_written(client, change, field) -> None:
    call = today_call()
    article = str(call.articles.get(order=1).pk)
    form = {"text": "写了很久的意见", "article": article, "key": "k"} | change
    answer = client.post(at("open_call", call.code), form)
    wrong = [form for _row, form in answer.context["rows"] if form.is_bound]
    assert (answer.status_code, len(wrong), Comment.objects.count()) == (422, 1, 0)
    assert list(wrong[0].errors) == [field or "__all__"]
    assert form["text"] in answer.content.decode()


def test_after_the_last_day_it_is_refused_with_words_and_nothing_is_lost(client) -> None:
    call = today_call(30)
    answer = client.post(at("open_call", call.code), {"text": "来晚了一步", "key": "k", "article": "0"})
    words = answer.content.decode()
    assert (answer.status_code, "来晚了一步" in words, "已于" in words, Voice.objects.count()) == (
        422,
        True,
        True,
        0,
    )
    assert client.get(at("open_call", call.code)).content.decode().count("<textarea") == 0


def test_only_words_that_may_be_read_are_shown_and_what_became_of_all(client) -> None:
    call = today_call(31)
    kept, opened = (
        spoken(call, "不愿公开的话", article=2),
        spoken(call, "愿意公开的话", article=2, may_publish=True),
    )
    Voice.objects.filter(pk=opened.voice.pk).update(published_at=timezone.now())
    said = Weighed([kept.pk, opened.pk], "partly", "改为四十五日。", "只告诉您")
    answer_comments(by=BY, call=call, said=said, at=timezone.now())
    publish_outcome(by=BY, call=call, outcome="结果在此。", at=timezone.now())
    words = client.get(at("open_call", call.code)).content.decode()
    assert ("愿意公开的话" in words, "不愿公开的话" in words, "只告诉您" in words) == (True, False, False)
    assert ("改为四十五日。" in words, "结果在此。" in words, "部分采纳 2" in words) == (True, True, True)


def test_an_address_that_knocks_too_often_waits(client) -> None:
    call = today_call()
    for number in range(5):
        client.post(at("open_call", call.code), {"text": f"第{number}条意见", "key": str(number)})
    answer = client.post(at("open_call", call.code), {"text": "再来一条", "key": "x"})
    assert (answer.status_code, Comment.objects.count()) == (422, 5)


# -- for the office ---------------------------------------------------------------------------------------
def test_lists_and_forms_are_for_those_who_call(client_as) -> None:
    for name in ("call_list", "call_new"):
        check_roles(client_as, at(name), WRITERS, organisation=unit())


def test_a_call_is_kept_by_its_own_unit(client_as) -> None:
    call = today_call()
    check_roles(client_as, at("call_desk", call.code), WRITERS, organisation=unit())
    check_roles(client_as, at("call_desk", call.code), (Role.OFFICE,), organisation=unit("wenjiao"))
    assert client_as(Role.OFFICE, organisation=unit()).get(at("call_desk", "none")).status_code == 404


def test_a_call_is_prepared_changed_and_announced(client_as) -> None:
    lead = client_as(Role.LEAD, organisation=unit())
    assert lead.post(at("call_new"), TYPED)["Location"] == at("call_desk", "stalls")
    assert lead.get(at("call_change", "stalls")).status_code == 200
    assert lead.post(at("call_change", "stalls"), TYPED | {"title": "夜市几点收"}).status_code == 302
    assert lead.get(at("call_desk", "stalls")).status_code == 200
    assert lead.post(at("call_announce", "stalls"))["Location"] == at("call_desk", "stalls")
    row = Call.objects.get()
    assert (row.title, row.state, row.articles.count()) == ("夜市几点收", "announced", 1)
    assert "已经公布过" in lead.post(at("call_announce", "stalls"), follow=True).content.decode()
    wrong = lead.post(at("call_change", "stalls"), TYPED)
    assert wrong.status_code == 422


@pytest.mark.parametrize(
    ("change", "field"), [({"code": "A B"}, "code"), ({"closes_on": "2029-12-31"}, "closes_on")]
)
def test_what_is_refused_stands_at_its_field(client_as, change, field) -> None:
    lead = client_as(Role.LEAD, organisation=unit())
    answer = lead.post(at("call_new"), TYPED | change)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert TYPED["matter"] in answer.content.decode()


def test_nobody_calls_in_the_name_of_another_unit(client_as) -> None:
    lead = client_as(Role.LEAD, organisation=unit())
    answer = lead.post(at("call_new"), TYPED | {"office": "wenjiao"})
    assert (list(answer.context["form"].errors), Call.objects.count()) == (["office"], 0)


def test_comments_are_answered_and_the_outcome_published_on_the_page(client_as) -> None:
    call = today_call(31)
    one, two = spoken(call, article=1), spoken(call, "七十日")
    lead = client_as(Role.LEAD, organisation=unit())
    desk, weigh = at("call_desk", call.code), at("call_weigh", call.code)
    wrong = lead.post(weigh, {"comments": [one.pk], "adoption": "adopted", "reason": ""})
    assert (wrong.status_code, wrong.context["ticked"]) == (422, {one.pk})
    early = lead.post(at("call_publish", call.code), {"outcome": "写好的结果"})
    assert (early.status_code, "写好的结果" in early.content.decode()) == (422, True)
    form = {"comments": [one.pk, two.pk], "adoption": "declined", "reason": "期限已经够长。"}
    assert lead.post(weigh, form)["Location"] == desk
    assert Reply.objects.count() == 2
    assert lead.post(at("call_publish", call.code), {"outcome": "写好的结果"})["Location"] == desk
    assert (Call.objects.get().state, "写好的结果" in lead.get(desk).content.decode()) == ("published", True)


def test_the_last_day_is_moved_on_the_page(client_as) -> None:
    call = today_call()
    lead = client_as(Role.LEAD, organisation=unit())
    later = (call.closes_on + DAY).isoformat()
    assert lead.post(at("call_days", call.code), {"closes_on": later}).status_code == 302
    assert Call.objects.get().closes_on.isoformat() == later
    early = lead.post(at("call_days", call.code), {"closes_on": call.opens_on.isoformat()})
    assert (early.status_code, list(early.context["days"].errors)) == (422, ["closes_on"])


@pytest.mark.parametrize("name", ["call_announce", "call_days", "call_weigh", "call_publish"])
def test_deeds_on_a_call_are_for_its_office(client_as, name) -> None:
    call = today_call()
    good = {200, 302, 422}
    check_roles(client_as, at(name, call.code), WRITERS, method="post", organisation=unit(), good=good)
    check_roles(
        client_as, at(name, call.code), (Role.OFFICE,), method="post", organisation=unit("kongpu"), good=good
    )

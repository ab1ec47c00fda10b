"""Giving groups out and answering them, on the screen: each right and refused."""

import pytest
from django.test import Client

from minhu.people.models import Organisation
from minhu.people.states import Role
from minhu.voices.actions.answering_again import answer_as_before, mail_answers, publish_reply
from minhu.voices.actions.answering_ratings import rate_reply
from minhu.voices.actions.groups import place_voice
from minhu.voices.models import Group, Reply, Voice, VoiceCase, VoicePersonal
from minhu.voices.states.hearing import VoiceRefused
from minhu.voices.tasks import one_round
from tests.factories.cases import do
from tests.factories.groups import HANDLER, NOW, a_group, a_voice, answered, assigned, closed, lay_voices
from tests.roles import check_roles

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house() -> None:
    lay_voices()


@pytest.fixture
def centre(client_as) -> Client:
    """An officer of the unit that sorts what comes in."""
    return client_as(Role.LEAD, Organisation.objects.get(code="zhili"))


@pytest.fixture
def handler(client_as) -> Client:
    """An officer of the office that handles."""
    return client_as(Role.LEAD, Organisation.objects.get(code="chengguan"))


def said(**more: object) -> dict[str, object]:
    """A group given out as the form says it."""
    values = {"v-subject": "路灯", "v-channel": "web", "v-sort": "help", "v-facts": "不亮", "key": "k1"}
    return values | {"office": "chengguan", "note": "请尽快"} | more


def test_a_group_is_given_out_with_what_is_known(client_as, centre) -> None:
    group = a_group(2, "路灯不亮", channel="occasion", sort="complaint", place_words="东门口")
    url = f"/voices/groups/{group.pk}/assign/"
    check_roles(client_as, url, {Role.OFFICE})
    form = centre.get(url).context["form"]
    known = {name: form.initial[f"v-{name}"] for name in ("subject", "channel", "sort", "place")}
    assert known == {"subject": "路灯不亮", "channel": "visit", "sort": "complaint", "place": "东门口"}
    assert form.initial["v-facts"] == f"共 2 件反映同一问题（{group.number}）。\n路灯不亮"
    answer = centre.post(url, said())
    assert (answer.status_code, answer["Location"]) == (302, group.get_absolute_url())
    row = VoiceCase.objects.get()
    assert row.case.data.get(key="dispatch_note").value == "请尽快"
    stranger = client_as(Role.LEAD, Organisation.objects.get(code="jiaotong"))
    assert stranger.get(url).status_code == 403


def test_what_the_case_refuses_stands_at_its_field_and_nothing_typed_is_lost(centre) -> None:
    group = a_group()
    answer = centre.post(f"/voices/groups/{group.pk}/assign/", said(office="", **{"v-subject": ""}))
    assert answer.status_code == 200
    form = answer.context["form"]
    assert ("v-subject" in form.errors, form["note"].value()) == (True, "请尽快")
    assert VoiceCase.objects.count() == 0


def test_many_groups_are_given_out_at_once(client_as, centre) -> None:
    groups = [a_group(1, "路灯不亮"), a_group(1, "井盖坏了")]
    keys = [group.pk for group in groups]
    url = "/voices/groups/assign/"
    check_roles(client_as, f"{url}?g={keys[0]}", {Role.OFFICE})
    assert centre.get(f"{url}?g={keys[0]}&g={keys[1]}").status_code == 200
    answer = centre.post(url, {"g": keys, "office": "chengguan", "note": "", "key": "many"})
    assert (answer.status_code, VoiceCase.objects.count()) == (302, 2)
    again = centre.post(url, {"g": keys, "office": "chengguan", "note": "", "key": "more"})
    assert [group.pk for group, _words in again.context["results"]] == keys
    assert VoiceCase.objects.count() == 2
    assert centre.get(url).status_code == 200


def test_the_office_answers_with_a_checklist(client_as, handler, centre) -> None:
    group = a_group(3)
    assigned(group)
    url = f"/voices/groups/{group.pk}/answer/"
    assert centre.get(url).status_code == 403
    page = handler.get(url)
    assert (page.status_code, [bound.name for bound in page.context["form"].value_fields]) == (
        200,
        ["v-answer"],
    )
    wrong = handler.post(url, {"key": "a", "v-answer": ""})
    assert "v-answer" in wrong.context["form"].errors
    answer = handler.post(url, {"key": "a", "v-answer": "已修好。"})
    assert (answer.status_code, Reply.objects.count()) == (302, 3)
    assert handler.get(url).status_code == 403
    check_roles(client_as, url, set())


def test_what_an_answer_leaves_out_is_said_while_it_is_written(client_as, handler) -> None:
    group = a_group()
    url = f"/voices/groups/{group.pk}/answer/check/"
    answer = handler.post(url, {"v-answer": "知道了。"})
    assert [one.element for one in answer.context["missing"]] == ["who", "when", "how", "basis", "open"]
    assert "谁来办？写明单位。" in answer.content.decode()
    check_roles(client_as, url, {Role.OFFICE, Role.LEAD}, method="post", data={"v-answer": ""})


def test_the_case_shows_the_group_it_answers(handler) -> None:
    group = a_group(2)
    row = assigned(group)
    shown = handler.get(row.case.get_absolute_url()).content.decode()
    assert (group.get_absolute_url() in shown, f"/voices/groups/{group.pk}/answer/" in shown) == (True, True)


# -- the same answer, publishing, mail --------------------------------------------------------------------
def test_who_came_later_gets_the_same_answer_if_a_person_says_so(client_as, centre) -> None:
    group = a_group(2)
    row = assigned(group)
    answered(row)
    closed(row)
    place_voice(voice=a_voice(), into=group, alike=1.0, at=NOW)
    Voice.objects.filter(replies=None).update(state="received")
    url = f"/voices/groups/{group.pk}/again/"
    check_roles(client_as, url, {Role.OFFICE}, method="post")
    assert Reply.objects.count() == 3
    centre.post(url)
    assert Reply.objects.count() == 3
    assert Voice.objects.filter(state="answered").count() == 3


@pytest.mark.parametrize("is_open", [True, False])
def test_the_same_answer_needs_one_that_was_given(is_open: bool) -> None:
    group = a_group()
    if is_open:
        assigned(group)
    with pytest.raises(VoiceRefused):
        answer_as_before(by=HANDLER.actor, group=group, at=NOW)


def test_an_answer_is_published_by_somebody_else_with_consent(client_as, centre) -> None:
    group = a_group(1, may_publish=True)
    answered(assigned(group))
    reply = Reply.objects.get()
    url = f"/voices/replies/{reply.pk}/check/"
    check_roles(client_as, url, {Role.OFFICE})
    with pytest.raises(VoiceRefused):
        publish_reply(by=HANDLER.actor, reply=reply, public_text="已修好。", at=NOW)
    assert centre.post(url, {"public_text": "已修好，可电13800001111。"}).status_code == 302
    reply.refresh_from_db()
    assert (reply.is_public, "13800001111" in reply.public_text) == (True, False)
    again = centre.post(url, {"public_text": "已修好。"})
    assert (again.status_code, bool(again.context["form"].errors)) == (200, True)


def test_without_consent_no_answer_is_published(centre) -> None:
    answered(assigned(a_group()))
    reply = Reply.objects.get()
    centre.post(f"/voices/replies/{reply.pk}/check/", {"public_text": "已修好。"})
    reply.refresh_from_db()
    assert not reply.is_public


def test_authors_who_left_an_address_are_told_once(mailoutbox) -> None:
    group = a_group(2)
    voice = Voice.objects.first()
    VoicePersonal.objects.create(
        voice=voice, key="mail", value="a@example.org", salt="s", purpose="x", keep_until=NOW.date()
    )
    answered(assigned(group), "已修好。")
    assert (mail_answers(at=NOW), mail_answers(at=NOW)) == (1, 0)
    (letter,) = mailoutbox
    assert (letter.to, voice.number in letter.body, "已修好" in letter.body) == (
        ["a@example.org"],
        True,
        False,
    )


def test_a_round_of_the_worker_places_answers_and_makes_the_hot_list() -> None:
    a_voice("井盖坏了")
    row = assigned(a_group(1, "路灯不亮"))
    do(HANDLER, row.case.number, "answered", {"answer": "已修。"})
    assert one_round(at=NOW) == {"placed": 1, "answers": 1, "hot_lists": 1}
    assert one_round(at=NOW) == {}
    assert one_round(at=NOW, goes_on=lambda: False) == {}
    assert Group.objects.count() == 2


def test_a_second_answer_is_written_anew_beside_the_first(handler) -> None:
    group = a_group()
    answered(assigned(group), "已报修。")
    rate_reply(reply=Reply.objects.get(), level=1, is_fixed=None, words="", at=NOW)
    page = handler.get(f"/voices/groups/{group.pk}/answer/")
    assert (page.context["before"], page.context["form"]["v-answer"].value()) == ("已报修。", None)

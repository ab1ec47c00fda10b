"""Groups are given to offices, every author is answered, ratings are heard, and bad ones go back."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from minhu.cases.models import Case, Rating
from minhu.cases.states import CaseRefused
from minhu.cases.tasks import one_round
from minhu.trail.models import Edge, Entry, ref
from minhu.voices.actions.answering import HANDLED_IN, Assignment, assign_group, assign_many, send_answers
from minhu.voices.actions.answering_ratings import rate_reply, take_links
from minhu.voices.actions.groups import merge_groups, part_group, place_voice, split_group
from minhu.voices.bridge.answering import answering_steps, closings
from minhu.voices.bridge.checks import of_reply
from minhu.voices.models import Group, Membership, Reply, Voice, VoiceCase
from minhu.voices.states.hearing import VoiceRefused
from tests.factories.cases import do, doer
from tests.factories.groups import (
    CENTRE,
    HANDLER,
    NOW,
    OFFICE,
    a_group,
    a_voice,
    answered,
    assigned,
    closed,
    lay_voices,
)

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _house() -> None:
    lay_voices()


def states(group: Group) -> list[str]:
    """The states of the voices of a group."""
    rows = Voice.objects.filter(memberships__group=group, memberships__until=None).order_by("pk")
    return list(rows.values_list("state", flat=True))


# -- giving out -------------------------------------------------------------------------------------------
def test_a_group_is_given_to_an_office_as_a_case() -> None:
    group = a_group(2)
    row = assigned(group)
    group.refresh_from_db()
    assert (group.case, group.office.code, row.attempt) == (row.case, "chengguan", 1)
    assert states(group) == ["open", "open"]
    assert {voice.office.code for voice in Voice.objects.all()} == {"chengguan"}
    assert Edge.objects.filter(src=ref(group), dst=ref(row.case), kind=HANDLED_IN).count() == 1
    assert Entry.objects.get(deed="voices.assign_group").payload == {"case": row.case.number, "attempt": 1}


def test_who_may_open_but_not_give_out_leaves_that_to_the_centre() -> None:
    group = a_group()
    values = {"subject": "路灯", "channel": "web", "sort": "help", "facts": "不亮"}
    by = doer("gaigeban", "office")
    row = assign_group(by=by, group=group, given=Assignment(values, "chengguan"), key="k", at=NOW)
    assert [step.node for step in row.case.steps.filter(state="open")] == ["triage"]
    group.refresh_from_db()
    assert group.office is None


def test_a_group_being_handled_or_merged_is_not_given_out_again() -> None:
    one, other = a_group(), a_group()
    assigned(one)
    with pytest.raises(VoiceRefused):
        assigned(one)
    merge_groups(by=OFFICE, into=one, others=[other], at=NOW)
    with pytest.raises(VoiceRefused):
        assigned(other)
    assert Case.objects.count() == 1


def test_of_many_one_that_is_refused_stops_no_other() -> None:
    good, bad = a_group(), a_group()
    values = {"subject": "路灯", "channel": "web", "sort": "help", "facts": "不亮"}
    given = Assignment(values, "chengguan")
    asks = [(bad, Assignment({}, "chengguan"), "a"), (good, given, "b")]
    refused, done = assign_many(by=CENTRE, asks=asks, at=NOW)
    assert isinstance(refused, str)
    assert isinstance(done, VoiceCase)
    assert VoiceCase.objects.get().group == good


def test_who_joins_a_group_in_hand_is_in_hand() -> None:
    group = a_group()
    assigned(group)
    place_voice(voice=a_voice(), into=group, alike=1.0, at=NOW)
    assert states(group) == ["open", "open"]
    assert {voice.office.code for voice in Voice.objects.all()} == {"chengguan"}


# -- answering --------------------------------------------------------------------------------------------
def test_the_answer_goes_to_every_author_once() -> None:
    group = a_group(3)
    row = assigned(group)
    assert answered(row, "已于3月31日修好。") == 3
    assert send_answers(at=LATER) == 0
    replies = Reply.objects.all()
    assert {(one.text, one.office, one.written_by_user) for one in replies} == {
        ("已于3月31日修好。", "chengguan局", 8)
    }
    assert states(group) == ["answered"] * 3
    group.refresh_from_db()
    assert group.unanswered == 0
    assert Entry.objects.filter(deed="voices.send_answer").count() == 3


def test_an_answer_written_on_the_page_of_the_case_is_sent_by_the_worker() -> None:
    row = assigned(a_group(2))
    do(HANDLER, row.case.number, "answered", {"answer": "已修。"})
    assert Reply.objects.count() == 0
    assert send_answers(at=LATER) == 2
    assert Reply.objects.count() == 2


def test_who_was_merged_away_or_split_off_later_is_still_answered() -> None:
    one, other = a_group(2), a_group(2)
    row, second = assigned(one), assigned(other)
    merge_groups(by=OFFICE, into=one, others=[other], at=NOW)
    assert answered(second, "乙件答复。") == 2
    assert answered(row, "甲件答复。") == 4
    part_group(by=OFFICE, group=Group.objects.get(pk=other.pk), at=LATER)
    assert Voice.objects.filter(replies=None).count() == 0


def test_who_was_split_off_before_is_not_answered_by_the_old_case() -> None:
    group = a_group(3)
    row = assigned(group)
    gone = Membership.objects.filter(group=group).first().voice_id
    made = split_group(by=OFFICE, group=group, voices=[gone], title="别的事", at=NOW)
    assert answered(row) == 2
    made.refresh_from_db()
    assert (made.unanswered, Reply.objects.filter(voice=gone).count()) == (1, 0)


def test_who_spoke_after_the_answer_waits_for_another() -> None:
    group = a_group()
    row = assigned(group)
    answered(row)
    place_voice(voice=a_voice(received_at=LATER), into=Group.objects.get(pk=group.pk), alike=1.0, at=LATER)
    assert send_answers(at=LATER) == 0
    group.refresh_from_db()
    assert group.unanswered == 1


def test_an_answer_to_many_names_nobody() -> None:
    row = assigned(a_group(2))
    answered(row, "请联系机主13800001111。")
    assert "13800001111" not in Reply.objects.first().text


def test_a_suggestion_is_taken_or_not_with_a_public_reason() -> None:
    row = assigned(a_group(), sort="suggestion")
    with pytest.raises(CaseRefused):
        answered(row, "谢谢。", adoption="declined", public_reason="")
    assert answered(row, "谢谢。", adoption="declined", public_reason="已有同样的安排。") == 1
    reply = Reply.objects.get()
    assert (reply.adoption, reply.public_reason) == ("declined", "已有同样的安排。")


def test_the_database_refuses_adoption_without_a_public_reason() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Reply.objects.create(voice=a_voice(), text="谢谢", adoption="declined", sent_at=NOW)


# -- ratings ----------------------------------------------------------------------------------------------
def test_a_good_rating_closes_the_voice() -> None:
    row = assigned(a_group(2))
    answered(row)
    reply = rate_reply(reply=Reply.objects.first(), level=5, is_fixed=True, words="谢谢", at=LATER)
    assert (reply.level, reply.reopened, reply.voice.state) == (5, None, "closed")
    entry = Entry.objects.get(deed="voices.rate_reply")
    assert (entry.payload["level"], entry.asked, "谢谢" in str(entry.payload)) == (5, 3, False)


@pytest.mark.parametrize(("level", "is_fixed"), [(2, None), (1, True), (None, False), (4, False)])
def test_a_bad_rating_sends_the_case_back(level: int | None, is_fixed: bool | None) -> None:
    row = assigned(a_group(2))
    answered(row)
    reply = rate_reply(reply=Reply.objects.first(), level=level, is_fixed=is_fixed, words="没修", at=LATER)
    assert reply.reopened == row.case
    assert [step.node for step in row.case.steps.filter(state="open")] == ["handling"]
    assert states(row.group) == ["open", "answered"]


def test_after_a_bad_rating_everybody_is_answered_a_second_time() -> None:
    row = assigned(a_group(2))
    answered(row)
    first = Reply.objects.order_by("pk").first()
    rate_reply(reply=first, level=1, is_fixed=None, words="", at=LATER)
    assert answered(row, "已换新灯。", at=LATER + timedelta(hours=1)) == 2
    assert Reply.objects.filter(voice=first.voice).count() == 2
    assert states(row.group) == ["answered", "answered"]


def test_a_second_bad_rating_while_it_is_redone_changes_nothing_more() -> None:
    row = assigned(a_group(2))
    answered(row)
    one, other = Reply.objects.order_by("pk")
    rate_reply(reply=one, level=1, is_fixed=None, words="", at=LATER)
    rev = Case.objects.get().rev
    assert rate_reply(reply=other, level=2, is_fixed=None, words="", at=LATER).reopened == row.case
    assert Case.objects.get().rev == rev
    assert states(row.group) == ["open", "open"]


def test_done_as_often_as_it_may_be_it_stays_with_the_centre() -> None:
    row = assigned(a_group())
    for n in range(2):
        answered(row, f"第{n}次答复。", at=LATER + timedelta(hours=n))
        reply = Reply.objects.latest("pk")
        rated = rate_reply(reply=reply, level=1, is_fixed=None, words="", at=LATER + timedelta(hours=n))
    assert rated.reopened is None
    assert [step.node for step in row.case.steps.filter(state="open")] == ["calling"]
    assert states(row.group) == ["answered"]


def test_after_the_case_was_closed_a_new_one_is_opened_so_often_and_no_more() -> None:
    group = a_group()
    row = assigned(group)
    answered(row)
    closed(row)
    rated = rate_reply(reply=Reply.objects.get(), level=None, is_fixed=False, words="灯还是不亮", at=LATER)
    again = rated.reopened
    assert again is not None
    assert (again.parent, again.pk != row.case_id) == (row.case, True)
    facts = again.data.get(key="facts").value
    assert "灯还是不亮" in facts
    group.refresh_from_db()
    assert (group.case, VoiceCase.objects.get(case=again).attempt) == (again, 2)


def test_an_answer_is_rated_once_and_only_the_latest() -> None:
    row = assigned(a_group())
    answered(row)
    first = Reply.objects.get()
    rate_reply(reply=first, level=1, is_fixed=None, words="", at=LATER)
    with pytest.raises(VoiceRefused):
        rate_reply(reply=first, level=5, is_fixed=None, words="", at=LATER)
    answered(row, "再答。", at=LATER)
    with pytest.raises(VoiceRefused):
        rate_reply(reply=first, level=5, is_fixed=None, words="", at=LATER)


@pytest.mark.parametrize(
    ("level", "words", "field"), [(None, "", "level"), (9, "", "level"), (5, "x" * 2001, "words")]
)
def test_a_rating_that_says_nothing_is_refused(level: int | None, words: str, field: str) -> None:
    row = assigned(a_group())
    answered(row)
    with pytest.raises(VoiceRefused) as refused:
        rate_reply(reply=Reply.objects.get(), level=level, is_fixed=None, words=words, at=LATER)
    assert refused.value.field == field
    assert Reply.objects.get().rated_at is None


def test_words_of_an_author_are_kept_masked() -> None:
    row = assigned(a_group())
    answered(row)
    reply = rate_reply(reply=Reply.objects.get(), level=1, is_fixed=None, words="打13800001111", at=LATER)
    assert "13800001111" not in reply.words


def test_the_rating_of_the_case_is_given_by_an_author_not_by_a_link() -> None:
    row = assigned(a_group())
    answered(row)
    closed(row)
    one_round(at=LATER)
    assert take_links(at=LATER) == 1
    assert take_links(at=LATER) == 0
    rate_reply(reply=Reply.objects.get(), level=4, is_fixed=None, words="", at=LATER)
    assert Rating.objects.get().level == 4
    assert VoiceCase.objects.get().rating_token == ""


# -- what the page knows ----------------------------------------------------------------------------------
def test_the_steps_that_answer_are_offered_to_the_office_alone() -> None:
    row = assigned(a_group())
    assert [one.step.code for one in answering_steps(row.case, HANDLER, NOW)] == ["answered"]
    assert answering_steps(row.case, CENTRE, NOW) == []


def test_who_answered_cannot_close_alone() -> None:
    row = assigned(a_group())
    answered(row)
    (closing,) = closings(row.case)
    assert (closing.step, closing.who, closing.not_by) == ("回访：办结", "社会治理中心", ("答复",))
    with pytest.raises(CaseRefused):
        do(HANDLER, row.case.number, "satisfied")


@pytest.mark.parametrize(
    ("text", "elements"),
    [
        ("城管局已于3月31日按照《条例》更换灯具；如有异议请联系0574。", []),
        ("知道了。", ["who", "when", "how", "basis", "open"]),
        ("住建局将在3个月内更换。", ["basis", "open"]),
    ],
)
def test_an_answer_is_checked_for_what_it_leaves_out(text: str, elements: list[str]) -> None:
    assert [one.element for one in of_reply("路灯不亮", text)] == elements

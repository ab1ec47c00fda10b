"""Calls: open long enough or with a reason, commented in their days, answered one by one, then published."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from minhu.people.models import Organisation
from minhu.people.rules import RIGHTS
from minhu.people.states import Role
from minhu.trail.models import Entry
from minhu.voices.actions import calls as doing
from minhu.voices.actions.answering_ratings import rate_reply
from minhu.voices.actions.calls_answering import answer_comments
from minhu.voices.actions.groups_placing import place_waiting
from minhu.voices.bridge.calls import articles_of
from minhu.voices.models import Call, Comment, Group, Reply
from minhu.voices.offers.calls import duties, found_calls
from minhu.voices.queries import calls as reading
from minhu.voices.queries.desks import managed_units
from minhu.voices.states.calls import Phase, Weighed
from minhu.voices.states.hearing import Draft, VoiceRefused
from tests.factories.calls import BY, TEXT, TODAY, a_call, commented, draft, lay_calls
from tests.factories.people import make_reader
from tests.factories.voices import NOW

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
AFTER = NOW + 31 * DAY


@pytest.fixture(autouse=True)
def _district() -> None:
    lay_calls()


def reader(unit: str = "zhujian", role: Role = Role.LEAD):
    """Somebody of a unit."""
    return make_reader(role, Organisation.objects.get(code=unit))


def answered(call: Call, *comments: Comment, adoption: str = "adopted", reason: str = "写进第二条。") -> int:
    """An answer to some comments."""
    said = Weighed([one.pk for one in comments], adoption, reason)
    return answer_comments(by=BY, call=call, said=said, at=NOW + DAY)


# -- preparing and announcing -----------------------------------------------------------------------------
def test_a_draft_text_is_cut_into_its_articles() -> None:
    call = doing.prepare_call(by=BY, draft=draft(), at=NOW)
    assert [(one.order, one.label, one.words[:4]) for one in call.articles.all()] == [
        (1, "第一条", "为了方便"), (2, "第二条", "停止运营"), (3, "第三条", "余额十五"),
    ]  # fmt: skip
    assert [piece.label for piece in articles_of(TEXT)] == ["第一条", "第二条", "第三条"]
    assert [piece.label for piece in articles_of("先立后破。\n\n不得断电。")] == ["", ""]
    assert Entry.objects.get(deed="voices.prepare_call").asked == 6


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"code": "Two Words"}, "code"),
        ({"title": " "}, "title"),
        ({"matter": "\u200b"}, "matter"),
        ({"closes_on": TODAY - DAY}, "closes_on"),
        ({"office": "nowhere"}, "office"),
        ({"draft": "第一条 " + "长" * 100_001}, "draft"),
    ],
)
def test_what_cannot_be_a_call_is_refused_at_its_field(change, field) -> None:
    with pytest.raises(VoiceRefused) as refused:
        doing.prepare_call(by=BY, draft=draft(**change), at=NOW)
    assert (refused.value.field, Call.objects.count()) == (field, 0)


def test_a_code_is_given_once() -> None:
    doing.prepare_call(by=BY, draft=draft(), at=NOW)
    with pytest.raises(VoiceRefused) as refused:
        doing.prepare_call(by=BY, draft=draft(title="另一个"), at=NOW)
    assert refused.value.field == "code"


@pytest.mark.parametrize(
    ("days", "text", "reason", "passes"),
    [
        (30, TEXT, "", True),
        (29, TEXT, "", False),
        (29, TEXT, "汛期将至", True),
        (14, "", "", True),
        (13, "", "", False),
    ],
)
def test_it_is_open_long_enough_or_says_why_not(days, text, reason, passes) -> None:
    told = draft(closes_on=TODAY + (days - 1) * DAY, draft=text, short_reason=reason)
    call = doing.prepare_call(by=BY, draft=told, at=NOW)
    if passes:
        row = doing.announce_call(by=BY, call=call, at=NOW)
        assert (row.phase(TODAY), row.is_short) == (Phase.OPEN, bool(reason))
        return
    with pytest.raises(VoiceRefused) as refused:
        doing.announce_call(by=BY, call=call, at=NOW)
    assert refused.value.field == "closes_on"
    call.refresh_from_db()
    assert call.phase(TODAY) == Phase.PREPARED


def test_it_is_changed_before_and_not_after_it_is_announced() -> None:
    call = doing.prepare_call(by=BY, draft=draft(), at=NOW)
    call = doing.change_call(by=BY, call=call, draft=draft(title="新标题", draft="第一条 就这一条。"), at=NOW)
    assert (call.title, call.articles.count()) == ("新标题", 1)
    doing.announce_call(by=BY, call=call, at=NOW)
    for deed in (
        lambda: doing.announce_call(by=BY, call=call, at=NOW),
        lambda: doing.change_call(by=BY, call=call, draft=draft(), at=NOW),
    ):
        with pytest.raises(VoiceRefused):
            deed()


def test_a_first_day_that_is_over_cannot_be_announced() -> None:
    call = doing.prepare_call(by=BY, draft=draft(), at=NOW)
    with pytest.raises(VoiceRefused) as refused:
        doing.announce_call(by=BY, call=call, at=NOW + DAY)
    assert refused.value.field == "opens_on"


def test_the_last_day_moves_and_less_than_needed_wants_a_reason() -> None:
    call = a_call()
    assert doing.move_last_day(by=BY, call=call, closes_on=TODAY + 40 * DAY, reason="", at=NOW).days == 41
    with pytest.raises(VoiceRefused) as refused:
        doing.move_last_day(by=BY, call=call, closes_on=TODAY + DAY, reason="", at=NOW)
    assert refused.value.field == "closes_on"
    row = doing.move_last_day(by=BY, call=call, closes_on=TODAY, reason="隐患紧急", at=NOW)
    assert (row.days, row.short_reason) == (1, "隐患紧急")
    with pytest.raises(VoiceRefused):
        doing.move_last_day(by=BY, call=call, closes_on=TODAY + DAY, reason="", at=NOW + DAY)


def test_rows_hold_what_calls_need() -> None:
    call = a_call()
    for change in ({"closes_on": TODAY - DAY}, {"state": "published"}, {"title": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Call.objects.filter(pk=call.pk).update(**change)


# -- comments ---------------------------------------------------------------------------------------------
def test_a_comment_is_a_voice_with_its_article_and_in_no_group() -> None:
    call = a_call()
    comment = commented(call, "三十日太短", article=2)
    voice = comment.voice
    assert (voice.channel, voice.sort, voice.keeper.code, voice.handlers) == (
        "call", "suggestion", "zhujian", ("zhujian", "zhujian"),
    )  # fmt: skip
    assert comment.article.label == "第二条"
    assert (place_waiting(at=NOW), Group.objects.count()) == (0, 0)
    assert Entry.objects.get(deed="voices.comment_call").payload == {"call": "charging", "article": "第二条"}


@pytest.mark.parametrize(("at", "code"), [(NOW - DAY, "early"), (NOW + 30 * DAY, "late")])
def test_nothing_is_taken_outside_its_days(at, code) -> None:
    call = a_call(opens_on=TODAY)
    with pytest.raises(VoiceRefused) as refused:
        commented(call, "还来得及吗", at=at)
    assert (refused.value.code, refused.value.field, Comment.objects.count()) == (code, "text", 0)


def test_the_last_day_counts() -> None:
    assert commented(a_call(), "最后一天", at=NOW + 29 * DAY).pk


def test_a_call_that_is_prepared_takes_nothing() -> None:
    call = doing.prepare_call(by=BY, draft=draft(), at=NOW)
    with pytest.raises(VoiceRefused):
        commented(call, "还没公布")


def test_the_same_key_twice_is_one_comment() -> None:
    call = a_call()
    for _time in range(2):
        said = Draft("一样的", submit_key="k")
        doing.comment_call(by=None, call=call, article=None, draft=said, at=NOW)
    assert Comment.objects.count() == 1


# -- answers ----------------------------------------------------------------------------------------------
def test_one_answer_goes_to_all_that_are_ticked_and_says_why() -> None:
    call = a_call()
    one, two, three = (commented(call, text, article=2) for text in ("六十日", "四十五日", "不改"))
    assert answered(call, one, two) == 2
    replies = list(Reply.objects.order_by("pk").values_list("voice", "adoption", "public_reason", "rev"))
    assert replies == [
        (one.voice.pk, "adopted", "写进第二条。", 1),
        (two.voice.pk, "adopted", "写进第二条。", 1),
    ]
    row = next(row for row in reading.rows_of(call) if row.article and row.article.order == 2)
    assert (row.total, row.waiting, row.counts) == (3, 1, {"adopted": 2})
    assert [(one.adoption, one.words, one.count) for one in row.reasons] == [("adopted", "写进第二条。", 2)]
    assert [one.asked for one in Entry.objects.filter(deed="voices.answer_comment").order_by("pk")] == [2, 0]
    assert reading.unanswered_count(call) == 1
    three.voice.refresh_from_db()
    assert three.voice.state == "received"


@pytest.mark.parametrize(
    ("adoption", "reason", "field"), [("maybe", "理由", "adoption"), ("declined", " ", "reason")]
)
def test_an_answer_says_what_becomes_of_it_and_why(adoption, reason, field) -> None:
    call = a_call()
    comment = commented(call, "六十日")
    with pytest.raises(VoiceRefused) as refused:
        answered(call, comment, adoption=adoption, reason=reason)
    assert (refused.value.field, Reply.objects.count()) == (field, 0)


def test_what_is_answered_is_answered_again_only_if_its_author_says_so() -> None:
    call = a_call()
    comment = commented(call, "六十日")
    answered(call, comment)
    with pytest.raises(VoiceRefused):
        answered(call, comment)
    reply = rate_reply(reply=Reply.objects.get(), level=1, is_fixed=False, words="没看懂", at=NOW + 2 * DAY)
    assert reply.reopened is None
    comment.voice.refresh_from_db()
    assert comment.voice.state == "open"
    assert answered(call, comment, adoption="partly", reason="改为四十五日。") == 1
    assert list(Reply.objects.order_by("pk").values_list("rev", flat=True)) == [1, 2]
    assert reading.totals(reading.rows_of(call)).counts == {"partly": 1}


def test_comments_of_another_call_are_not_answered_here() -> None:
    call, other = a_call(), a_call(code="other")
    comment = commented(other, "那边的")
    with pytest.raises(VoiceRefused):
        answered(call, comment)


# -- the outcome ------------------------------------------------------------------------------------------
def test_the_outcome_comes_after_the_last_day_and_after_every_answer() -> None:
    call = a_call()
    comment = commented(call, "六十日")
    with pytest.raises(VoiceRefused):
        doing.publish_outcome(by=BY, call=call, outcome="采纳", at=NOW)
    with pytest.raises(VoiceRefused) as refused:
        doing.publish_outcome(by=BY, call=call, outcome="采纳", at=AFTER)
    assert refused.value.field == "outcome"
    answered(call, comment)
    with pytest.raises(VoiceRefused):
        doing.publish_outcome(by=BY, call=call, outcome=" ", at=AFTER)
    row = doing.publish_outcome(by=BY, call=call, outcome="采纳一条。", at=AFTER)
    assert (row.phase(TODAY), row.published_by_post) == (Phase.PUBLISHED, "zhujian-jingban")
    with pytest.raises(VoiceRefused):
        doing.publish_outcome(by=BY, call=call, outcome="再来一次", at=AFTER)


# -- what an office owes ----------------------------------------------------------------------------------
def test_an_office_owes_answers_and_then_the_outcome() -> None:
    call = a_call()
    comment = commented(call, "六十日")
    due = call.closes_on + 30 * DAY
    [duty] = duties(reader(), TODAY)
    assert (duty.due_on, duty.light.tone, "1" in str(duty.title)) == (due, "off", True)
    assert [one.light.tone for one in duties(reader(), due)] == ["blue"]
    assert [one.light.tone for one in duties(reader(), due + DAY)] == ["red"]
    assert list(duties(reader("wenjiao"), TODAY)) == []
    assert list(duties(reader(role=Role.AUDITOR), TODAY)) == []
    answered(call, comment)
    assert list(duties(reader(), TODAY)) == []
    assert len(list(duties(reader(), call.closes_on + DAY))) == 1


def test_units_and_search() -> None:
    a_call()
    assert managed_units(reader()) == [("zhujian", "住建局")]
    assert len(managed_units(reader("gaigeban", Role.OFFICE))) == 4
    assert [found.title for found in found_calls("充电", reader(), 5)] == ["充电棚怎么管"]
    assert (RIGHTS["manage_calls"].roles, RIGHTS["manage_calls"].own) == ({Role.OFFICE}, {Role.LEAD})

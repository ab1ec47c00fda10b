"""Calls for suggestions: prepared, announced, commented within their days, answered, and published."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minhu.people.models import Organisation
from minhu.trail.actions import record
from minhu.trail.models import ref
from minhu.trail.states import SYSTEM, Actor
from minhu.voices.actions.hearing import Heard, hear
from minhu.voices.bridge.calls import MOST_HEADING, articles_of
from minhu.voices.bridge.cleaning import plain
from minhu.voices.models import Call, CallArticle, Comment
from minhu.voices.queries.calls import least_days, unanswered_count
from minhu.voices.queries.limits import day_of
from minhu.voices.states.calls import LONGEST_DRAFT, CallDraft, CallState, Phase
from minhu.voices.states.hearing import Channel, Draft, Sort, VoiceRefused

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@transaction.atomic
def prepare_call(*, by: Actor, draft: CallDraft, at: datetime) -> Call:
    """Prepare a call; its draft text is cut into articles. Raises VoiceRefused naming the field."""
    check_draft(draft)
    if Call.objects.filter(code=draft.code).exists():
        raise VoiceRefused(_("There is a call with this code already: choose another."), "code")
    call = Call(code=draft.code, made_at=at, illustrative=draft.illustrative)
    write(call, draft)
    tell(by, "prepare_call", call, at, {"title": call.title}, asked=6)
    return call


@transaction.atomic
def change_call(*, by: Actor, call: Call, draft: CallDraft, at: datetime) -> Call:
    """Change a call that was not announced yet; the articles are cut anew."""
    row = locked(call)
    if row.state != CallState.PREPARED:
        raise VoiceRefused(_("This call has been announced: only its last day may still move."))
    check_draft(replace(draft, code=row.code))
    write(row, draft)
    tell(by, "change_call", row, at, {"title": row.title}, asked=1)
    return row


def check_draft(draft: CallDraft) -> None:
    """Refuse what cannot be a call, naming the field."""
    if not CODE.fullmatch(draft.code):
        words = _("A code has small letters, digits and hyphens, such as night-markets.")
        raise VoiceRefused(words, "code")
    for name, words in (
        ("title", _("Give the call a title.")),
        ("matter", _("Say what it is about, so that everybody knows what to suggest.")),
    ):
        if not plain(getattr(draft, name)):
            raise VoiceRefused(words, name)
    if draft.closes_on < draft.opens_on:
        raise VoiceRefused(_("The last day lies before the first."), "closes_on")
    if len(draft.draft) > LONGEST_DRAFT:
        words = _("The draft is longer than %(n)d characters: publish a shorter text.")
        raise VoiceRefused(words % {"n": LONGEST_DRAFT}, "draft")


def write(call: Call, draft: CallDraft) -> None:
    """Write the values of a draft into a call and cut its text."""
    office = Organisation.objects.standing().filter(code=draft.office).first()
    if office is None:
        words = _("There is no unit “%(code)s”: choose one of the list.") % {"code": draft.office}
        raise VoiceRefused(words, "office")
    pieces = articles_of(draft.draft) if draft.draft.strip() else []
    if draft.draft.strip() and not pieces:
        raise VoiceRefused(_("No article was found in the draft: number them as 第一条, 第二条 …"), "draft")
    call.title, call.matter, call.ways = plain(draft.title)[:120], plain(draft.matter), plain(draft.ways)
    call.office, call.opens_on, call.closes_on = office, draft.opens_on, draft.closes_on
    call.draft_title, call.draft = plain(draft.draft_title)[:200], draft.draft.strip()
    call.short_reason = plain(draft.short_reason)
    call.save()
    call.articles.all().delete()
    CallArticle.objects.bulk_create(
        CallArticle(
            call=call, order=place, label=piece.label[:40], text=piece.text,
            heading=piece.heading[:MOST_HEADING],
        )
        for place, piece in enumerate(pieces, 1)
    )  # fmt: skip


@transaction.atomic
def announce_call(*, by: Actor, call: Call, at: datetime) -> Call:
    """Announce a call; from then on everybody sees it. Open for less than it should, it has to say why."""
    row, today = locked(call), day_of(at)
    if row.state != CallState.PREPARED:
        raise VoiceRefused(_("This call has been announced already."))
    if row.opens_on < today:
        raise VoiceRefused(_("Its first day is over: let it open today or later."), "opens_on")
    row.least_days = least_days(row, today)
    check_length(row)
    row.state, row.announced_at = CallState.ANNOUNCED, at
    row.save(update_fields=["state", "announced_at", "least_days"])
    payload = {"opens_on": row.opens_on.isoformat(), "closes_on": row.closes_on.isoformat()}
    tell(by, "announce_call", row, at, payload)
    return row


def check_length(row: Call) -> None:
    """Refuse a call that is open too short without saying why."""
    if row.is_short and not row.short_reason:
        words = ngettext(
            "It is open %(days)d day; at least %(least)d are needed. Move the last day, or say to everybody "
            "why it is urgent.",
            "It is open %(days)d days; at least %(least)d are needed. Move the last day, or say to everybody "
            "why it is urgent.",
            row.days,
        )
        raise VoiceRefused(words % {"days": row.days, "least": row.least_days}, "closes_on")


@transaction.atomic
def move_last_day(*, by: Actor, call: Call, closes_on: date, reason: str, at: datetime) -> Call:
    """Let a call be open longer, or end it today; ended before its time it has to say why."""
    row, today = locked(call), day_of(at)
    if row.phase(today) not in (Phase.COMING, Phase.OPEN):
        raise VoiceRefused(_("Only a call that has not closed yet may be moved."))
    if closes_on < max(today, row.opens_on):
        raise VoiceRefused(_("A day that is over cannot be the last one."), "closes_on")
    before, row.closes_on = row.closes_on, closes_on
    row.short_reason = plain(reason) or row.short_reason
    check_length(row)
    row.save(update_fields=["closes_on", "short_reason"])
    payload = {"closes_on": [before.isoformat(), closes_on.isoformat()]}
    tell(by, "move_last_day", row, at, payload, asked=2)
    return row


@transaction.atomic
def comment_call(
    *, by: Actor | None, call: Call, article: CallArticle | None, draft: Draft, at: datetime
) -> Heard:
    """Hear a comment on a call or one of its articles. Raises VoiceRefused before and after its days."""
    check_open(call, day_of(at))
    said = replace(
        draft, channel=Channel.CALL, sort=Sort.SUGGESTION, keeper=call.office.code, office=call.office.code,
        illustrative=call.illustrative,
    )  # fmt: skip
    heard = hear(by=by, draft=said, at=at)
    if not heard.again:
        Comment.objects.create(voice=heard.voice, call=call, article=article)
        payload = {"call": call.code, "article": article.label if article else ""}
        actor = by or SYSTEM
        record(by=actor, deed="voices.comment_call", thing=ref(heard.voice), book=heard.voice.book, at=at,
               payload=payload)  # fmt: skip
    return heard


def check_open(call: Call, today: date) -> None:
    """Refuse comments outside the days of a call, and say where else to turn."""
    match call.phase(today):
        case Phase.OPEN:
            return
        case Phase.COMING:
            words = _("This call opens on %(day)s; come back then, what you wrote is still here.")
            raise VoiceRefused(words % {"day": call.opens_on}, "text", "early")
        case Phase.PREPARED:
            raise VoiceRefused(_("This call has not been announced."), "text", "early")
    words = _("This call closed on %(day)s and takes nothing more. What came of it will stand on this page; "
              "you can still say it under “Say something”, and it will be answered.")  # fmt: skip
    raise VoiceRefused(words % {"day": call.closes_on}, "text", "late")


@transaction.atomic
def publish_outcome(*, by: Actor, call: Call, outcome: str, at: datetime) -> Call:
    """Publish what came of a call, once it has closed and every comment has an answer."""
    row = locked(call)
    if row.phase(day_of(at)) != Phase.WEIGHING:
        raise VoiceRefused(_("The outcome is published once, after the last day."))
    if waiting := unanswered_count(row):
        words = ngettext("%(n)d comment has no answer yet: answer it first.",
                         "%(n)d comments have no answer yet: answer them first.", waiting)  # fmt: skip
        raise VoiceRefused(words % {"n": waiting}, "outcome")
    if not plain(outcome):
        words = _("Say in a few words what came of it: what is taken, what is not, why.")
        raise VoiceRefused(words, "outcome")
    row.outcome, row.state = plain(outcome), CallState.PUBLISHED
    row.published_at, row.published_by_post = at, by.post
    row.save(update_fields=["outcome", "state", "published_at", "published_by_post"])
    tell(by, "publish_outcome", row, at, {}, asked=1)
    return row


def locked(call: Call) -> Call:
    """A call, held until the deed is done."""
    return Call.objects.select_for_update(of=("self",)).select_related("office").get(pk=call.pk)


def tell(
    by: Actor, deed: str, call: Call, at: datetime, payload: Mapping[str, object], asked: int = 0
) -> None:
    """Tell the book of a call."""
    record(by=by, deed=f"voices.{deed}", thing=ref(call), book=call.book, at=at, payload=payload, asked=asked)

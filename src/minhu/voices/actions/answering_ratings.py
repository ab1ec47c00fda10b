"""What authors think of an answer: five levels, or that it is not settled; bad ones send it back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.cases import actions as cases
from minhu.cases.actions import effects
from minhu.cases.models import Case
from minhu.cases.states import BAD_LEVELS, MACHINE, Ask, CaseRefused, Level, Opening, Why
from minhu.trail.actions import record
from minhu.trail.models import ref
from minhu.trail.states import SYSTEM
from minhu.voices.actions.answering import tie_case
from minhu.voices.actions.groups import locked, standing
from minhu.voices.actions.groups_counting import recount_voice
from minhu.voices.bridge.answering import values_again
from minhu.voices.bridge.masking import masked
from minhu.voices.models import Group, Membership, Reply, VoiceCase
from minhu.voices.queries.answering import cases_with_links, links_kept
from minhu.voices.queries.groups_limits import reopen_most
from minhu.voices.states.hearing import KIND, State, VoiceRefused

RATED_BAD = "rated_bad"
LONGEST = 2000
TAKEN = frozenset({Why.NOT_HERE, Why.GUARD, Why.ENDED, Why.UNKNOWN})


@transaction.atomic
def rate_reply(*, reply: Reply, level: int | None, is_fixed: bool | None, words: str, at: datetime) -> Reply:
    """Take down what an author thinks of an answer, once for each answer. Raises VoiceRefused.

    A bad level or “not settled” sends the matter back: the case goes on, or a new one is opened.
    """
    row = Reply.objects.select_for_update(of=("self",)).select_related("voice", "case").get(pk=reply.pk)
    check_rating(row, level, is_fixed, words)
    row.level, row.is_fixed, row.words, row.rated_at = level, is_fixed, masked(words.strip()), at
    is_bad = is_fixed is False or level in BAD_LEVELS
    row.reopened = send_back(row, at) if is_bad else None
    row.save(update_fields=["level", "is_fixed", "words", "rated_at", "reopened"])
    if not is_bad:
        row.voice.state = State.CLOSED
        row.voice.save(update_fields=["state"])
    recount_voice(row.voice_id)
    rate_case(row, at)
    # What somebody wrote may tell who they are: the record keeps the level alone.
    payload = {
        "reply": row.pk, "level": level, "fixed": is_fixed,
        "case": row.case.number if row.case else "",
        "back_in": row.reopened.number if row.reopened else "",
    }  # fmt: skip
    asked = sum((level is not None, is_fixed is not None, bool(words.strip())))
    record(
        by=SYSTEM, deed="voices.rate_reply", thing=ref(row.voice), book=row.voice.book, at=at,
        payload=payload, asked=asked,
    )  # fmt: skip
    return row


def check_rating(row: Reply, level: int | None, is_fixed: bool | None, words: str) -> None:
    """Refuse a rating that says nothing, comes twice, or is of an answer that was followed by another."""
    if row.rated_at is not None:
        raise VoiceRefused(_("You have rated this answer already; once is enough."))
    if Reply.objects.filter(voice=row.voice_id, pk__gt=row.pk).exists():
        raise VoiceRefused(_("You have been answered again since: rate the later answer."))
    if level is None and is_fixed is None:
        raise VoiceRefused(_("Choose one of the five answers, or say whether it is settled."), "level")
    if level is not None and level not in Level.values:
        raise VoiceRefused(_("Choose one of the five answers."), "level")
    if len(words) > LONGEST:
        raise VoiceRefused(_("At most %(n)d characters fit: shorten it.") % {"n": LONGEST}, "words")


def send_back(row: Reply, at: datetime) -> Case | None:
    """Have a matter taken up again: in its case, in the one its group has now, or in a new one.

    None where that was done as often as it may be: the unit that calls back then tells what remains.
    """
    if row.case is None:
        # What was said to a call has no case: its office answers again on the page of the call.
        waits_again(row)
        return None
    group = standing(group_of(row))
    group = locked([group.pk])[group.pk]
    for case in (row.case, group.case):
        if case is not None and case.is_open:
            return went_back(row, case, at)
    if VoiceCase.objects.filter(group=group).count() > reopen_most(at):
        return None
    waits_again(row)
    return open_again(row, row.case, group, at)


def group_of(row: Reply) -> Group:
    """The group of the author of an answer."""
    return Membership.objects.select_related("group").get(voice=row.voice_id, until=None).group


def waits_again(row: Reply) -> None:
    """The author waits for another answer."""
    row.voice.state = State.OPEN
    row.voice.save(update_fields=["state"])


def went_back(row: Reply, case: Case, at: datetime) -> Case | None:
    """Give a case the command a bad rating gives; where it is being redone already nothing more is needed."""
    try:
        with transaction.atomic():
            cases.act(by=MACHINE, ask=Ask(case.number, RATED_BAD, f"reply:{row.pk}"), at=at)
    except CaseRefused as refused:
        if refused.why not in TAKEN:
            raise
        if refused.why == Why.GUARD:
            return None
    waits_again(row)
    return case


def open_again(row: Reply, before: Case, group: Group, at: datetime) -> Case:
    """A new case for a group whose case was closed, with what it knew and that it is not settled."""
    note = _("Not settled after case %(number)s.") % {"number": before.number}
    values = values_again(before, f"{note} {row.words}".strip())
    opening = Opening(KIND, values, {}, before.number)
    done = cases.open_case(by=MACHINE, opening=opening, key=f"again:{row.pk}", at=at)
    case = Case.objects.select_related("kind").get(number=done.number)
    tie_case(MACHINE, group, case, at)
    return case


def rate_case(row: Reply, at: datetime) -> None:
    """The first author who rates gives the case its own rating too."""
    voice_case = VoiceCase.objects.filter(case=row.case).exclude(rating_token="").first()
    if voice_case and row.level:
        cases.rate(token=voice_case.rating_token, level=row.level, words="", at=at)
        voice_case.rating_token = ""
        voice_case.save(update_fields=["rating_token"])


def take_links(*, at: datetime) -> int:
    """Take over the links to a rating of closed cases: authors of voices rate by the code they have."""
    taken = 0
    for row in cases_with_links():
        with transaction.atomic():
            for effect in links_kept(row.case):
                token = effects.hand_over_link(by=MACHINE, effect=effect, at=at)
                row.rating_token = token or row.rating_token
                taken += bool(token)
            row.save(update_fields=["rating_token"])
    return taken

"""Whom the answer of a case goes to, what it says, and what one author was answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet

from minhu.cases.models import Case, Datum, Effect, Part
from minhu.cases.states import EffectState
from minhu.people.models import Organisation
from minhu.trail.models import Entry
from minhu.voices.models import Membership, Reply, Voice, VoiceCase
from minhu.voices.states.groups import Left
from minhu.voices.states.hearing import LIVE

ANSWER, ADOPTION, REASON, HANDLER = "answer", "adoption", "public_reason", "handler"
"""Fields and role of the kind of case in which voices are handled."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the office answered: in which revision of the case, by whom."""

    text: str
    rev: int
    office: str = ""
    adoption: str = ""
    public_reason: str = ""
    user: int | None = None
    post: str = ""


def unsent_answers() -> QuerySet[VoiceCase]:
    """Cases of voices whose answer is newer than what was sent to the authors."""
    rows = VoiceCase.objects.filter(case__data__key=ANSWER, case__data__rev__gt=F("carried_rev"))
    return rows.select_related("case", "group").order_by("pk").distinct()


def answer_of(case: Case) -> Answer | None:
    """The answer a case holds now."""
    rows = {row.key: row for row in Datum.objects.filter(case=case, key__in=(ANSWER, ADOPTION, REASON))}
    answer = rows.get(ANSWER)
    if answer is None or not answer.value:
        return None
    entry = Entry.objects.filter(book=case.book, payload__rev=answer.rev).first()
    said = {key: str(row.value or "") for key, row in rows.items()}
    adoption = said.get(ADOPTION, "") if said.get(REASON) else ""
    return Answer(
        said[ANSWER], answer.rev, office_of(case), adoption, said.get(REASON, ""),
        entry.actor_user if entry else None, entry.actor_post if entry else "",
    )  # fmt: skip


def office_of(case: Case) -> str:
    """The name of the unit that handles a case."""
    part = Part.objects.filter(case=case, role=HANDLER).select_related("organisation").last()
    return part.organisation.name if part else ""


def handlers_of(cases: Iterable[int]) -> dict[int, Organisation]:
    """The unit that handles each case, the one that came last."""
    rows = Part.objects.filter(case__in=cases, role=HANDLER).select_related("organisation").order_by("pk")
    return {row.case_id: row.organisation for row in rows}


def recipients(voice_case: VoiceCase) -> QuerySet[Voice]:
    """The authors a case answers: who is in its group now, and who went along when that was merged."""
    went = Q(left__in=(Left.MERGE,))
    rows = Membership.objects.filter(Q(until=None) | went, group=voice_case.group_id)
    voices = Voice.objects.filter(pk__in=rows.values("voice"), state__in=LIVE, erased_at=None)
    return voices.filter(received_at__lte=latest_for(voice_case)).order_by("pk")


def latest_for(voice_case: VoiceCase) -> datetime:
    """Who spoke after the answer was written is not answered by it."""
    row = Datum.objects.filter(case=voice_case.case, key=ANSWER).first()
    entry = Entry.objects.filter(book=voice_case.case.book, payload__rev=row.rev).first() if row else None
    return entry.at if entry else voice_case.assigned_at


def replies_of(voice: Voice) -> list[Reply]:
    """What an author was answered, the latest first."""
    rows = Reply.objects.filter(voice=voice).select_related("case", "reopened")
    return list(rows.order_by("-sent_at", "-pk"))


def case_of_voice(voice: Voice) -> Case | None:
    """The case in which a voice is handled now."""
    row = Membership.objects.filter(voice=voice, until=None).select_related("group__case__kind").first()
    return row.group.case if row else None


def links_kept(case: Case) -> QuerySet[Effect]:
    """Links to a rating of a case that nobody handed over yet: authors of voices rate by their code."""
    return Effect.objects.filter(
        case=case, kind="rating", state=EffectState.DONE, result__has_key="token"
    ).order_by("pk")


def unmailed() -> QuerySet[Reply]:
    """Answers whose author left an address to which nothing was sent yet."""
    rows = Reply.objects.filter(mailed_at=None, voice__personal__key="mail", voice__personal__erased_at=None)
    return rows.select_related("voice").order_by("pk")


def cases_with_links() -> list[VoiceCase]:
    """Cases of voices that hold links to a rating nobody handed over yet."""
    kept = Effect.objects.filter(kind="rating", state=EffectState.DONE, result__has_key="token")
    rows = VoiceCase.objects.filter(case__in=kept.values("case"))
    return list(rows.select_related("case").order_by("pk"))

"""Giving groups to offices, and sending what they answer to every author."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.cases import actions as cases
from minhu.cases.models import Case
from minhu.cases.states import Ask, CaseRefused, Doer, Done, Opening
from minhu.people.models import Organisation
from minhu.trail.actions import link, record_many
from minhu.trail.models import ref
from minhu.trail.states import SYSTEM, Deed
from minhu.voices.actions.groups import check_standing, has_open_case, locked, note
from minhu.voices.actions.groups_counting import recount
from minhu.voices.bridge.answering import assigning_step
from minhu.voices.bridge.checks import of_reply
from minhu.voices.bridge.masking import masked
from minhu.voices.models import Group, Membership, Reply, Voice, VoiceCase
from minhu.voices.queries.answering import HANDLER, answer_of, recipients, unsent_answers
from minhu.voices.states.hearing import KIND, State, VoiceRefused

HANDLED_IN = "handled_in"


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a group is given to an office with: the values of the case, the office, a word to it."""

    values: Mapping[str, object]
    handler: str = ""
    helpers: Sequence[str] = field(default_factory=tuple)
    note: str = ""
    matter: str = ""


@transaction.atomic
def assign_group(*, by: Doer, group: Group, given: Assignment, key: str, at: datetime) -> VoiceCase:
    """Open the case of a group and give it to an office. Raises CaseRefused and VoiceRefused.

    Whoever may open cases but not give them out leaves that to the unit the kind of case names.
    """
    group = locked([group.pk])[group.pk]
    check_standing(group)
    if has_open_case(group):
        raise VoiceRefused(_("This group is being handled already."))
    done = cases.open_case(by=by, opening=Opening(KIND, given.values), key=key, at=at)
    case = Case.objects.select_related("kind").get(number=done.number)
    voice_case = tie_case(by, group, case, at)
    if given.handler:
        give_out(by, case, given, key, at)
    return voice_case


def give_out(by: Doer, case: Case, given: Assignment, key: str, at: datetime) -> Done | None:
    """Do the step that names the office, if this post may."""
    step = assigning_step(case, by, at)
    if step is None:
        return None
    assigns = {HANDLER: [given.handler], **({"helper": list(given.helpers)} if given.helpers else {})}
    said = {"dispatch_note": given.note, "matter": given.matter}
    values = {name: value for name, value in said.items() if value and name in step.fields}
    done = cases.act(by=by, ask=Ask(case.number, step.code, f"{key}:give", values, assigns), at=at)
    office = Organisation.objects.get(code=given.handler)
    group = case.voice_case.group
    group.office = office
    group.save(update_fields=["office"])
    Voice.objects.filter(pk__in=members(group)).update(office=office, office_by="person")
    return done


def tie_case(by: Doer, group: Group, case: Case, at: datetime) -> VoiceCase:
    """Note that a group is handled in a case; its voices are in hand from now on."""
    attempt = VoiceCase.objects.filter(group=group).count() + 1
    row = VoiceCase(group=group, case=case, attempt=attempt, assigned_at=at)
    row.save(force_insert=True)
    group.case = case
    group.save(update_fields=["case"])
    Voice.objects.filter(pk__in=members(group), state=State.RECEIVED).update(state=State.OPEN)
    recount([group.pk])
    link(by=by.actor, src=ref(group), dst=ref(case), kind=HANDLED_IN, at=at)
    note(by.actor, "assign_group", group, at, {"case": case.number, "attempt": attempt})
    return row


def members(group: Group) -> list[int]:
    """The voices of a group now."""
    return list(Membership.objects.filter(group=group, until=None).values_list("voice", flat=True))


def assign_many(
    *, by: Doer, asks: Sequence[tuple[Group, Assignment, str]], at: datetime
) -> list[VoiceCase | str]:
    """Give many groups out, each by itself: what is refused says why and stops no other."""
    found: list[VoiceCase | str] = []
    for group, given, key in asks:
        try:
            found.append(assign_group(by=by, group=group, given=given, key=key, at=at))
        except CaseRefused as refused:
            found.append("; ".join([fault.words for fault in refused.faults] or [refused.words]))
        except VoiceRefused as refused:
            found.append(refused.words)
    return found


@transaction.atomic
def answer_group(*, by: Doer, voice_case: VoiceCase, ask: Ask, at: datetime) -> int:
    """Do the step that answers, and send the answer to every author at once. Raises CaseRefused."""
    cases.act(by=by, ask=ask, at=at)
    return send_answer(voice_case, at)


def send_answers(*, at: datetime) -> int:
    """Send every answer that was written in a case and not sent yet; returns how many authors got one."""
    sent = 0
    for pk in list(unsent_answers().values_list("pk", flat=True)):
        with transaction.atomic():
            row = VoiceCase.objects.select_for_update(of=("self",)).select_related("case", "group").get(pk=pk)
            sent += send_answer(row, at)
    return sent


def send_answer(row: VoiceCase, at: datetime) -> int:
    """Send the answer of a case to all it answers; twice sends nothing."""
    answer = answer_of(row.case)
    if answer is None or answer.rev <= row.carried_rev:
        return 0
    voices = list(recipients(row))
    alone = len(voices) == 1
    text = answer.text if alone else masked(answer.text)
    missing = [one.element for one in of_reply(row.group.title, answer.text)]
    replies = [
        Reply(
            voice=voice, case=row.case, rev=answer.rev, text=text, office=answer.office, checklist=missing,
            adoption=answer.adoption, public_reason=masked(answer.public_reason),
            written_by_user=answer.user, written_by_post=answer.post, sent_at=at,
        )
        for voice in voices
    ]  # fmt: skip
    Reply.objects.bulk_create(replies, batch_size=500)
    waiting = [voice.pk for voice in voices if voice.state in (State.RECEIVED, State.OPEN)]
    Voice.objects.filter(pk__in=waiting).update(state=State.ANSWERED)
    row.carried_rev = answer.rev
    row.save(update_fields=["carried_rev"])
    payload = {"case": row.case.number, "rev": answer.rev}
    record_many(
        Deed(SYSTEM, "voices.send_answer", ref(voice), voice.book, at, payload, 0) for voice in voices
    )
    groups = Membership.objects.filter(voice__in=voices, until=None).values_list("group", flat=True)
    recount({row.group_id, *groups})
    return len(replies)

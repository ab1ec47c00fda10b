"""Hearing: what somebody said becomes a voice; masked, numbered, its personal values apart."""

from collections import Counter as Tally
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from secrets import token_hex
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minhu.people.models import Organisation
from minhu.trail.actions import record_many
from minhu.trail.models import ref
from minhu.trail.states import SYSTEM, Actor, Deed
from minhu.voices.actions.groups_placing import place_heard
from minhu.voices.actions.knocking import salt_of
from minhu.voices.bridge.cleaning import Cleaned, cleaned, masked_line, plain
from minhu.voices.bridge.keeping import keep_until
from minhu.voices.bridge.tokens import code_digest, contact_key, new_code, new_salt, salted
from minhu.voices.models import Counter, Moderation, Voice, VoicePersonal
from minhu.voices.queries.desks import sorting_desk, units
from minhu.voices.queries.limits import Limits, day_of, limits_on
from minhu.voices.states.hearing import LIVE, Contact, Draft, Held, State, Verdict, VoiceRefused

BATCH = 500
PLACED_AT_ONCE = 200
"""Of more at once the worker makes groups, so that no table waits for that."""
WEEK = timedelta(days=7)
CONTACT_LONGEST = 200
PURPOSES: dict[str, Any] = {
    Contact.NAME: gettext_lazy("to address the author in the answer"),
    Contact.PHONE: gettext_lazy("to ask back, to answer, to hear whether it is settled"),
    Contact.MAIL: gettext_lazy("to send the answer"),
}
Units = Mapping[str, Organisation]


@dataclass(frozen=True, slots=True)
class Heard:
    """A new voice and its follow-up code, which is told once and never kept."""

    voice: Voice
    follow_code: str
    again: bool = False


@dataclass(slots=True)
class Work:
    """What hearing needs to know, read once for all voices of one deed."""

    by: Actor | None
    at: datetime
    limits: Limits
    units: Units
    desk: str
    salt: str
    same: Tally[str] = field(default_factory=Tally)
    own: Tally[tuple[str, str]] = field(default_factory=Tally)

    def unit(self, code: str, what: str) -> Organisation | None:
        """A unit by its code. Raises VoiceRefused naming it."""
        if code and code not in self.units:
            words = _("There is no unit “%(code)s”: choose one of the list.") % {"code": code}
            raise VoiceRefused(words, what)
        return self.units.get(code)


def hear(*, by: Actor | None, draft: Draft, at: datetime) -> Heard:
    """Hear one voice, from the public (`by` None) or written down by an officer. Raises VoiceRefused.

    The same `submit_key` twice is one voice; the second time there is no code to tell.
    """
    if draft.submit_key and (known := Voice.objects.filter(submit_key=draft.submit_key).first()):
        return Heard(known, "", again=True)
    elsewhere = {"channel": draft.channel, "outside_number": draft.outside_number}
    if draft.outside_number and (known := Voice.objects.filter(**elsewhere).first()):
        words = _("The number %(number)s is in already, as %(voice)s.")
        said = {"number": draft.outside_number, "voice": known.number}
        raise VoiceRefused(words % said, "outside_number", "state")
    code = new_code()
    voices = hear_many(by=by, drafts=[draft], at=at, codes=[code])
    return Heard(voices[0], code)


def hear_many(
    *, by: Actor | None, drafts: Sequence[Draft], at: datetime, codes: Sequence[str] = ()
) -> list[Voice]:
    """Hear many at once, all or none; texts are read and masked before the transaction begins."""
    texts = [cleaned(draft.text, draft.title) for draft in drafts]
    work = work_for(by, drafts, texts, at)
    voices = [row_of(draft, text, work) for draft, text in zip(drafts, texts, strict=True)]
    for voice, code in zip(voices, codes, strict=False):
        voice.code_digest = code_digest(code)
    personal = [list(personal_of(draft, work)) for draft in drafts]
    with transaction.atomic():
        first = take_numbers(at.year, len(voices))
        for at_place, voice in enumerate(voices):
            voice.number = f"v{at.year}-{first + at_place:06}"
        Voice.objects.bulk_create(voices, batch_size=BATCH)
        for voice, values in zip(voices, personal, strict=True):
            for value in values:
                value.voice = voice
        VoicePersonal.objects.bulk_create([one for values in personal for one in values], batch_size=BATCH)
        hold(voices, texts, at)
        record_many(deed_of(*row, work) for row in zip(drafts, voices, personal, strict=True))
    if len(voices) <= PLACED_AT_ONCE:
        place_heard(voices=[voice for voice in voices if voice.state in LIVE], at=at)
    return voices


def work_for(by: Actor | None, drafts: Sequence[Draft], texts: Sequence[Cleaned], at: datetime) -> Work:
    """Limits, units and, for what the public says, how often the same was said within a week."""
    desk = "" if all(draft.keeper for draft in drafts) else sorting_desk()
    codes = {code for draft in drafts for code in (draft.place, draft.office, draft.keeper)}
    work = Work(by, at, limits_on(day_of(at)), units({*codes, desk}), desk, salt_of("person", at))
    if by is None:
        rows = Voice.objects.filter(
            sameness__in={text.sameness for text in texts}, received_at__gt=at - WEEK
        ).values_list("sameness", "person")
        for sameness, person in rows:
            work.same[sameness] += 1
            work.own[sameness, person] += 1
    return work


def row_of(draft: Draft, text: Cleaned, work: Work) -> Voice:
    """The row of a voice, without number."""
    day = day_of(work.at)
    if draft.said_on and draft.said_on > day:
        raise VoiceRefused(_("The day on which it was said lies in the future."), "said_on")
    person = person_of(draft, work)
    voice = Voice(
        channel=draft.channel, sort=draft.sort, identity=draft.identity, said_on=draft.said_on or day,
        received_at=work.at, title=text.title, text=text.raw, masked=text.masked, salt=new_salt(),
        text_until=keep_until(day, work.limits.keep_months), place=work.unit(draft.place, "place"),
        place_words=masked_line(draft.place_words)[:200], domain=draft.domain,
        office=work.unit(draft.office, "office"), office_by="person" if draft.office else "",
        keeper=work.unit(draft.keeper or work.desk, "keeper"), person=person, sameness=text.sameness,
        submit_key=draft.submit_key or None, may_publish=draft.may_publish, occasion_id=draft.occasion,
        outside_number=draft.outside_number, illustrative=draft.illustrative,
    )  # fmt: skip
    if reason_to_wait(text, person, work):
        voice.state = State.HELD
    return voice


def reason_to_wait(text: Cleaned, person: str, work: Work) -> str:
    """Why what the public says waits for a person; what officers write down does not wait."""
    if work.by is not None:
        return ""
    work.same[text.sameness] += 1
    work.own[text.sameness, person] += 1
    many = work.same[text.sameness] > work.limits.copies
    own = work.own[text.sameness, person] > work.limits.own_copies
    return Held.COPIES if many or own else text.held


def person_of(draft: Draft, work: Work) -> str:
    """A token equal for one person within a window; each its own where nothing tells people apart."""
    for name in (Contact.PHONE, Contact.MAIL):
        if value := draft.contact.get(name, "").strip():
            return salted(work.salt, contact_key(name, value))
    return salted(work.salt, f"address:{draft.address}") if draft.address else token_hex(32)


def personal_of(draft: Draft, work: Work) -> Iterator[VoicePersonal]:
    """The personal values that came with a voice."""
    for name in PURPOSES:
        if row := contact_row(name, draft.contact.get(name, ""), day_of(work.at), work.limits.keep_months):
            yield row


def contact_row(name: str, typed: str, day: date, months: int) -> VoicePersonal | None:
    """A personal value with its purpose and last day, unless it is empty. Raises VoiceRefused."""
    value = plain(typed).replace("\n", " ")
    if len(value) > CONTACT_LONGEST:
        raise VoiceRefused(_("At most %(n)d characters fit: shorten it.") % {"n": CONTACT_LONGEST}, name)
    if not value:
        return None
    until, why = keep_until(day, months), str(PURPOSES[name])
    return VoicePersonal(key=name, value=value, salt=new_salt(), purpose=why, keep_until=until)


def take_numbers(year: int, count: int) -> int:
    """The first of so many numbers in a row; whoever comes next waits until they are given out."""
    name = f"voice:{year}"
    Counter.objects.get_or_create(name=name)
    row = Counter.objects.select_for_update().get(name=name)
    row.last += count
    row.save(update_fields=["last"])
    return row.last - count + 1


def hold(voices: Iterable[Voice], texts: Iterable[Cleaned], at: datetime) -> None:
    """Write into the moderators' log why voices wait."""
    rows = [
        Moderation(voice=voice, verdict=Verdict.HELD, reason=text.held or Held.COPIES, at=at)
        for voice, text in zip(voices, texts, strict=True)
        if voice.state == State.HELD
    ]
    Moderation.objects.bulk_create(rows, batch_size=BATCH)


def deed_of(draft: Draft, voice: Voice, personal: Iterable[VoicePersonal], work: Work) -> Deed:
    """The entry of the record: no text, no personal value, only digests nobody can undo without the salt."""
    payload = {
        "channel": voice.channel,
        "state": voice.state,
        "text": salted(voice.salt, voice.text),
        "personal": {value.key: salted(value.salt, value.value) for value in personal},
    }
    asked = draft.typed if work.by else 0
    return Deed(work.by or SYSTEM, "voices.hear", ref(voice), voice.book, work.at, payload, asked)

"""Occasions: a visit or session is written down once, with everything that was said there as voices."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.trail.actions import record
from minhu.trail.models import ref
from minhu.trail.states import Actor
from minhu.voices.actions.hearing import hear_many
from minhu.voices.bridge.cleaning import masked_line, plain
from minhu.voices.bridge.masking import masked
from minhu.voices.models import Occasion, Voice
from minhu.voices.queries.desks import units
from minhu.voices.queries.limits import day_of
from minhu.voices.states.hearing import Channel, Draft, OccasionKind, VoiceRefused

MOST = 50


@dataclass(frozen=True, slots=True)
class OccasionDraft:
    """Which occasion, when, where, held by which unit. There is no field for who came or how many."""

    kind: str
    title: str
    held_on: date
    office: str
    place: str = ""
    place_words: str = ""
    note: str = ""
    key: str = ""
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Noted:
    """An occasion and the voices that came of it."""

    occasion: Occasion
    voices: tuple[Voice, ...]


@transaction.atomic
def record_occasion(*, by: Actor, draft: OccasionDraft, said: Sequence[Draft], at: datetime) -> Noted:
    """Write an occasion down with what was said; the same key twice is one. Raises VoiceRefused."""
    if draft.key and (known := Occasion.objects.filter(key=draft.key).first()):
        return Noted(known, tuple(known.voices.order_by("pk")))
    check(draft, said, at)
    found = units((draft.office, draft.place))
    for code, name in ((draft.office, "office"), (draft.place, "place")):
        if code and code not in found:
            words = _("There is no unit “%(code)s”: choose one of the list.") % {"code": code}
            raise VoiceRefused(words, name)
    occasion = Occasion.objects.create(
        kind=draft.kind, title=masked_line(draft.title)[:120], held_on=draft.held_on, key=draft.key or None,
        office=found[draft.office], place=found.get(draft.place), note=masked(plain(draft.note)),
        place_words=masked_line(draft.place_words)[:200], illustrative=draft.illustrative,
    )  # fmt: skip
    payload = {"kind": draft.kind, "held_on": draft.held_on.isoformat(), "office": draft.office}
    record(by=by, deed="voices.record_occasion", thing=ref(occasion), book=occasion.book, at=at,
           payload=payload, asked=4)  # fmt: skip
    return Noted(occasion, tuple(add_said(by=by, occasion=occasion, said=said, at=at)))


def check(draft: OccasionDraft, said: Sequence[Draft], at: datetime) -> None:
    """Refuse an occasion of no known kind, without title, of a day to come, or with nothing said."""
    if draft.kind not in OccasionKind.values:
        raise VoiceRefused(_("Choose one of the answers."), "kind")
    if not draft.title.strip():
        raise VoiceRefused(_("Say which occasion it was."), "title")
    if draft.held_on > day_of(at):
        raise VoiceRefused(_("The day of the occasion lies in the future."), "held_on")
    if not said:
        raise VoiceRefused(_("Write down at least one thing that was said."), "said")
    if len(said) > MOST:
        words = _("At most %(n)d voices fit into one record: make a second one.") % {"n": MOST}
        raise VoiceRefused(words, "said")


@transaction.atomic
def add_said(*, by: Actor, occasion: Occasion, said: Sequence[Draft], at: datetime) -> list[Voice]:
    """Add what was said on an occasion; each becomes a voice of its own."""
    place = occasion.place.code if occasion.place else ""
    drafts = [
        replace(
            one, channel=Channel.OCCASION, occasion=occasion.pk, keeper=occasion.office.code,
            said_on=occasion.held_on, place=one.place or place,
            place_words=one.place_words or occasion.place_words, illustrative=occasion.illustrative,
        )
        for one in said
    ]  # fmt: skip
    return hear_many(by=by, drafts=drafts, at=at)

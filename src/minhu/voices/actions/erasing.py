"""Erasing: what is gone leaves a digest nobody can undo, and the chain of the record holds."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.trail.actions import record
from minhu.trail.models import ref
from minhu.trail.states import SYSTEM, Actor
from minhu.voices.actions.publishing import unpublish
from minhu.voices.models import Candidate, Incoming, Knock, Reply, Salt, Voice, VoicePersonal
from minhu.voices.queries.limits import day_of

A_DAY = timedelta(days=1)


def erase_contact(*, by: Actor, voice: Voice, ground: str, at: datetime) -> int:
    """Erase the personal values of a voice with their salts; returns how many went."""
    rows = VoicePersonal.objects.filter(voice=voice, erased_at=None)
    gone = sorted(rows.values_list("key", flat=True))
    rows.update(value="", salt="", erased_at=at)
    if gone:
        tell(voice, by, {"keys": gone, "ground": ground}, at)
    return len(gone)


def erase_voice(*, by: Actor, voice: Voice, ground: str, at: datetime) -> None:
    """Erase all that an author wrote; the number, the days and what offices answered stay."""
    unpublish(voice, at)
    voice.text = voice.masked = voice.salt = voice.person = voice.place_words = ""
    voice.title, voice.erased_at, voice.may_publish, voice.text_until = (
        _("Deleted by its author"),
        at,
        False,
        None,
    )
    voice.submit_key = None
    voice.save()
    voice.publications.update(text="")
    voice.data_requests.update(words="")
    open_to_all = {"public_text": "", "checked_at": None, "checked_by_user": None, "checked_by_post": ""}
    Reply.objects.filter(voice=voice).update(words="", **open_to_all)
    drop_evidence(voice)
    tell(voice, by, {"keys": ["text", "masked"], "ground": ground}, at)


def drop_evidence(voice: Voice) -> None:
    """Take the words of a voice out of small cuts that quote it."""
    for cut in Candidate.objects.filter(groups__memberships__voice=voice).distinct():
        kept = [line for line in cut.evidence if not line or line[0] != voice.number]
        if len(kept) < len(cut.evidence):
            cut.evidence = kept
            cut.save(update_fields=["evidence"])


def tell(voice: Voice, by: Actor, payload: dict[str, object], at: datetime) -> None:
    """The entry of the record: what went, on what ground, never what it said."""
    record(by=by, deed="voices.erase", thing=ref(voice), book=voice.book, at=at, payload=payload)


def erase_expired(*, at: datetime, most: int = 200) -> int:
    """Erase contacts and raw texts whose time is over, and salts of past windows; returns how many voices."""
    day, ground = day_of(at), _("The time for which it was to be kept is over.")
    late = VoicePersonal.objects.filter(erased_at=None, keep_until__lt=day).values("voice")
    count = 0
    for pk in Voice.objects.filter(pk__in=late).order_by("pk").values_list("pk", flat=True)[:most]:
        with transaction.atomic():
            voice = Voice.objects.select_for_update(of=("self",)).get(pk=pk)
            count += bool(erase_contact(by=SYSTEM, voice=voice, ground=ground, at=at))
    stale = Voice.objects.filter(text_until__lt=day).exclude(text="")
    for pk in stale.order_by("pk").values_list("pk", flat=True)[:most]:
        with transaction.atomic():
            count += erase_raw(pk, ground, at)
    Salt.objects.filter(until__lt=day).delete()
    Incoming.objects.filter(at__lt=at - A_DAY).delete()
    Knock.objects.filter(window__lt=int((at - A_DAY).timestamp())).delete()
    return count


def erase_raw(pk: int, ground: str, at: datetime) -> bool:
    """Erase the raw text of a voice; what is masked stays."""
    voice = Voice.objects.select_for_update(of=("self",)).filter(pk=pk).exclude(text="").first()
    if voice is None:
        return False
    voice.text = voice.salt = ""
    voice.save(update_fields=["text", "salt"])
    tell(voice, SYSTEM, {"keys": ["text"], "ground": ground}, at)
    return True

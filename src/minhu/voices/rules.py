"""Which post sees which voice, and who may read it as it was said."""

from django.db.models import Q

from minhu.people.rules import Reader
from minhu.people.states import Role
from minhu.voices.models import Occasion, Voice


def visible(reader: Reader, desk: str = "") -> Q:
    """The voices a reader may see, masked; `desk`: the unit that sorts what comes in, which sees all."""
    if reader.may("see_voices") or (desk and reader.organisation == desk and reader.role == Role.LEAD):
        return Q()
    own = reader.organisation_id
    if own is None or not reader.may("see_voices", organisation=reader.organisation):
        return Q(pk__in=[])
    return Q(keeper=own) | Q(office=own) | Q(place=own) | Q(occasion__office=own)


def visible_occasions(reader: Reader, desk: str = "") -> Q:
    """The occasions a reader may see."""
    if reader.may("see_voices") or (desk and reader.organisation == desk and reader.role == Role.LEAD):
        return Q()
    own = reader.organisation_id
    return Q(office=own) | Q(place=own) if own is not None else Q(pk__in=[])


def may_read_raw(reader: Reader, voice: Voice) -> bool:
    """Whether a reader may read a voice as it was said: only in the units that handle it."""
    return reader.may("see_raw_voice", organisations=voice.handlers)


def may_do(reader: Reader, right: str, voice: Voice) -> bool:
    """Whether a reader has a right on a voice: everywhere, or because the own unit took it in."""
    keeper = (voice.keeper.code,) if voice.keeper else ()
    return reader.may(right, organisations=keeper)


def may_add_to(reader: Reader, occasion: Occasion) -> bool:
    """Whether a reader may write down more of what was said on an occasion."""
    return reader.may("hear_voice", organisation=occasion.office.code)

"""The masked texts of voices in the order they came, for indexes."""

from collections.abc import Iterator

from django.db.models import Exists, Max, OuterRef

from minhu.voices.models import Membership, Voice
from minhu.voices.states.hearing import Channel


def texts_after(pk: int) -> Iterator[tuple[int, str]]:
    """Key and masked text of every voice after one, but for those taken back."""
    rows = Voice.objects.filter(pk__gt=pk, erased_at=None).order_by("pk").values_list("pk", "masked")
    return rows.iterator(chunk_size=5000)


def keys_after(pk: int) -> list[int]:
    """Keys of the voices after one, but for those taken back."""
    return list(Voice.objects.filter(pk__gt=pk, erased_at=None).order_by("pk").values_list("pk", flat=True))


def texts_of(keys: list[int]) -> list[tuple[int, str]]:
    """Key and masked text of some voices, in their order."""
    if not keys:
        return []
    rows = Voice.objects.filter(pk__gte=keys[0], pk__lte=keys[-1], erased_at=None).order_by("pk")
    wanted = set(keys)
    return [(pk, text) for pk, text in rows.values_list("pk", "masked").iterator() if pk in wanted]


def last_voice() -> int:
    """The key of the last voice, 0 if there is none."""
    return int(Voice.objects.aggregate(last=Max("pk"))["last"] or 0)


def sameness_of_voice(pk: int) -> str:
    """What tells whether a voice is the one it was."""
    return str(Voice.objects.filter(pk=pk).values_list("sameness", flat=True).first() or "")


def unplaced(most: int) -> list[Voice]:
    """Live voices that are in no group yet, the oldest first; comments to a call are answered there."""
    placed = Membership.objects.filter(voice=OuterRef("pk"), until=None)
    return list(
        Voice.objects.live().filter(~Exists(placed)).exclude(channel=Channel.CALL).order_by("pk")[:most]
    )


def has_voices() -> bool:
    """Whether anything was said at all."""
    return Voice.objects.exists()

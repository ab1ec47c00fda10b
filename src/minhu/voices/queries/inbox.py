"""The inbox: voices a reader may see, filtered by the address; counts of what waits."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from minhu.people.models import Organisation
from minhu.people.rules import Reader
from minhu.voices import rules
from minhu.voices.models import DataRequest, Publication, Voice
from minhu.voices.models.voices import VoiceQuerySet
from minhu.voices.queries.desks import sorting_desk
from minhu.voices.states.hearing import Asked, State


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for; empty filters nothing."""

    text: str = ""
    channel: str = ""
    state: str = ""
    street: str = ""
    domain: str = ""
    sort: str = ""
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """How much waits for somebody: held voices, requests about data, publications to be checked."""

    held: int
    requests: int
    publications: int


def seen_voices(reader: Reader) -> QuerySet[Voice]:
    """The voices a reader may see; those whose author had them deleted are no more to be seen."""
    desk = reader.once("voices.desk", sorting_desk)
    return Voice.objects.filter(rules.visible(reader, desk), erased_at=None)


def inbox(reader: Reader, filters: Filters, on: date) -> QuerySet[Voice]:
    """The newest first; never the raw text."""
    rows = seen_voices(reader).select_related("place", "office", "occasion").defer("text")
    for word in filters.text.split():
        rows = rows.filter(Q(masked__icontains=word) | Q(number__iexact=word))
    wanted = {"channel": filters.channel, "state": filters.state, "place__code": filters.street,
              "domain": filters.domain, "sort": filters.sort}  # fmt: skip
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    if filters.days is not None:
        rows = rows.filter(received_at__date__gt=on - timedelta(days=filters.days))
    return rows


def domains(reader: Reader) -> list[str]:
    """The domains that occur."""
    rows = seen_voices(reader).exclude(domain="").order_by("domain")
    return list(rows.values_list("domain", flat=True).distinct())


def streets(reader: Reader) -> list[tuple[str, str]]:
    """The places that occur."""
    rows = Organisation.objects.filter(pk__in=seen_voices(reader).order_by().values("place"))
    return list(rows.values_list("code", "short"))


def voice_seen(reader: Reader, number: str) -> Voice | None:
    """One voice, if this reader may see it."""
    desk = reader.once("voices.desk", sorting_desk)
    rows = Voice.objects.filter(rules.visible(reader, desk), number=number)
    return rows.select_related("place", "office", "keeper", "occasion__office").first()


def held_voices(reader: Reader) -> list[tuple[Voice, int]]:
    """Held voices a reader decides on, one for all copies, with how many there are; the oldest first."""
    rows = list(
        moderated(reader, "moderate_voice").held().select_related("place", "keeper").defer("text")
        .prefetch_related("moderations").order_by("received_at", "pk")
    )  # fmt: skip
    counts = dict(
        Voice.objects.held()
        .order_by()
        .values("sameness")
        .annotate(n=Count("pk"))
        .values_list("sameness", "n")
    )
    first = {(row.sameness, row.keeper_id): row for row in reversed(rows)}
    return [(row, counts[row.sameness]) for row in rows if first[row.sameness, row.keeper_id] is row]


def moderated(reader: Reader, right: str) -> VoiceQuerySet:
    """The voices on which a reader has a right: everywhere, or of the own unit."""
    if reader.may(right):
        return Voice.objects.all()
    if reader.may(right, organisation=reader.organisation):
        return Voice.objects.filter(keeper=reader.organisation_id)
    return Voice.objects.none()


def data_requests(reader: Reader) -> QuerySet[DataRequest]:
    """Requests that wait for this reader's decision; the oldest first."""
    voices = moderated(reader, "decide_data_request")
    rows = DataRequest.objects.filter(state=Asked.WAITING, voice__in=voices)
    return rows.select_related("voice__keeper").order_by("asked_at", "pk")


def publications(reader: Reader) -> QuerySet[Publication]:
    """Proposals to publish that wait for a second person; the own ones are told as such."""
    voices = moderated(reader, "publish_voice")
    rows = Publication.objects.filter(state=Asked.WAITING, voice__in=voices)
    return rows.select_related("voice__keeper", "asked_post").order_by("asked_at", "pk")


def waiting(reader: Reader) -> Waiting:
    """How much waits for this reader."""
    held = moderated(reader, "moderate_voice").filter(state=State.HELD)
    checks = publications(reader).exclude(asked_user=reader.user.pk or 0)
    return Waiting(held.count(), data_requests(reader).count(), checks.count())

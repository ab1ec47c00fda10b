"""All that happened to one voice, for the officers who may see it: masked."""

from collections.abc import Sequence
from dataclasses import dataclass

from minhu.cases.models import Case
from minhu.trail.models import Entry, ref
from minhu.trail.queries import book_history
from minhu.voices.models import DataRequest, Group, Moderation, Publication, Reply, Voice
from minhu.voices.queries.answering import case_of_voice, replies_of


@dataclass(frozen=True, slots=True)
class Thread:
    """What belongs to a voice."""

    group: Group | None
    case: Case | None
    replies: Sequence[Reply]
    moderations: Sequence[Moderation]
    requests: Sequence[DataRequest]
    publication: Publication | None
    kept: Sequence[str]
    entries: Sequence[Entry]

    @property
    def group_thing(self) -> str:
        """The group, as the record names it."""
        return ref(self.group) if self.group else ""

    @property
    def case_thing(self) -> str:
        """The case, as the record names it."""
        return ref(self.case) if self.case else ""


def thread_of(voice: Voice) -> Thread:
    """The group, the case, the answers, the moderators' log, requests, what is kept, the record."""
    member = voice.memberships.filter(until=None).select_related("group").first()
    return Thread(
        group=member.group if member else None,
        case=case_of_voice(voice),
        replies=replies_of(voice),
        moderations=list(voice.moderations.select_related("by_post")),
        requests=list(voice.data_requests.select_related("decided_post")),
        publication=voice.publications.select_related("asked_post", "decided_post").first(),
        kept=[str(row.get_key_display()) for row in voice.personal.filter(erased_at=None)],
        entries=list(book_history(voice.book)),
    )

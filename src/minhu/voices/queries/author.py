"""What its author sees of one voice: where it is, who answers, what was said, what is kept."""

from dataclasses import dataclass
from datetime import date

from minhu.cases.models import Case
from minhu.voices.models import DataRequest, Moderation, Reply, Voice, VoicePersonal
from minhu.voices.queries.answering import case_of_voice, replies_of
from minhu.voices.queries.groups_limits import public_least
from minhu.voices.queries.links import Outcome, outcomes_of_group
from minhu.voices.states.hearing import State, Verdict

WAY = (State.RECEIVED, State.OPEN, State.ANSWERED, State.CLOSED)


@dataclass(frozen=True, slots=True)
class AuthorView:
    """One voice as its author sees it."""

    voice: Voice
    replies: list[Reply]
    case: Case | None
    word: Moderation | None
    personal: list[VoicePersonal]
    requests: list[DataRequest]
    others: int
    outcomes: list[Outcome]

    @property
    def step(self) -> int:
        """How far it has come on the way, from one; none while it is held or turned down."""
        state = State(self.voice.state)
        return WAY.index(state) + 1 if state in WAY else 0

    @property
    def is_asked(self) -> bool:
        """Whether its author is asked to write again."""
        held = self.voice.state == State.HELD
        return held and self.word is not None and self.word.verdict == Verdict.ASKED

    @property
    def office(self) -> str:
        """Who answers, if that is settled."""
        unit = self.voice.office if self.voice.office_by == "person" else None
        return unit.name if unit else ""

    @property
    def to_rate(self) -> Reply | None:
        """The latest answer, if it may still be rated."""
        return next((row for row in self.replies[:1] if row.rated_at is None), None)


def voice_by_digest(digest: str) -> Voice | None:
    """The voice a code opens, by what is kept of the code."""
    rows = Voice.objects.select_related("keeper", "office", "place")
    return rows.filter(code_digest=digest).first() if digest else None


def author_view(voice: Voice, on: date) -> AuthorView:
    """All its author sees."""
    group = membership.group if (membership := voice.memberships.filter(until=None).first()) else None
    others = group.people if group and group.people >= public_least(on) else 0
    return AuthorView(
        voice=voice, replies=replies_of(voice), case=case_of_voice(voice), word=voice.moderations.last(),
        personal=list(voice.personal.filter(erased_at=None)), requests=list(voice.data_requests.all()),
        others=others, outcomes=outcomes_of_group(group.pk) if group else [],
    )  # fmt: skip

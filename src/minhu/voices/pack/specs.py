"""Illustrative voices as a pack writes them: always made up, told in days before the pack is loaded."""

from dataclasses import dataclass

from minhu.packs import Section
from minhu.voices.states.groups import Adoption
from minhu.voices.states.hearing import Channel, OccasionKind, Sort

DEEDS = ("assign", "accept", "answer", "satisfied", "rate", "again", "link", "cut")


def one_of(what: str, value: str, known: object) -> None:
    """Refuse a word that is none of those known."""
    names = [str(one) for one in known]  # type: ignore[attr-defined]
    if value and value not in names:
        raise ValueError(f"{what}: there is no “{value}”, only {', '.join(names)}")


@dataclass(frozen=True, slots=True)
class VoiceSpec:
    """One voice; `topic` joins those that say the same in other words."""

    days_ago: int
    channel: str
    text: str
    topic: str = ""
    domain: str = ""
    place: str = ""
    place_words: str = ""
    sort: str = ""
    may_publish: bool = False

    def __post_init__(self) -> None:
        one_of("channel", self.channel, Channel.values)
        one_of("sort", self.sort, Sort.values)


@dataclass(frozen=True, slots=True)
class SaidSpec:
    """What was said on an occasion."""

    text: str
    topic: str = ""
    domain: str = ""
    sort: str = ""

    def __post_init__(self) -> None:
        one_of("sort", self.sort, Sort.values)


@dataclass(frozen=True, slots=True)
class OccasionSpec:
    """A visit or session and what was said there."""

    code: str
    kind: str
    title: str
    days_ago: int
    office: str
    said: tuple[SaidSpec, ...]
    place: str = ""
    place_words: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        one_of("kind", self.kind, OccasionKind.values)


@dataclass(frozen=True, slots=True)
class TopicDeedSpec:
    """One thing that is done with the group of a topic; `voice` counts its voices from one."""

    do: str
    on_days_ago: int
    handler: str = ""
    helper: tuple[str, ...] = ()
    sort: str = ""
    matter: str = ""
    note: str = ""
    answer: str = ""
    adoption: str = ""
    reason: str = ""
    outcome: str = ""
    result: str = ""
    voice: int = 1
    level: int = 0
    fixed: bool | None = None
    words: str = ""
    reform: str = ""
    title: str = ""
    problem: str = ""
    cut: str = ""
    severity: int = 2

    def __post_init__(self) -> None:
        one_of("do", self.do, DEEDS)
        one_of("adoption", self.adoption, Adoption.values)


@dataclass(frozen=True, slots=True)
class TopicSpec:
    """Voices that say the same, the title people gave them, and what was done."""

    code: str
    title: str
    on_days_ago: int
    domain: str = ""
    do: tuple[TopicDeedSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class CommentSpec:
    """What somebody said to a call; `article`: the label of the article, empty for the whole."""

    text: str
    on_days_ago: int
    article: str = ""
    may_publish: bool = False


@dataclass(frozen=True, slots=True)
class CommentAnswerSpec:
    """What an office said to comments; `voices` counts those of the article (or of the call) from one."""

    voices: tuple[int, ...]
    on_days_ago: int
    adoption: str
    reason: str
    article: str = ""

    def __post_init__(self) -> None:
        one_of("adoption", self.adoption, Adoption.values)


@dataclass(frozen=True, slots=True)
class CallSpec:
    """A call for suggestions; `draft`: the file of the text whose articles are commented."""

    code: str
    title: str
    office: str
    matter: str
    opens_days_ago: int
    closes_in_days: int
    ways: str = ""
    draft_title: str = ""
    draft: str = ""
    short_reason: str = ""
    outcome: str = ""
    published_days_ago: int | None = None
    comments: tuple[CommentSpec, ...] = ()
    answers: tuple[CommentAnswerSpec, ...] = ()


VOICES = Section("voices", "voice", VoiceSpec, form="csv")
OCCASIONS = Section("occasions", "occasion", OccasionSpec)
TOPICS = Section("topics", "topic", TopicSpec)
CALLS = Section("calls", "call", CallSpec)

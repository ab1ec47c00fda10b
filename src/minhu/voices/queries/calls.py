"""Calls for suggestions: lists, articles with their comments, counts of what became of them."""

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from minhu.people.rules import Reader
from minhu.rulebook.models import Limit
from minhu.rulebook.queries import Missing, limit
from minhu.voices.models import Call, CallArticle, Comment, Reply, Voice
from minhu.voices.states.calls import CALL_DAYS, CONSULT_DAYS, REPLY_DAYS, CallState
from minhu.voices.states.groups import Adoption
from minhu.voices.states.hearing import LIVE, State

WAITING = (State.RECEIVED, State.OPEN)


@dataclass(frozen=True, slots=True)
class Said:
    """A comment and the last answer to it; `is_open`: everybody may read its words."""

    comment: Comment
    reply: Reply | None

    @property
    def voice(self) -> Voice:
        """The voice."""
        return self.comment.voice

    @property
    def is_open(self) -> bool:
        """Whether everybody may read it: its author agreed, a second person checked."""
        return self.voice.may_publish and self.voice.published_at is not None

    @property
    def waits(self) -> bool:
        """Whether it waits for an answer."""
        return self.voice.state in WAITING


@dataclass(frozen=True, slots=True)
class Reason:
    """What became of comments and why, told once for all to whom it was said."""

    adoption: str
    words: str
    count: int

    @property
    def label(self) -> str:
        """What became of them, in words."""
        return str(Adoption(self.adoption).label)


@dataclass(frozen=True, slots=True)
class Row:
    """An article, or the whole where `article` is None, with what was said to it."""

    article: CallArticle | None
    said: tuple[Said, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many comments."""
        return len(self.said)

    @property
    def waiting(self) -> int:
        """How many wait for an answer."""
        return sum(one.waits for one in self.said)

    @property
    def key(self) -> str:
        """What tells forms apart on one page."""
        return str(self.article.pk) if self.article else "0"

    @property
    def opened(self) -> list[Said]:
        """Those everybody may read."""
        return [one for one in self.said if one.is_open]

    @property
    def tally(self) -> list[tuple[str, str, int]]:
        """What became of them: code, words, how many."""
        return [(str(one), str(one.label), self.counts[one]) for one in Adoption if self.counts.get(one)]

    @property
    def reasons(self) -> list[Reason]:
        """What was said why, each once, the most frequent first."""
        told = Tally((one.reply.adoption, one.reply.public_reason) for one in self.said if one.reply)
        return [Reason(adoption, words, n) for (adoption, words), n in told.most_common()]


def call_at(code: str) -> Call | None:
    """A call by its code."""
    return Call.objects.select_related("office").filter(code=code).first()


def public_calls() -> QuerySet[Call]:
    """Calls everybody sees, with how many comments stand."""
    return counted(Call.objects.public())


def calls_of(reader: Reader) -> QuerySet[Call]:
    """Calls a reader manages."""
    rows = counted(Call.objects.all())
    return rows if reader.may("manage_calls") else rows.filter(office__code=reader.organisation)


def counted(rows: QuerySet[Call]) -> QuerySet[Call]:
    """Calls with their comments and how many wait."""
    live = Q(comments__voice__state__in=LIVE, comments__voice__erased_at=None)
    return rows.select_related("office").annotate(
        n_comments=Count("comments", filter=live),
        n_waiting=Count("comments", filter=live & Q(comments__voice__state__in=WAITING)),
    )


def live_comments(call: Call) -> QuerySet[Comment]:
    """Comments that stand: neither held nor turned down, and not taken back."""
    rows = Comment.objects.filter(call=call, voice__state__in=LIVE, voice__erased_at=None)
    return rows.select_related("voice").defer("voice__text").order_by("pk")


def rows_of(call: Call) -> list[Row]:
    """The whole and every article, each with its comments and what became of them."""
    comments = list(live_comments(call))
    last = {row.voice_id: row for row in Reply.objects.filter(voice__comment__call=call).order_by("pk")}
    by_article: dict[int | None, list[Said]] = defaultdict(list)
    for one in comments:
        by_article[one.article_id].append(Said(one, last.get(one.voice_id)))
    articles = list(call.articles.all())
    return [row_of(None, by_article[None]), *(row_of(one, by_article[one.pk]) for one in articles)]


def row_of(article: CallArticle | None, said: Sequence[Said]) -> Row:
    """One row with its counts."""
    return Row(article, tuple(said), dict(Tally(one.reply.adoption for one in said if one.reply)))


def totals(rows: Sequence[Row]) -> Row:
    """All rows added up."""
    return row_of(None, [one for row in rows for one in row.said])


def waiting_voices(call: Call) -> QuerySet[Voice]:
    """The voices said to a call that wait for an answer."""
    return Voice.objects.live().filter(comment__call=call, state__in=WAITING).order_by("pk")


def unanswered_count(call: Call) -> int:
    """How many of them."""
    return waiting_voices(call).count()


def held_count(call: Call) -> int:
    """How many wait for the moderators."""
    return Comment.objects.filter(call=call, voice__state=State.HELD).count()


def length_limit(call: Call, on: date) -> Limit | None:
    """The limit that says how long a call must be open: of public consultation where a draft lies open."""
    try:
        return limit(CONSULT_DAYS if call.draft else CALL_DAYS, on=on)
    except Missing:
        return None


def least_days(call: Call, on: date) -> int:
    """How many days a call must be open at least."""
    found = length_limit(call, on)
    return int(found.value) if found else 0


def reply_limit(on: date) -> Limit | None:
    """Within which time after its end a call is answered."""
    try:
        return limit(REPLY_DAYS, on=on)
    except Missing:
        return None


def answer_due(call: Call, on: date) -> date | None:
    """By when everything said to a call is answered."""
    found = reply_limit(on)
    return call.closes_on + timedelta(days=int(found.value)) if found else None


def owed_by(reader: Reader) -> list[Call]:
    """Announced calls of a reader that wait for answers or for their outcome."""
    return list(calls_of(reader).filter(state=CallState.ANNOUNCED).order_by("closes_on", "pk"))

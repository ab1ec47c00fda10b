"""A report on one text held against others: the matrix, what is blind everywhere, what is to be checked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from minhu.reforms.queries.coverage_texts import Article, Hit, Line, Local, Source


@dataclass(frozen=True, slots=True)
class Nearest:
    """Where an article is answered best, or comes nearest to it."""

    local: Local
    line: Line

    @property
    def hit(self) -> Hit | None:
        """The article there."""
        return self.line.best


@dataclass(frozen=True, slots=True)
class Row:
    """One upstream article across all texts."""

    locals: tuple[Local, ...]
    lines: tuple[Line, ...]

    @property
    def article(self) -> Article:
        """The upstream article."""
        return self.lines[0].article

    @property
    def number(self) -> int:
        """Its place."""
        return self.lines[0].number

    @property
    def best(self) -> int:
        """The place of the text that comes nearest; editions that were replaced come last."""
        places = range(len(self.lines))
        return max(places, key=lambda i: (not self.locals[i].is_replaced, self.lines[i].score))

    @property
    def nearest(self) -> Nearest:
        """The text that comes nearest, with its line."""
        return Nearest(self.locals[self.best], self.lines[self.best])

    @property
    def others(self) -> list[tuple[Local, Line]]:
        """All other texts with their lines."""
        pairs = enumerate(zip(self.locals, self.lines, strict=True))
        return [pair for i, pair in pairs if i != self.best]

    @property
    def answered(self) -> int:
        """How many texts answer it, at least possibly."""
        return sum(line.state != "blind" for line in self.lines)


@dataclass(frozen=True, slots=True)
class Report:
    """One text held against others."""

    upstream: Source
    locals: tuple[Local, ...]
    possible: float
    confident: float

    @property
    def rows(self) -> list[Row]:
        """The matrix: upstream articles × texts."""
        each = zip(*(local.lines for local in self.locals), strict=True)
        return [Row(self.locals, lines) for lines in each]

    @property
    def is_many(self) -> bool:
        """Whether there is more than one text."""
        return len(self.locals) > 1

    @property
    def blind_everywhere(self) -> list[Row]:
        """Articles that no text comes near."""
        return [row for row in self.rows if not row.answered]

    @property
    def stale(self) -> list[Local]:
        """Texts older than the upstream one."""
        return [local for local in self.locals if local.is_older]

    @property
    def notes(self) -> list[tuple[str, str]]:
        """What to know of how the texts were read: the name of the file, and the note."""
        sources = (self.upstream, *(local.source for local in self.locals))
        return [(source.name or source.title, note) for source in sources for note in source.notes]

    @property
    def differing(self) -> list[tuple[Local, Line]]:
        """Articles answered with other figures."""
        return [(local, line) for local in self.locals for line in local.differing]

    @property
    def findings(self) -> list[str]:
        """What the report says, in sentences."""
        if not self.is_many:
            return self.summaries
        rows, blind = self.rows, len(self.blind_everywhere)
        everywhere = sum(row.answered == len(self.locals) for row in rows)
        said = _(
            "Of %(all)d clauses %(everywhere)d are answered in every text, at least possibly; %(blind)d are "
            "answered in none; the others in some."
        )
        return [said % {"all": len(rows), "everywhere": everywhere, "blind": blind}]

    @property
    def over_claimed(self) -> list[tuple[Local, Article]]:
        """Articles that name the upstream text and answer none of it."""
        return [(local, article) for local in self.locals for article in local.claims]

    @property
    def summaries(self) -> list[str]:
        """The figures of each text in one sentence."""
        said = _(
            "%(upstream)s ← %(local)s: %(all)d clauses, %(sure)d surely answered (≥ %(confident).2f), "
            "%(possible)d possibly (≥ %(least).2f), %(blind)d blind."
        )
        fixed = {"upstream": self.upstream.title, "confident": self.confident, "least": self.possible}
        return [
            said % (fixed | {"local": local.source.called, "all": len(local.lines)} | local.counts)
            for local in self.locals
        ]

    @property
    def how(self) -> str:
        """What a score is, and what it is not."""
        return _(
            "A score says how alike the wordings are (cosine of weighted character sequences, 0 to 1). It is "
            "not learned from decisions: the command knows none. “Sure” does not mean that the duty is met, "
            "“blind” not that it is not: people decide."
        )


Parts = tuple[Source, tuple[Line, ...], tuple[Article, ...], bool]


def held_against(upstream: Source, others: Sequence[Parts], possible: float, confident: float) -> Report:
    """Put the parts together; tell texts older than the upstream one or than another edition of them."""
    newest: dict[str, date] = {}
    for source, *_rest in others:
        if source.issued_on:
            newest[source.title] = max(newest.get(source.title, source.issued_on), source.issued_on)

    def local(source: Source, lines: tuple[Line, ...], claims: tuple[Article, ...], is_based: bool) -> Local:
        day = source.issued_on
        short = source.title.removesuffix(upstream.title) or source.title
        is_replaced = bool(day and day < newest[source.title])
        return Local(source, lines, claims, short, upstream.issued_on, is_replaced, is_based)

    return Report(upstream, tuple(local(*one) for one in others), possible, confident)

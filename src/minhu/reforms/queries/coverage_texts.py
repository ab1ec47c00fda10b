"""Texts held against one another, clause by clause, as plain values: no database, no method."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Spans = tuple[tuple[int, int, int, int], ...]
BEGINS = 80
OUTSTANDING = 1.5  # times the next best: then it may say the same in words of its own
STATES = ("sure", "possible", "blind")


@dataclass(frozen=True, slots=True)
class Article:
    """A unit clause of a text that is in no database."""

    label: str
    text: str
    above: str = ""

    @property
    def body(self) -> str:
        """Its words without the label."""
        return self.text.removeprefix(self.label).lstrip()

    @property
    def begins(self) -> str:
        """Its first words, on one line."""
        words = " ".join(self.body.split())
        return words[:BEGINS] + ("…" if len(words) > BEGINS else "")


@dataclass(frozen=True, slots=True)
class Given:
    """A text as it was given: its name, its words, and what to know of how it was read."""

    name: str
    text: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A text: its title, the day it was issued, its articles, where it comes from, how it was read."""

    title: str
    issued_on: date | None
    articles: tuple[Article, ...]
    name: str = ""
    notes: tuple[str, ...] = ()

    @property
    def called(self) -> str:
        """Its title, with the day that tells editions apart."""
        return f"{self.title} ({self.issued_on:%Y-%m-%d})" if self.issued_on else self.title


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that may answer another, the runs both share, and figures that differ between the two."""

    article: Article
    score: float
    spans: Spans = ()
    ours: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()

    @property
    def evidence(self) -> str:
        """The longest shared run."""
        runs = [self.article.body[at:to] for _start, _end, at, to in self.spans]
        return max(runs, key=len, default="").strip("，、；。 \n")

    @property
    def shared(self) -> int:
        """How many characters stand in both."""
        return sum(end - start for start, end, _at, _to in self.spans)

    @property
    def local_spans(self) -> tuple[tuple[int, int], ...]:
        """The evidence in the answering text."""
        return tuple((at, to) for _start, _end, at, to in self.spans)

    @property
    def differs(self) -> str:
        """Figures that differ, in words."""
        if not self.ours:
            return ""
        both = {"ours": "、".join(self.ours), "theirs": "、".join(self.theirs)}
        return _("figures differ: %(ours)s above, %(theirs)s here") % both


@dataclass(frozen=True, slots=True)
class Line:
    """An upstream article, what may answer it in one text, and whether that is enough."""

    number: int
    article: Article
    hits: tuple[Hit, ...]
    possible: float
    confident: float

    @property
    def best(self) -> Hit | None:
        """The nearest text."""
        return self.hits[0] if self.hits else None

    @property
    def score(self) -> float:
        """How alike the nearest text is."""
        return self.best.score if self.best else 0.0

    @property
    def state(self) -> str:
        """sure, possible or blind."""
        return (
            "sure" if self.score >= self.confident else "possible" if self.score >= self.possible else "blind"
        )

    @property
    def word(self) -> str:
        """The state in a word."""
        return {"sure": _("sure"), "possible": _("possible"), "blind": _("blind")}[self.state]

    @property
    def worth(self) -> tuple[Hit, ...]:
        """What is shown: what may answer, of a blind spot the nearest text alone."""
        return tuple(hit for hit in self.hits if hit.score >= self.possible) or self.hits[:1]

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The evidence in the upstream text."""
        return tuple((start, end) for hit in self.worth for start, end, _at, _to in hit.spans)

    @property
    def why(self) -> str:
        """Why it is in that state, in words."""
        best = self.best
        if best is None or not best.shared:
            return _("no run of four characters stands in both")
        said = ngettext("%(n)d character stands in both", "%(n)d characters stand in both", best.shared)
        following = self.hits[1].score if len(self.hits) > 1 else 0.0
        apart = _("stands out") if best.score >= OUTSTANDING * following else _("does not stand out")
        return f"{said % {'n': best.shared}}; {apart}"


@dataclass(frozen=True, slots=True)
class Local:
    """A text held against the upstream one."""

    source: Source
    lines: tuple[Line, ...]
    claims: tuple[Article, ...]
    short: str = ""
    upstream_on: date | None = None
    is_replaced: bool = False
    is_based: bool = False

    @property
    def briefly(self) -> str:
        """What is its own in its title, with the year."""
        return f"{self.short} {self.source.issued_on:%Y}" if self.source.issued_on else self.short

    @property
    def is_older(self) -> bool:
        """Whether it was issued before the text above."""
        here, above = self.source.issued_on, self.upstream_on
        return bool(here and above and here < above)

    @property
    def counts(self) -> dict[str, int]:
        """How many articles are sure, possible, blind."""
        return {word: sum(line.state == word for line in self.lines) for word in STATES}

    @property
    def blind(self) -> list[Line]:
        """Articles that nothing comes near."""
        return [line for line in self.lines if line.state == "blind"]

    @property
    def answered(self) -> int:
        """How many articles are at least possibly answered."""
        return len(self.lines) - len(self.blind)

    @property
    def stale(self) -> list[Line]:
        """Of a text older than the one above: articles it answers in words that may be those of before."""
        return [line for line in self.lines if self.is_older and line.state != "blind"]

    @property
    def differing(self) -> list[Line]:
        """Articles answered with other figures."""
        return [line for line in self.lines if line.state != "blind" and line.best and line.best.differs]

    @property
    def remark(self) -> str:
        """What to know before trusting it."""
        said = []
        if self.is_older:
            days = {"here": f"{self.source.issued_on}", "above": f"{self.upstream_on}"}
            said.append(_("issued %(here)s, older than the upstream text of %(above)s") % days)
        if self.is_older and self.is_based:
            said.append(_("its text says it was made for the upstream one"))
        if self.is_replaced:
            said.append(_("an older edition; a newer one is in this report"))
        return "; ".join(said)

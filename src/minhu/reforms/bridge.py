"""From texts to ranked answers: the only door of this room to the methods."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from minhu.methods import clauses as cutting
from minhu.methods import matching
from minhu.methods.matching.evidence import evidence
from minhu.methods.matching.scoring import Block, by_tf_idf
from minhu.methods.text import normalise

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate (its place in the list), how sure it is, and the runs both texts share.

    `spans` are (start, end in the clause, start, end in the candidate), in characters.
    """

    candidate: int
    score: float
    spans: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Matched:
    """For every clause its matches, the best first; scores of the pairs asked for; empty claims."""

    matches: tuple[tuple[Match, ...], ...]
    pairs: dict[Pair, Match] = field(default_factory=dict)
    over_claims: tuple[int, ...] = ()


def suggest(
    clauses: Sequence[str],
    candidates: Sequence[str],
    *,
    most: int = 5,
    threshold: float = 0.15,
    pairs: Iterable[Pair] = (),
    cited: str = "",
) -> Matched:
    """Rank the candidates of every clause; `pairs` (clause, candidate) are scored whatever their rank."""
    wanted = sorted(set(pairs))
    scores: dict[Pair, float] = {}

    def watched(left: Sequence[str], right: Sequence[str]) -> Iterator[Block]:
        for first, block in by_tf_idf(left, right):
            inside = (pair for pair in wanted if first <= pair[0] < first + len(block))
            scores.update({(i, j): float(block[i - first, j]) for i, j in inside})
            yield first, block

    problem = matching.Problem(items(clauses), items(candidates), most, threshold, cited)
    solution = matching.solve(problem, watched)
    ranked: list[list[Match]] = [[] for _ in clauses]
    for one in solution.suggestions:
        ranked[int(one.clause)].append(Match(int(one.candidate), one.score, plain(one.spans)))
    asked = {
        (i, j): Match(j, score, plain(evidence(normalise(clauses[i]), normalise(candidates[j]))))
        for (i, j), score in scores.items()
    }
    claims = tuple(int(key) for key in solution.over_claims)
    return Matched(tuple(tuple(found) for found in ranked), asked, claims)


def items(texts: Sequence[str]) -> tuple[matching.Item, ...]:
    """Texts as the method knows them: by their places."""
    return tuple(matching.Item(str(i), text) for i, text in enumerate(texts))


def plain(spans: Iterable[matching.Span]) -> tuple[tuple[int, int, int, int], ...]:
    """Spans as plain numbers."""
    return tuple((span.start, span.end, span.at, span.to) for span in spans)


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


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that may answer another, with the runs both share."""

    article: Article
    score: float
    spans: tuple[tuple[int, int, int, int], ...]

    @property
    def evidence(self) -> str:
        """The longest shared run."""
        runs = [self.article.body[at:to] for _start, _end, at, to in self.spans]
        return max(runs, key=len, default="").strip("，、；。 \n")

    @property
    def local_spans(self) -> tuple[tuple[int, int], ...]:
        """The evidence in the answering text."""
        return tuple((at, to) for _start, _end, at, to in self.spans)


@dataclass(frozen=True, slots=True)
class Line:
    """An upstream article, what may answer it, and whether that is enough."""

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
    def state(self) -> str:
        """sure, possible or blind."""
        score = self.best.score if self.best else 0.0
        return "sure" if score >= self.confident else "possible" if score >= self.possible else "blind"

    @property
    def word(self) -> str:
        """The state in a word."""
        return {"sure": _("sure"), "possible": _("possible"), "blind": _("blind")}[self.state]

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The evidence in the upstream text, of all that may answer."""
        worth = self.hits if self.state == "blind" else [h for h in self.hits if h.score >= self.possible]
        return tuple((start, end) for hit in worth for start, end, _at, _to in hit.spans)


@dataclass(frozen=True, slots=True)
class Report:
    """One text held against another."""

    upstream: str
    local: str
    lines: tuple[Line, ...]
    claims: tuple[Article, ...]
    possible: float
    confident: float

    @property
    def blind(self) -> list[Line]:
        """Articles that nothing comes near."""
        return [line for line in self.lines if line.state == "blind"]

    @property
    def counts(self) -> dict[str, int]:
        """How many articles are sure, possible, blind."""
        return {
            word: sum(line.state == word for line in self.lines) for word in ("sure", "possible", "blind")
        }

    @property
    def certain(self) -> int:
        """How many articles are at least possibly answered."""
        return len(self.lines) - len(self.blind)

    @property
    def summary(self) -> str:
        """The figures in one sentence."""
        said = _(
            "%(upstream)s ← %(local)s: %(all)d clauses, %(sure)d surely answered (≥ %(confident).2f), "
            "%(possible)d possibly (≥ %(least).2f), %(blind)d blind. "
            "Scores are TF-IDF cosines; people decide."
        )
        names = {"upstream": self.upstream, "local": self.local, "all": len(self.lines)}
        return said % (names | self.counts | {"confident": self.confident, "least": self.possible})


def report_of(upstream: str, local: str, *, most: int, possible: float, confident: float) -> Report:
    """Cut two texts and hold the first against the second."""
    title, asked = articles_of(upstream)
    other, given = articles_of(local)
    matched = suggest(
        [one.body for one in asked], [one.body for one in given], most=most, threshold=possible, cited=title
    )
    lines = [
        Line(n, one, tuple(Hit(given[m.candidate], m.score, m.spans) for m in found), possible, confident)
        for n, (one, found) in enumerate(zip(asked, matched.matches, strict=True), 1)
    ]
    claims = tuple(given[i] for i in matched.over_claims)
    return Report(title, other, tuple(lines), claims, possible, confident)


def articles_of(text: str) -> tuple[str, list[Article]]:
    """The title of a text, and its clauses to be answered with the headings they stand under."""
    cut = cutting.cut(text)
    found = [
        Article(
            clause.label,
            cut.text_of(clause),
            " / ".join(f"{step.label} {step.heading}".strip() for step in cut.above(clause)),
        )
        for clause in cut.units
    ]
    return cut.head.title, found

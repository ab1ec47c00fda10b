"""From texts to ranked answers: the only door of this room to the methods."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from minhu.methods import clauses as cutting
from minhu.methods import matching
from minhu.methods.matching.evidence import evidence
from minhu.methods.matching.scoring import Block, by_tf_idf
from minhu.methods.text import Unreadable, decode, normalise

__all__ = ["Article", "Match", "Matched", "Unreadable", "articles_of", "decode", "suggest"]

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
    """For every clause its matches, the best first; scores of the pairs asked for; claims that hold nothing."""

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
    """A unit clause of a file that is in no database."""

    label: str
    text: str
    above: str = ""


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

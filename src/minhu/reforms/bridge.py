"""From texts to ranked answers, and from decisions to sureness: the only door of this room to the methods."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from minhu.mandates.bridge import plain_title
from minhu.methods import clauses as cutting
from minhu.methods import matching
from minhu.methods.matching.evidence import evidence
from minhu.methods.matching.scoring import Block
from minhu.methods.text import normalise
from minhu.reforms.queries.coverage_limits import Learning
from minhu.reforms.queries.coverage_report import Report, held_against
from minhu.reforms.queries.coverage_texts import Article, Given, Hit, Line, Source

Pair = tuple[int, int]
Array = NDArray[np.float64]
FOLDS = 5  # with fewer than three documents, every fifth clause is held out instead of every document


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate (its place in the list), how sure it is, and the runs both texts share.

    `score` is a probability where `is_learned`, else `alike`, how alike the words are. `spans` are (start,
    end in the clause, start, end in the candidate), in characters.
    """

    candidate: int
    score: float
    alike: float
    is_learned: bool = False
    spans: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Matched:
    """For every clause its matches, the best first, and how sure it is that anything answers it; the pairs
    asked for; candidates that claim what they do not answer."""

    matches: tuple[tuple[Match, ...], ...]
    answered: tuple[float, ...]
    pairs: dict[Pair, Match] = field(default_factory=dict)
    over_claims: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """A clause people decided about: what is remembered for it from elsewhere, the places of the candidates
    they confirmed and refused, and the document it stands in."""

    text: str
    memory: tuple[str, ...]
    confirmed: tuple[int, ...]
    refused: tuple[int, ...]
    document: int


@dataclass(frozen=True, slots=True)
class Learned:
    """Judges, from how many decisions, and how far off they are on documents they have not seen."""

    judges: matching.Judges = field(default_factory=matching.Judges)
    decisions: int = 0
    off_by: float | None = None


@dataclass(frozen=True, slots=True)
class Matcher:
    """Clauses against candidates, some clauses at a time, always with the same weights."""

    clauses: tuple[str, ...]
    candidates: tuple[str, ...]
    memory: tuple[tuple[str, ...], ...]
    index: matching.Index
    learned: Learned

    def match(
        self,
        first: int,
        last: int,
        *,
        most: int,
        threshold: float,
        pairs: Iterable[Pair] = (),
        cited: str = "",
    ) -> Matched:
        """Clauses `first` up to `last`; `pairs` (clause, candidate) are scored whatever their rank."""
        wanted = [(i, j) for i, j in sorted(set(pairs)) if first <= i < last]
        known = {str(i): self.memory[i] for i in range(first, last) if self.memory[i]}
        asked: dict[Pair, Match] = {}

        def watched(left: Sequence[str], _right: Sequence[str]) -> Iterator[Block]:
            memory = [
                [normalise(text).text for text in known.get(str(first + i), ())] for i in range(len(left))
            ]
            for start, block in self.index.scores(left, memory):
                at = first + start
                inside = [(i, j) for i, j in wanted if at <= i < at + len(block)]
                asked.update({(i, j): self.judged(i, j, block[i - at]) for i, j in inside})
                yield start, block

        clauses = tuple(matching.Item(str(i), self.clauses[i]) for i in range(first, last))
        problem = matching.Problem(clauses, items(self.candidates), most, threshold, cited, known)
        return matched(matching.solve(problem, watched, self.learned.judges), range(first, last), asked, self)

    def judged(self, i: int, j: int, row: Array) -> Match:
        """One pair with its evidence."""
        judge, alike = self.learned.judges.of_pair, float(row[j])
        sure = alike
        if judge is not None:
            sure = float(judge.of(matching.signs(row, len(self.clauses[i]), bool(self.memory[i]), j))[0])
        spans = evidence(normalise(self.clauses[i]), normalise(self.candidates[j]))
        return Match(j, sure, alike, judge is not None, plain(spans))


def matched(
    solution: matching.Suggestions, clauses: range, pairs: dict[Pair, Match], matcher: Matcher
) -> Matched:
    """What the method says, by places instead of keys."""
    ranked: dict[str, list[Match]] = {str(i): [] for i in clauses}
    is_learned = matcher.learned.judges.of_pair is not None
    for one in solution.suggestions:
        ranked[one.clause].append(
            Match(int(one.candidate), one.sure, one.score, is_learned, plain(one.spans))
        )
    claims = tuple(int(key) for key in solution.over_claims)
    answered = tuple(verdict.sure for verdict in solution.verdicts)
    return Matched(tuple(tuple(found) for found in ranked.values()), answered, pairs, claims)


def matcher_of(
    clauses: Sequence[str],
    candidates: Sequence[str],
    *,
    memory: Sequence[Sequence[str]] = (),
    decided: Sequence[Decided] = (),
    rule: Learning | None = None,
) -> Matcher:
    """Weigh everything once; learn sureness if the rule says so and there are enough decisions."""
    known = [tuple(memory[i]) if i < len(memory) else () for i in range(len(clauses))]
    told = [text for texts in [*known, *(one.memory for one in decided)] for text in texts]
    corpus = list(dict.fromkeys([*clauses, *(one.text for one in decided)]))
    texts = [[normalise(text).text for text in some] for some in (candidates, corpus, told)]
    index = matching.Index.of(*texts)
    learned = (
        learned_from(index, decided, rule) if rule and rule.least and decided and candidates else Learned()
    )
    return Matcher(tuple(clauses), tuple(candidates), tuple(known), index, learned)


def learned_from(index: matching.Index, decided: Sequence[Decided], rule: Learning) -> Learned:
    """Judges of clauses and of candidates, each where there are enough decisions of both kinds."""
    memory = [[normalise(text).text for text in one.memory] for one in decided]
    blocks = index.scores([normalise(one.text).text for one in decided], memory)
    rows = np.vstack([block for _first, block in blocks])
    answers = {i: one.confirmed for i, one in enumerate(decided) if one.confirmed}
    pairs = [(i, j, truth) for i, one in enumerate(decided)
             for truth, columns in ((1.0, one.confirmed), (0.0, one.refused)) for j in columns]  # fmt: skip
    refused = sum(truth == 0.0 for _i, _j, truth in pairs)
    lengths, remembered = [len(one.text) for one in decided], [bool(one.memory) for one in decided]
    least, of_clause, of_pair, off = rule.least or 1, None, None, []
    if len(answers) >= least:
        signs, truth = matching.examples(rows, lengths, remembered, answers)
        of_clause, error = judge_of(signs, truth, [i for i in answers for _twice in range(2)], decided)
        of_clause = of_clause if rule.trusts(error) else None
        off.append(error)
    if len(pairs) >= least and min(refused, len(pairs) - refused) >= least // 4:
        signs = np.array([matching.signs(rows[i], lengths[i], remembered[i], j) for i, j, _truth in pairs])
        truth = np.array([truth for _i, _j, truth in pairs])
        of_pair, error = judge_of(signs, truth, [i for i, _j, _truth in pairs], decided)
        of_pair = of_pair if rule.trusts(error) else None
        off.append(error)
    known = [error for error in off if error is not None]
    return Learned(matching.Judges(of_clause, of_pair), len(pairs), max(known, default=None))


def judge_of(
    signs: Array, truth: Array, clauses: Sequence[int], decided: Sequence[Decided]
) -> tuple[matching.Sureness, float | None]:
    """A judge, and how far off it is on documents (of few: on clauses) it has not seen."""
    documents = [decided[i].document for i in clauses]
    groups = documents if len(set(documents)) > 2 else [i % FOLDS for i in clauses]
    sure = matching.held_out(signs, truth, np.array(groups))
    seen = ~np.isnan(sure)
    error = matching.off_by(sure[seen], truth[seen]) if seen.any() else None
    return matching.learn(signs, truth), error


def sisters(clauses: Sequence[str], others: Sequence[str], least: float) -> list[list[int]]:
    """For every clause the places of the other clauses whose words are alike by at least `least`."""
    if not clauses or not others:
        return [[] for _ in clauses]
    left, right = ([normalise(text).text for text in texts] for texts in (clauses, others))
    index = matching.Index.of(right, left)
    blocks = (block for _first, block in index.scores(left, [()] * len(left)))
    return [np.flatnonzero(row >= least).tolist() for block in blocks for row in block]


def items(texts: Sequence[str]) -> tuple[matching.Item, ...]:
    """Texts as the method knows them: by their places."""
    return tuple(matching.Item(str(i), text) for i, text in enumerate(texts))


def plain(spans: Iterable[matching.Span]) -> tuple[tuple[int, int, int, int], ...]:
    """Spans as plain numbers."""
    return tuple((span.start, span.end, span.at, span.to) for span in spans)


def report_of(upstream: Given, others: Sequence[Given], rule: tuple[int, float, float]) -> Report:
    """Cut a text and others, and hold the first against each of them.

    What the upstream text tells of past years nobody has to answer.

    `rule`: how many answers a clause may show, and from which scores on it is possible, and sure.
    """
    most, possible, confident = rule
    asked = source_of(upstream, is_asking=True)
    clauses = [one.body for one in asked.articles]
    found = []
    for other in others:
        given = source_of(other)
        matcher = matcher_of(clauses, [one.body for one in given.articles])
        done = matcher.match(0, len(clauses), most=max(most, 2), threshold=possible, cited=asked.title)
        lines = tuple(
            Line(n, article, tuple(hit_of(article, given, match) for match in matches), possible, confident)
            for n, (article, matches) in enumerate(zip(asked.articles, done.matches, strict=True), 1)
        )
        claims = tuple(given.articles[i] for i in done.over_claims)
        found.append((given, lines, claims, is_based_on(other.text, asked.title)))
    return held_against(asked, found, possible, confident)


def hit_of(article: Article, given: Source, match: Match) -> Hit:
    """A match with its words, and the figures that differ."""
    answer = given.articles[match.candidate]
    return Hit(answer, match.alike, match.spans, *matching.differing(article.body, answer.body))


def is_based_on(text: str, title: str) -> bool:
    """Whether a text says that it was made for the document of that title."""
    return plain_title(title) in map(plain_title, cutting.bases(text))


def tight(words: str) -> str:
    """A clause without the empty lines between its paragraphs, which a page of paper would show."""
    return "\n".join(line for line in words.split("\n") if line.strip())


def source_of(given: Given, *, is_asking: bool = False) -> Source:
    """The title and day of a text, and its clauses with the headings they stand under."""
    cut = cutting.cut(given.text)
    found = [
        Article(
            clause.label,
            tight(cut.text_of(clause)),
            " / ".join(f"{step.label} {step.heading}".strip() for step in cut.above(clause)),
        )
        for clause in cut.units
        if not (is_asking and cutting.looks_back(cut, clause))
    ]
    head = cut.head
    return Source(head.title or given.name, head.issued_on, tuple(found), given.name, given.notes)

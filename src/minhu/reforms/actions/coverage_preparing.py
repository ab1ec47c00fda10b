"""What a run of suggestions works with: clauses, candidates, memory and judges; prepared once a run."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from minhu.mandates.models import Clause
from minhu.mandates.queries import units
from minhu.reforms.bridge import Decided, Matcher, matcher_of, sisters
from minhu.reforms.models import Answer, Search
from minhu.reforms.queries.coverage_candidates import Candidate, candidates_for, words_of
from minhu.reforms.queries.coverage_decided import DecidedClause, decided_clauses, key_of, remembered
from minhu.reforms.queries.coverage_limits import Learning, learning
from minhu.reforms.states import AnswerState

Seats = dict[tuple[int | None, int | None], int]


@dataclass(frozen=True, slots=True)
class Work:
    """Everything the steps of one run share; `pairs` are the confirmed ones, as (clause, candidate)."""

    clauses: tuple[Clause, ...]
    found: tuple[Candidate, ...]
    matcher: Matcher
    pairs: tuple[tuple[int, int], ...]

    @property
    def learned_from(self) -> int:
        """From how many decisions sureness was learned; 0 where it was not."""
        learned = self.matcher.learned
        return learned.decisions if learned.judges.of_clause or learned.judges.of_pair else 0


# The run this process works on: preparing again for every step would cost more than the step.
at_hand: dict[int, Work] = {}


def prepared(search: Search, on: date) -> Work:
    """What the steps of a run need, from the step before if it was here."""
    work = at_hand.get(search.pk)
    if work is None:
        work = prepare(search, learning(on))
        at_hand.clear()
        at_hand[search.pk] = work
    return work


def forget(search: Search) -> None:
    """A run is over."""
    at_hand.pop(search.pk, None)


def prepare(search: Search, rule: Learning) -> Work:
    """Read clauses, candidates and decisions, and weigh them."""
    clauses = tuple(units(search.version).select_related("version").defer("version__text").order_by("order"))
    found = tuple(candidates_for(search.version))
    seats: Seats = {one.key: j for j, one in enumerate(found)}
    decided = decided_clauses() if rule.least or rule.alike else []
    matcher = matcher_of(
        [words_of(clause) for clause in clauses],
        [one.text for one in found],
        memory=memories(clauses, decided, rule.alike),
        decided=examples(decided, seats, rule),
        rule=rule,
    )
    place = {clause.pk: i for i, clause in enumerate(clauses)}
    rows = Answer.objects.filter(clause__in=place, state=AnswerState.CONFIRMED)
    keys = [key_of(row) for row in rows]
    pairs = tuple((place[key[0]], seats[key[1:]]) for key in keys if key[1:] in seats)
    return Work(clauses, found, matcher, pairs)


def memories(
    clauses: Sequence[Clause], decided: Sequence[DecidedClause], alike: float | None
) -> list[tuple[str, ...]]:
    """For every clause the texts that answer like clauses elsewhere."""
    known = [one for one in decided if one.confirmed] if alike else []
    like = sisters([words_of(clause) for clause in clauses], [one.words for one in known], alike or 1.0)
    return [
        remembered(clause, [known[k] for k in places]) for clause, places in zip(clauses, like, strict=True)
    ]


def examples(decided: Sequence[DecidedClause], seats: Seats, rule: Learning) -> list[Decided]:
    """Decisions as examples, with the memory each clause has from elsewhere."""
    if not rule.least:
        return []
    memory = memories([one.clause for one in decided], decided, rule.alike)

    def columns(rows: Sequence[Answer]) -> tuple[int, ...]:
        return tuple(seats[key_of(row)[1:]] for row in rows if key_of(row)[1:] in seats)

    return [
        Decided(
            one.words, texts, columns(one.confirmed), columns(one.refused), one.clause.version.document_id
        )
        for one, texts in zip(decided, memory, strict=True)
    ]

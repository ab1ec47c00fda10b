"""What people decided so far, as something to learn from: memory of confirmed answers, examples."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from minhu.mandates.models import Clause
from minhu.mandates.states import DocumentKind
from minhu.reforms.models import Answer
from minhu.reforms.queries.coverage_candidates import answer_text, words_of
from minhu.reforms.states import AnswerState

MOST_CLAUSES = 500  # the latest decided ones: more would make every run slow and the judges no better
MOST_REMEMBERED = 8
Key = tuple[int, int | None, int | None]


@dataclass(slots=True)
class DecidedClause:
    """A clause with what people said answers it, and what does not."""

    clause: Clause
    confirmed: list[Answer] = field(default_factory=list)
    refused: list[Answer] = field(default_factory=list)

    @property
    def words(self) -> str:
        """The words of the clause, as they are compared."""
        return words_of(self.clause)


def key_of(row: Answer) -> Key:
    """Which clause, answered by what."""
    return (row.clause_id, row.reform_id, row.local_clause_id)


def decided_clauses() -> list[DecidedClause]:
    """Clauses of upstream documents people decided about, the latest first, in constant queries."""
    rows = Answer.objects.exclude(state=AnswerState.SUGGESTED).filter(
        clause__version__document__kind=DocumentKind.UPSTREAM
    )
    rows = rows.select_related("clause__version", "reform", "local_clause").defer(
        "clause__version__text", "clause__version__furniture"
    )
    found: dict[int, DecidedClause] = {}
    for row in rows.prefetch_related("reform__measures__milestones").order_by("-decided_at", "-pk"):
        if row.clause_id not in found and len(found) >= MOST_CLAUSES:
            continue
        one = found.setdefault(row.clause_id, DecidedClause(row.clause))
        (one.confirmed if row.state == AnswerState.CONFIRMED else one.refused).append(row)
    return list(found.values())


def remembered(clause: Clause, sisters: Iterable[DecidedClause]) -> tuple[str, ...]:
    """The texts that answer like clauses elsewhere; an answer never vouches for itself.

    Left out: the clause itself, and the same words in another wording of its document, whose decisions are
    carried over as they stand.
    """
    texts: dict[str, None] = {}
    for one in sisters:
        other = one.clause
        is_own = other.version.document_id == clause.version.document_id
        if other.pk == clause.pk or (is_own and one.words == words_of(clause)):
            continue
        texts.update(dict.fromkeys(answer_text(row) for row in one.confirmed))
    return tuple(text for text in texts if text)[:MOST_REMEMBERED]


def by_clause(rows: Iterable[Answer]) -> dict[int, list[Answer]]:
    """Answers, clause by clause."""
    found: defaultdict[int, list[Answer]] = defaultdict(list)
    for row in rows:
        found[row.clause_id].append(row)
    return found

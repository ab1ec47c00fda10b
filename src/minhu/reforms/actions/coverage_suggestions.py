"""Suggestions: what might answer each clause, ranked; decided answers are never touched, only scored."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from minhu.mandates.models import Clause, Version
from minhu.mandates.queries import current_versions, units
from minhu.mandates.states import DocumentKind
from minhu.reforms.actions.coverage_carrying import carry_answers
from minhu.reforms.bridge import Match, Matched, suggest
from minhu.reforms.models import Answer
from minhu.reforms.queries.coverage_candidates import Candidate, candidates_for, words_of
from minhu.reforms.states import AnswerState
from minhu.trail.actions import record
from minhu.trail.models import ref
from minhu.trail.states import Actor

MOST = 5
Key = tuple[int, tuple[int | None, int | None]]


@dataclass(frozen=True, slots=True)
class Suggested:
    """What a run did."""

    added: int
    dropped: int
    clauses: int
    candidates: int
    carried: int = 0


def suggest_answers(*, by: Actor, version: Version, possible: float, at: datetime) -> Suggested:
    """Store for every clause the answers that score `possible` or more, and the nearest text in any case.

    What was decided about unchanged clauses of earlier wordings is carried over first. The same again
    changes nothing.
    """
    carried = sum(carry_answers(by=by, version=one, at=at) for one in (version, *local_versions()))
    clauses = list(units(version).order_by("order"))
    found = candidates_for(version)
    # Matching reads only; the lock is held while rows are written, not while texts are compared.
    matched, confirmed = compare(clauses, found, possible)
    wanted = worth_keeping(clauses, found, matched, possible)
    with transaction.atomic():
        Version.objects.select_for_update().get(pk=version.pk)
        rows = {key_of(row): row for row in Answer.objects.filter(clause__in=[c.pk for c in clauses])}
        stale = [key for key, row in rows.items() if row.state == AnswerState.SUGGESTED and key not in wanted]
        fresh = [answer_row(key, match, at) for key, match in wanted.items() if key not in rows]
        Answer.objects.filter(pk__in=[rows.pop(key).pk for key in stale]).delete()
        Answer.objects.bulk_create(fresh, batch_size=500)
        rescore(rows, wanted | confirmed)
        done = Suggested(len(fresh), len(stale), len(clauses), len(found), carried)
        if fresh or stale:
            write(by, version, done, at)
        return done


def local_versions() -> list[Version]:
    """The local wordings in force."""
    return list(current_versions(DocumentKind.LOCAL).defer("text", "furniture"))


def write(by: Actor, version: Version, done: Suggested, at: datetime) -> None:
    """The entry of a run stands at the document."""
    document = version.document
    payload = {"version": version.label, "added": done.added, "dropped": done.dropped}
    record(
        by=by, deed="reforms.suggest_answers", thing=ref(document), book=document.book, at=at, payload=payload
    )


def compare(
    clauses: list[Clause], found: list[Candidate], possible: float
) -> tuple[Matched, dict[Key, Match]]:
    """Compare every clause with every candidate; what people confirmed is scored whatever its rank."""
    place = {clause.pk: i for i, clause in enumerate(clauses)}
    seat = {one.key: j for j, one in enumerate(found)}
    confirmed = Answer.objects.filter(clause__in=place, state=AnswerState.CONFIRMED)
    pairs = {
        (place[row.clause_id], seat[key_of(row)[1]]): key_of(row)
        for row in confirmed
        if key_of(row)[1] in seat
    }
    texts = [words_of(clause) for clause in clauses], [one.text for one in found]
    matched = suggest(*texts, most=MOST, threshold=possible, pairs=pairs)
    return matched, {key: matched.pairs[pair] for pair, key in pairs.items() if pair in matched.pairs}


def worth_keeping(
    clauses: list[Clause], found: list[Candidate], matched: Matched, possible: float
) -> dict[Key, Match]:
    """The matches worth keeping, by clause and candidate."""
    return {
        (clause.pk, found[match.candidate].key): match
        for clause, matches in zip(clauses, matched.matches, strict=True)
        for place, match in enumerate(matches)
        if match.score >= possible or place == 0
    }


def rescore(rows: dict[Key, Answer], found: dict[Key, Match]) -> None:
    """Give the rows that stay their score and evidence of today."""
    changed = []
    for key, row in rows.items():
        match = found.get(key)
        if match is None:
            continue
        score, spans = match.score, [list(span) for span in match.spans]
        if (row.score, row.spans) != (score, spans):
            row.score, row.spans = score, spans
            changed.append(row)
    Answer.objects.bulk_update(changed, ["score", "spans"], batch_size=500)


def key_of(row: Answer) -> Key:
    """Which clause, answered by what."""
    return (row.clause_id, (row.reform_id, row.local_clause_id))


def answer_row(key: Key, match: Match, at: datetime) -> Answer:
    """A suggestion, not yet written."""
    clause, (reform, local_clause) = key
    spans = [list(span) for span in match.spans]
    return Answer(
        clause_id=clause, reform_id=reform, local_clause_id=local_clause, score=match.score, spans=spans,
        suggested_at=at,
    )  # fmt: skip

"""Suggestions: what might answer each clause, ranked; decided answers are never touched, only scored."""

import time
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from minhu.mandates.models import Clause, Version
from minhu.mandates.queries import current_versions, units
from minhu.mandates.states import DocumentKind
from minhu.reforms.actions.coverage_carrying import carry_answers
from minhu.reforms.actions.coverage_preparing import Work, forget, prepared
from minhu.reforms.bridge import Match, Matched
from minhu.reforms.models import Answer, Outlook, Reform, Search
from minhu.reforms.queries.coverage_decided import Key, key_of
from minhu.reforms.states import AnswerState
from minhu.trail.actions import record
from minhu.trail.models import ref
from minhu.trail.states import Actor

MOST = 5
PAIRS_AT_ONCE = 1_000_000  # of clauses and candidates: well under a second on one core
STEP_SECONDS = 1.5


@dataclass(frozen=True, slots=True)
class Suggested:
    """What a run did."""

    added: int
    dropped: int
    clauses: int
    candidates: int
    carried: int = 0


def suggest_answers(*, by: Actor, version: Version, possible: float, at: datetime) -> Suggested:
    """A whole run at once; the same again changes nothing. For many: `start_search`, `step_search`."""
    search = start_search(by=by, version=version, at=at)
    while search.is_running:
        search = step_search(by=by, search=search, possible=possible, at=at)
    return Suggested(search.added, search.dropped, search.clauses, search.candidates, search.carried)


def start_search(*, by: Actor, version: Version, at: datetime) -> Search:
    """Begin a run, or go on with the one that was begun; decisions on unchanged clauses are carried over.

    A run that was stopped is begun anew. The first step prepares, so starting costs little.
    """
    carried = sum(carry_answers(by=by, version=one, at=at) for one in (version, *local_versions()))
    with transaction.atomic():
        Version.objects.select_for_update().get(pk=version.pk)
        running = Search.objects.filter(version=version, finished_at=None, stopped_at=None).first()
        if running is not None:
            return running
        count = units(version).count()
        return Search.objects.create(version=version, started_at=at, clauses=count, carried=carried)


def step_search(
    *, by: Actor, search: Search, possible: float, at: datetime, seconds: float | None = None
) -> Search:
    """Compare the next clauses for about so long, keep what comes near; returns the run as it now stands.

    Stores for every clause the answers that score `possible` or more, and the nearest text in any case.
    """
    work, until = (
        prepared(search, timezone.localdate(at)),
        time.monotonic() + (STEP_SECONDS if seconds is None else seconds),
    )
    at_once = max(PAIRS_AT_ONCE // max(len(work.found), 1), 1)
    while search.is_running:
        first = search.done
        last = min(first + at_once, len(work.clauses))
        pairs = [pair for pair in work.pairs if first <= pair[0] < last]
        # Matching reads only; the lock is held while rows are written, not while texts are compared.
        matched = work.matcher.match(first, last, most=MOST, threshold=possible, pairs=pairs)
        search = keep(by, search, Stretch(work, first, last, matched, possible), at)
        if time.monotonic() >= until:
            break
    if not search.is_running:
        forget(search)
    return search


def stop_search(*, by: Actor, search: Search, at: datetime) -> Search:
    """Stop a run; what it found stays."""
    with transaction.atomic():
        row = Search.objects.select_for_update().get(pk=search.pk)
        if row.is_running:
            row.stopped_at = at
            row.save()
            write(by, row, "reforms.stop_search", at)
    forget(search)
    return row


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some clauses of a run (`first` up to `last`, not with it), and what was found for them."""

    work: Work
    first: int
    last: int
    matched: Matched
    possible: float

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses of this stretch."""
        return self.work.clauses[self.first : self.last]

    @property
    def wanted(self) -> dict[Key, Match]:
        """The matches worth keeping."""
        return {
            (clause.pk, *self.work.found[match.candidate].key): match
            for clause, matches in zip(self.clauses, self.matched.matches, strict=True)
            for place, match in enumerate(matches)
            if match.score >= self.possible or place == 0
        }

    @property
    def asked(self) -> dict[Key, Match]:
        """What people confirmed, scored whatever its rank."""
        clauses, found = self.work.clauses, self.work.found
        return {(clauses[i].pk, *found[j].key): match for (i, j), match in self.matched.pairs.items()}


def keep(by: Actor, search: Search, found: Stretch, at: datetime) -> Search:
    """Write down what was found for some clauses, if no other window did so meanwhile."""
    with transaction.atomic():
        rows = Search.objects.select_for_update(of=("self",)).select_related("version__document")
        row = rows.get(pk=search.pk)
        if not row.is_running or row.done != found.first:
            return row
        added, dropped = write_answers(found, at)
        write_outlooks(found, at)
        row.done, row.candidates = found.last, len(found.work.found)
        row.added, row.dropped = row.added + added, row.dropped + dropped
        row.learned_from, row.off_by = found.work.learned_from, found.work.matcher.learned.off_by
        if row.done >= row.clauses:
            row.finished_at = at
            if row.added or row.dropped:
                write(by, row, "reforms.suggest_answers", at)
        row.save()
        return row


def local_versions() -> list[Version]:
    """The local wordings in force."""
    return list(current_versions(DocumentKind.LOCAL).defer("text", "furniture"))


def write(by: Actor, search: Search, deed: str, at: datetime) -> None:
    """The entry of a run stands at the document."""
    document = search.version.document
    payload = {"version": search.version.label, "added": search.added, "dropped": search.dropped}
    record(by=by, deed=deed, thing=ref(document), book=document.book, at=at, payload=payload)


def write_answers(found: Stretch, at: datetime) -> tuple[int, int]:
    """New suggestions, those that no longer come near, scores of today: how many were added and dropped."""
    wanted = found.wanted
    there = Answer.objects.select_for_update().filter(clause__in=[one.pk for one in found.clauses])
    rows = {key_of(row): row for row in there}
    stale = [key for key, row in rows.items() if row.state == AnswerState.SUGGESTED and key not in wanted]
    # A run lasts: a reform may have gone since it was prepared.
    reforms = set(Reform.objects.filter(pk__in=[key[1] for key in wanted]).values_list("pk", flat=True))
    fresh = [
        answer_row(key, match, at)
        for key, match in wanted.items()
        if key not in rows and (key[1] is None or key[1] in reforms)
    ]
    Answer.objects.filter(pk__in=[rows.pop(key).pk for key in stale]).delete()
    Answer.objects.bulk_create(fresh, batch_size=500)
    rescore(rows, wanted | found.asked)
    return len(fresh), len(stale)


def write_outlooks(found: Stretch, at: datetime) -> None:
    """How sure it is of each clause that anything answers it."""
    matcher, count = found.work.matcher, len(found.work.found)
    is_learned = matcher.learned.judges.of_clause is not None
    rows = [
        Outlook(
            clause=found.work.clauses[i], answered=min(max(sure, 0.0), 1.0), is_learned=is_learned,
            candidates=count, remembered=len(matcher.memory[i]), compared_at=at,
        )
        for i, sure in zip(range(found.first, found.last), found.matched.answered, strict=True)
    ]  # fmt: skip
    Outlook.objects.bulk_create(
        rows, batch_size=500, update_conflicts=True, unique_fields=["clause"],
        update_fields=["answered", "is_learned", "candidates", "remembered", "compared_at"],
    )  # fmt: skip


def rescore(rows: dict[Key, Answer], found: dict[Key, Match]) -> None:
    """Give the rows that stay their score and evidence of today."""
    changed = []
    for key, row in rows.items():
        match = found.get(key)
        if match is None:
            continue
        now = scored(match)
        if any(getattr(row, name) != value for name, value in now.items()):
            for name, value in now.items():
                setattr(row, name, value)
            changed.append(row)
    Answer.objects.bulk_update(changed, ["score", "alike", "is_learned", "spans"], batch_size=500)


def scored(match: Match) -> dict[str, object]:
    """What a match tells about an answer."""
    spans = [list(span) for span in match.spans]
    return {"score": match.score, "alike": match.alike, "is_learned": match.is_learned, "spans": spans}


def answer_row(key: Key, match: Match, at: datetime) -> Answer:
    """A suggestion, not yet written."""
    clause, reform, local_clause = key
    return Answer(
        clause_id=clause, reform_id=reform, local_clause_id=local_clause, suggested_at=at, **scored(match)
    )

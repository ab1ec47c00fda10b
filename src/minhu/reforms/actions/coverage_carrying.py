"""A new wording came in: what was decided about clauses whose words did not change stays decided."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from minhu.mandates.bridge import successors
from minhu.mandates.models import Clause, Version
from minhu.reforms.actions.coverage_answers import KIND
from minhu.reforms.models import Answer, Inapplicable
from minhu.reforms.states import AnswerState
from minhu.trail.actions import link_many, record
from minhu.trail.models import ref
from minhu.trail.states import Actor, Arc

DECISION = (
    "state",
    "score",
    "alike",
    "is_learned",
    "spans",
    "suggested_at",
    "decided_at",
    "decided_by_user",
    "decided_by_post",
    "decided_by_organisation",
)
AGREEMENT = (
    "reason",
    "asked_at",
    "asked_by_user",
    "asked_by_post",
    "asked_by_organisation",
    "granted",
    "decided_at",
    "decided_by_user",
    "decided_by_post",
    "decided_by_organisation",
    "answer",
)


def carry_answers(*, by: Actor, version: Version, at: datetime) -> int:
    """Copy decisions from earlier wordings to the clauses of this one that say the same; returns how many.

    Works for both sides: clauses that were answered, and local clauses that answer. Twice changes nothing.
    """
    if not Version.objects.filter(document=version.document_id).exclude(pk=version.pk).exists():
        return 0
    with transaction.atomic():
        Version.objects.select_for_update().get(pk=version.pk)
        same = unchanged(version)
        if not same:
            return 0
        answers = [*carried_upstream(same), *carried_local(same)]
        fresh = Answer.objects.bulk_create(only_new(answers), batch_size=500)
        agreed = Inapplicable.objects.bulk_create(carried_agreements(same), batch_size=500)
        confirmed = [row for row in fresh if row.state == AnswerState.CONFIRMED]
        link_many([arc_of(row) for row in confirmed], by=by, at=at)
        done = len(fresh) + len(agreed)
        if done:
            book = version.document.book
            payload = {"version": version.label, "answers": len(fresh), "inapplicable": len(agreed)}
            record(
                by=by,
                deed="reforms.carry_answers",
                thing=ref(version.document),
                book=book,
                at=at,
                payload=payload,
            )
        return done


def unchanged(version: Version) -> dict[int, Clause]:
    """Clauses of other wordings (by key), each with the clause of this one that says the same.

    What the page of what changed calls kept or moved. Words that stand twice are nobody's successor: people
    decide.
    """
    return successors(version)


def carried_upstream(same: dict[int, Clause]) -> list[Answer]:
    """What was decided about the earlier clauses."""
    rows = Answer.objects.filter(clause__in=same).exclude(state=AnswerState.SUGGESTED)
    return [
        copy(row, clause=same[row.clause_id].pk, reform=row.reform_id, local_clause=row.local_clause_id)
        for row in rows.order_by("decided_at", "pk")
    ]


def carried_local(same: dict[int, Clause]) -> list[Answer]:
    """What was decided about the earlier clauses as answers of others, in wordings that are in force."""
    rows = Answer.objects.filter(local_clause__in=same, clause__version__is_current=True)
    return [
        copy(row, clause=row.clause_id, reform=None, local_clause=same[row.local_clause_id or 0].pk)
        for row in rows.exclude(state=AnswerState.SUGGESTED).order_by("decided_at", "pk")
    ]


def copy(row: Answer, *, clause: int, reform: int | None, local_clause: int | None) -> Answer:
    """The same decision about other clauses, not yet written."""
    kept = {name: getattr(row, name) for name in DECISION}
    return Answer(clause_id=clause, reform_id=reform, local_clause_id=local_clause, **kept)


def only_new(answers: Sequence[Answer]) -> list[Answer]:
    """Those that stand nowhere yet; of several the one decided last."""
    wanted = {(row.clause_id, row.reform_id, row.local_clause_id): row for row in answers}
    there = Answer.objects.filter(clause__in={key[0] for key in wanted})
    for key in there.values_list("clause", "reform", "local_clause"):
        wanted.pop(key, None)
    return list(wanted.values())


def carried_agreements(same: dict[int, Clause]) -> Iterable[Inapplicable]:
    """What two people agreed not to apply, where nothing stands yet."""
    taken = set(
        Inapplicable.objects.filter(clause__in=[c.pk for c in same.values()]).values_list("clause", flat=True)
    )
    fresh: dict[int, Inapplicable] = {}
    for row in Inapplicable.objects.filter(clause__in=same, granted=True).order_by("decided_at", "pk"):
        clause = same[row.clause_id]
        if clause.pk not in taken:
            fresh[clause.pk] = Inapplicable(clause=clause, **{name: getattr(row, name) for name in AGREEMENT})
    return list(fresh.values())


def arc_of(row: Answer) -> Arc:
    """The edge that mirrors a confirmed answer."""
    answerer = (
        f"reforms.reform:{row.reform_id}" if row.reform_id else f"mandates.clause:{row.local_clause_id}"
    )
    return Arc(f"mandates.clause:{row.clause_id}", answerer, KIND)

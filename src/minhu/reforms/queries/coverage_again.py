"""What new wordings open again: clauses that changed or are new, answers whose local text was replaced."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from minhu.mandates.bridge import Step, opened_again
from minhu.mandates.models import Clause, Version
from minhu.mandates.queries import current_versions
from minhu.reforms.models import Answer, Inapplicable
from minhu.reforms.queries.coverage import Covered
from minhu.reforms.queries.coverage_lists import with_ends
from minhu.reforms.states import AnswerState

REPLACED = Q(local_clause__isnull=False, local_clause__version__is_current=False)


@dataclass(frozen=True, slots=True)
class Opened:
    """Clauses (by key) to look at again: how they go on from the earlier wording, and answers that lapsed."""

    steps: dict[int, Step]
    lapsed: dict[int, list[Answer]]

    @property
    def keys(self) -> set[int]:
        """The clauses to look at again."""
        return {*self.steps, *self.lapsed}


@dataclass(frozen=True, slots=True)
class Again:
    """One clause to look at again, with what people confirmed before the wording changed."""

    step: Step | None
    answers: tuple[Answer, ...]

    @property
    def earlier(self) -> Clause | None:
        """The clause of the earlier wording it goes on from."""
        return self.step.earlier if self.step else None


def to_look_at(version: Version) -> Opened:
    """What is to be looked at again of an upstream wording; what somebody decided since is left out."""
    steps = {step.later.pk: step for step in opened_again(version) if step.later}
    done = decided_among(steps) if steps else set()
    open_steps = {key: step for key, step in steps.items() if key not in done}
    return Opened(open_steps, by_clause(with_ends(lapsed_answers().filter(clause__version=version))))


def decided_among(clauses: Iterable[int]) -> set[int]:
    """Those about which somebody decided, or for which "not applicable" was proposed or agreed."""
    keys = list(clauses)
    answered = Answer.objects.filter(clause__in=keys).exclude(state=AnswerState.SUGGESTED)
    exempt = Inapplicable.objects.filter(clause__in=keys).exclude(granted=False)
    return {*answered.values_list("clause", flat=True), *exempt.values_list("clause", flat=True)}


def lapsed_answers() -> QuerySet[Answer]:
    """Confirmed answers in replaced wordings of local texts, where nothing counts or was decided since."""
    local = Version.objects.filter(document=OuterRef("local_clause__version__document"), is_current=True)
    rows = Answer.objects.filter(REPLACED, state=AnswerState.CONFIRMED)
    rows = rows.annotate(replaced_at=Subquery(local.values("added_at")[:1]))
    here = Answer.objects.filter(clause=OuterRef("clause")).exclude(state=AnswerState.SUGGESTED)
    exempt = Inapplicable.objects.filter(clause=OuterRef("clause")).exclude(granted=False)
    return rows.filter(
        ~Exists(here.filter(state=AnswerState.CONFIRMED).exclude(REPLACED)),
        ~Exists(here.filter(decided_at__gt=OuterRef("replaced_at"))),
        ~Exists(exempt),
    )


def by_clause(answers: Iterable[Answer]) -> dict[int, list[Answer]]:
    """Answers, clause by clause."""
    found: defaultdict[int, list[Answer]] = defaultdict(list)
    for answer in answers:
        found[answer.clause_id].append(answer)
    return dict(found)


def marked_again(whole: Covered, opened: Opened) -> Covered:
    """The same coverage, its rows to look at again marked so."""
    keys = opened.keys
    return (
        Covered(tuple(replace(row, is_again=row.clause.pk in keys) for row in whole.rows)) if keys else whole
    )


def again_of(clause: Clause, opened: Opened) -> Again | None:
    """What to look at again of one clause, with what people confirmed before."""
    if clause.pk not in opened.keys:
        return None
    step, lapsed = opened.steps.get(clause.pk), opened.lapsed.get(clause.pk, [])
    if step is None or step.earlier is None:
        return Again(step, tuple(lapsed))
    before = Answer.objects.filter(clause=step.earlier, state=AnswerState.CONFIRMED)
    return Again(step, (*with_ends(before).order_by("-score", "pk"), *lapsed))


def opened_documents() -> list[tuple[Version, int]]:
    """Upstream wordings in force with how many of their clauses are to be looked at again."""
    lapsed = lapsed_answers().filter(clause__version__is_current=True).values("clause__version")
    several = Version.objects.filter(document=OuterRef("document")).exclude(pk=OuterRef("pk"))
    rows = current_versions().filter(Q(pk__in=lapsed) | Exists(several)).defer("text", "furniture")
    found = ((version, len(to_look_at(version).keys)) for version in rows.order_by("document__number"))
    return [(version, count) for version, count in found if count]

"""Coverage: what has become of every unit clause, in a number of queries that no document changes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, QuerySet, When
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from minhu.mandates.models import Clause, Version
from minhu.mandates.queries import current_units, units, with_names
from minhu.reforms.models import Answer, Inapplicable, Milestone, Reform
from minhu.reforms.states import AnswerState, State
from minhu.reforms.states.coverage import REASONS, SETTLED, TONES, Answering, Coverage, coverage_state

BEGINS = 72
HEAVY = ("local_clause__version__text", "local_clause__version__furniture")


@dataclass(frozen=True, slots=True)
class Row:
    """A clause with what answers it and what has become of it."""

    clause: Clause
    state: Coverage
    answers: tuple[Answer, ...]
    suggestions: int
    best: float | None
    inapplicable: Inapplicable | None
    is_again: bool = False

    @property
    def tone(self) -> str:
        """The tone of its light; a gap with suggestions waits for a person."""
        return "blue" if self.is_pending else TONES[self.state]

    @property
    def word(self) -> str:
        """Its state in a word."""
        return _("To be confirmed") if self.is_pending else str(self.state.label)

    @property
    def reason(self) -> str:
        """Why it is so."""
        if self.is_proposed:
            return _("proposed as not applicable, waits for a second person")
        return _("suggestions wait for a person") if self.is_pending else str(REASONS[self.state])

    @property
    def is_settled(self) -> bool:
        """Whether it counts as taken over."""
        return self.state in SETTLED

    @property
    def is_proposed(self) -> bool:
        """Whether somebody asked to call it not applicable and nobody decided yet."""
        return self.inapplicable is not None and self.inapplicable.granted is None

    @property
    def is_pending(self) -> bool:
        """A gap for which something was suggested or proposed."""
        return self.state == Coverage.GAP and (self.suggestions > 0 or self.is_proposed)

    @property
    def is_blind(self) -> bool:
        """A gap for which there is nothing at all."""
        return self.state == Coverage.GAP and not self.is_pending

    @property
    def begins(self) -> str:
        """Its first words, without the label."""
        return Truncator(" ".join(self.clause.text.removeprefix(self.clause.label).split())).chars(BEGINS)

    @property
    def leads(self) -> list[str]:
        """Codes of the organisations that lead an answer."""
        reforms = [effective(answer) for answer in self.answers]
        return sorted({reform.lead.code for reform in reforms if reform and reform.lead})


@dataclass(frozen=True, slots=True)
class Covered:
    """All unit clauses of one or more documents."""

    rows: tuple[Row, ...]

    @property
    def units(self) -> int:
        """How many clauses ask for an answer."""
        return len(self.rows)

    @property
    def counts(self) -> dict[str, int]:
        """How many clauses are in each state; every state is named."""
        found = Counter(row.state.value for row in self.rows)
        return {state.value: found[state.value] for state in Coverage}

    @property
    def pending(self) -> int:
        """Gaps that wait for a person."""
        return sum(row.is_pending for row in self.rows)

    @property
    def blind(self) -> int:
        """Gaps for which there is nothing."""
        return sum(row.is_blind for row in self.rows)

    @property
    def unfinished(self) -> int:
        """Answered, but idle, without a lead or without a date."""
        return self.counts["idle"] + self.counts["unowned"] + self.counts["undated"]

    @property
    def settled(self) -> int:
        """Taken over, or agreed to be not applicable."""
        return sum(row.is_settled for row in self.rows)

    @property
    def rate(self) -> float | None:
        """(taken over + not applicable) / all, between 0 and 1; None where there is no clause."""
        return self.settled / self.units if self.rows else None

    @property
    def percent(self) -> str:
        """The rate with one decimal, rounded down: 100.0 means all."""
        return "–" if self.rate is None else f"{1000 * self.settled // self.units / 10:.1f}"

    @property
    def by_version(self) -> dict[int, "Covered"]:
        """The same, each wording apart."""
        keys = dict.fromkeys(row.clause.version_id for row in self.rows)
        return {key: Covered(tuple(r for r in self.rows if r.clause.version_id == key)) for key in keys}


def coverage_of(version: Version, *, possible: float) -> Covered:
    """Coverage of one wording; suggestions below `possible` are no more than the nearest text."""
    return covered(units(version).order_by("order"), possible)


def coverage_of_all(*, possible: float) -> Covered:
    """Coverage of all upstream documents in force."""
    return covered(current_units().order_by("version", "order"), possible)


def covered(clauses: QuerySet[Clause], possible: float) -> Covered:
    """Coverage of these clauses, in four queries."""
    rows = list(with_names(clauses))
    keys = clauses.order_by().values("pk")
    confirmed: dict[int, list[Answer]] = {}
    for answer in confirmed_answers(keys):
        confirmed.setdefault(answer.clause_id, []).append(answer)
    suggested = {
        key: (count, best)
        for key, count, best in Answer.objects.filter(
            clause__in=keys, state=AnswerState.SUGGESTED, score__gte=possible
        )
        .order_by()
        .values_list("clause")
        .annotate(Count("pk"), Max("score"))
    }
    standing = Inapplicable.objects.filter(clause__in=keys).exclude(granted=False)
    proposals = {row.clause_id: row for row in standing}
    return Covered(
        tuple(
            row_of(clause, confirmed.get(clause.pk, []), suggested.get(clause.pk), proposals.get(clause.pk))
            for clause in rows
        )
    )


def row_for(clause: Clause, *, possible: float) -> Row:
    """One clause alone."""
    (row,) = covered(Clause.objects.filter(pk=clause.pk), possible).rows
    return row


def confirmed_answers(clauses: QuerySet[Clause, Any] | Iterable[int]) -> QuerySet[Answer]:
    """Confirmed answers that still count, with `has_milestone`; a merged reform stands for its target."""
    carrier = Case(
        When(reform__merged_into__isnull=False, then=F("reform__merged_into")), default=F("reform")
    )
    return with_names(
        Answer.objects.filter(clause__in=clauses, state=AnswerState.CONFIRMED)
        .exclude(Q(reform__state=State.STOPPED) | Q(reform__merged_into__state=State.STOPPED))
        .exclude(Q(local_clause__isnull=False) & Q(local_clause__version__is_current=False))
        .annotate(carrier=carrier)
        .annotate(has_milestone=Exists(Milestone.objects.filter(reform=OuterRef("carrier"))))
        .select_related("reform__lead", "reform__merged_into__lead", "local_clause__version__document")
        .defer(*HEAVY)
        .order_by("clause", "-score", "pk"),
        "local_clause__",
    )


def row_of(
    clause: Clause,
    answers: list[Answer],
    suggested: tuple[int, float | None] | None,
    inapplicable: Inapplicable | None,
) -> Row:
    """One clause with its state."""
    granted = inapplicable is not None and inapplicable.granted is True
    state = coverage_state((answering(answer) for answer in answers), inapplicable=granted)
    count, best = suggested or (0, None)
    return Row(clause, state, tuple(answers), count, best, inapplicable)


def effective(answer: Answer) -> Reform | None:
    """The reform that carries an answer: a merged one is carried by its target."""
    return (answer.reform.merged_into or answer.reform) if answer.reform else None


def answering(answer: Answer) -> Answering:
    """What an answer shows."""
    reform = effective(answer)
    if reform is None:
        return Answering()
    has_milestone: bool = getattr(answer, "has_milestone")  # noqa: B009 (an annotation)
    return Answering(has_milestone, reform.lead_id is not None, reform.ends_on is not None)

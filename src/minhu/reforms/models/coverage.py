"""What answers an upstream clause, and why a clause does not apply here."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from minhu.mandates.models import Clause
from minhu.reforms.models.decisions import Asked, Decided, decided_whole, nobody_decides_the_own
from minhu.reforms.models.reforms import Reform
from minhu.reforms.states import AnswerState


class Answer(Decided):
    """A reform or a clause of a local document that answers an upstream clause, as suggested or decided."""

    clause = models.ForeignKey(Clause, models.PROTECT, related_name="answers")
    reform = models.ForeignKey(Reform, models.CASCADE, related_name="answers", null=True, blank=True)
    local_clause = models.ForeignKey(
        Clause, models.PROTECT, related_name="answered_clauses", null=True, blank=True
    )
    state = models.CharField(max_length=12, choices=AnswerState.choices, default=AnswerState.SUGGESTED)
    # How sure it is that this answers: a probability where that was learned, else how alike the words are.
    score = models.FloatField(null=True, blank=True)
    alike = models.FloatField(null=True, blank=True)
    is_learned = models.BooleanField(default=False)
    # [[start, end in the clause, start, end in the answer], …] counted in characters of the two texts.
    spans = models.JSONField(default=list, blank=True)
    suggested_at = models.DateTimeField()

    class Meta:
        ordering = ["clause", "-score", "id"]
        constraints = [
            models.CheckConstraint(
                name="answer_by_reform_or_local_clause",
                condition=Q(reform=None, local_clause__isnull=False)
                | Q(reform__isnull=False, local_clause=None),
            ),
            models.CheckConstraint(
                name="answer_not_by_itself", condition=Q(local_clause=None) | ~Q(local_clause=F("clause"))
            ),
            models.UniqueConstraint(fields=["clause", "reform"], name="answer_once_a_reform"),
            models.UniqueConstraint(fields=["clause", "local_clause"], name="answer_once_a_local_clause"),
            models.CheckConstraint(name="answer_state_known", condition=Q(state__in=AnswerState.values)),
            models.CheckConstraint(
                name="answer_decided_has_day",
                condition=Q(state=AnswerState.SUGGESTED, decided_at=None)
                | ~Q(state=AnswerState.SUGGESTED) & Q(decided_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["clause", "state"], name="answer_of_clause"),
            models.Index(fields=["reform", "state"], name="answer_by_reform"),
            models.Index(fields=["decided_by_user", "decided_at"], name="answer_by_decider"),
        ]

    def __str__(self) -> str:
        return f"{self.clause_id} ← {self.reform_id or self.local_clause_id}"


class Inapplicable(Asked, Decided):
    """A proposal that a clause does not apply here, with a public reason; a second person decides."""

    clause = models.ForeignKey(Clause, models.PROTECT, related_name="inapplicables")
    reason = models.TextField(_("public reason"))
    granted = models.BooleanField(null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)

    class Meta:
        ordering = ["clause", "id"]
        constraints = [
            models.CheckConstraint(name="inapplicable_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="inapplicable_refused_says_why",
                condition=Q(granted=None) | Q(granted=True) | ~Q(answer=""),
            ),
            models.UniqueConstraint(
                fields=["clause"],
                condition=Q(granted=None) | Q(granted=True),
                name="inapplicable_one_standing",
            ),
            decided_whole("inapplicable_decided_has_day"),
            nobody_decides_the_own("inapplicable_decider_is_not_asker", "asked_by_user"),
        ]
        indexes = [models.Index(fields=["granted", "asked_at"], name="inapplicable_open")]

    def __str__(self) -> str:
        return f"{self.clause_id}: {self.reason[:60]}"

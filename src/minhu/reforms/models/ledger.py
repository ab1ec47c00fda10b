"""QuerySets of the ledger: lights, progress and next due in SQL; `states.lights` is what they must equal."""

from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import (
    Case,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from minhu.reforms.states import LIVE, ProofState
from minhu.reforms.states.lights import BLUE, DONE, OFF, RANK, RED, YELLOW, Day

if TYPE_CHECKING:
    from minhu.reforms.models.milestones import Milestone  # noqa: F401
    from minhu.reforms.models.reforms import Reform  # noqa: F401


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    """Readings of milestones."""

    def open(self) -> Self:
        """Those not yet accepted."""
        return self.filter(accepted_on=None)

    def promised(self) -> Self:
        """Open ones of reforms that carry lights."""
        return self.open().filter(reform__state__in=LIVE)

    def late(self, day: Day) -> Self:
        """Red ones."""
        return self.promised().filter(due_on__lt=day.on)

    def near(self, day: Day) -> Self:
        """Due from today until the last near day, whatever else is the matter with them."""
        return self.promised().filter(due_on__gte=day.on, due_on__lte=day.near_until)

    def with_last_proof(self) -> Self:
        """Adds `last_proof` (its state, or an empty word) and `last_proof_at`."""
        proofs = self._proofs().filter(milestone=OuterRef("pk")).order_by("-id")
        return self.annotate(
            last_proof=Coalesce(Subquery(proofs.values("state")[:1]), Value("")),
            last_proof_at=Subquery(proofs.values("submitted_at")[:1]),
        )

    def returned(self) -> Self:
        """Open ones whose last proof was sent back."""
        later = self._proofs().filter(milestone=OuterRef("milestone"), id__gt=OuterRef("id"))
        last = self._proofs().filter(state=ProofState.RETURNED).exclude(Exists(later))
        return self.open().filter(pk__in=last.values("milestone"))

    def with_tone(self, day: Day) -> Self:
        """Adds `tone`, as `states.lights.tone_of` gives it."""
        waits = Q(planned_on__lt=day.on) | Q(pk__in=self.model.objects.returned().values("pk"))
        return self.annotate(
            tone=Case(
                When(accepted_on__isnull=False, then=Value(DONE)),
                When(~Q(reform__state__in=LIVE), then=Value(OFF)),
                When(due_on__lt=day.on, then=Value(RED)),
                When(waits, then=Value(YELLOW)),
                When(due_on__lte=day.near_until, then=Value(BLUE)),
                default=Value(OFF),
                output_field=models.CharField(),
            )
        )

    def _proofs(self) -> QuerySet[Any]:
        # Reached through the relation: proofs stand in a file that imports this one.
        related: Any = self.model._meta.get_field("proofs").related_model
        proofs: QuerySet[Any] = related.objects.all()
        return proofs


class ReformQuerySet(models.QuerySet["Reform"]):
    """Readings of reforms."""

    def live(self) -> Self:
        """Those that carry lights."""
        return self.filter(state__in=LIVE)

    def pressing(self, day: Day) -> Self:
        """Those that are red, yellow or blue: few of many, found without looking at the rest."""
        opened = self._milestones().open()
        near = Q(pk__in=opened.filter(due_on__lte=day.near_until).values("reform"))
        slipped = Q(pk__in=opened.filter(planned_on__lt=day.on).values("reform"))
        returned = Q(pk__in=self._milestones().returned().values("reform"))
        return self.live().filter(near | slipped | returned)

    def with_rank(self, day: Day) -> Self:
        """Adds `rank` (0 red … 4 done), the place of its worst milestone in WORST_FIRST."""
        stones = self._milestones()
        opened, own = stones.open(), stones.filter(reform=OuterRef("pk"))
        # Small sets of keys are asked once, not once a row; the two large ones by a look into an index.
        late = opened.filter(due_on__lt=day.on).values("reform")
        slipped = opened.filter(planned_on__lt=day.on).values("reform")
        returned = stones.returned().values("reform")
        near = opened.filter(due_on__lte=day.near_until).values("reform")
        return self.annotate(
            rank=Case(
                When(~Q(state__in=LIVE), then=Value(RANK[OFF])),
                When(pk__in=late, then=Value(RANK[RED])),
                When(Q(pk__in=slipped) | Q(pk__in=returned), then=Value(RANK[YELLOW])),
                When(pk__in=near, then=Value(RANK[BLUE])),
                When(Exists(own.open()) | ~Exists(own), then=Value(RANK[OFF])),
                default=Value(RANK[DONE]),
                output_field=IntegerField(),
            )
        )

    def with_next_due(self) -> Self:
        """Adds `next_due`, the earliest open due date: one look into an index a row."""
        opened = self._milestones().open().filter(reform=OuterRef("pk")).order_by("due_on")
        return self.annotate(next_due=Subquery(opened.values("due_on")[:1]))

    def with_progress(self) -> Self:
        """Adds `accepted_weight`, `weight` and `share` (percent, rounded down) as `Progress` has them."""
        own = self._milestones().filter(reform=OuterRef("pk")).order_by().values("reform")
        done = Coalesce(Sum("weight", filter=Q(accepted_on__isnull=False)), Value(0))
        sums = {"accepted_weight": done, "weight": Sum("weight"), "share": done * Value(100) / Sum("weight")}
        # One look into an index a row and column, rather than a join grouped by every column.
        return self.annotate(
            **{
                name: Coalesce(
                    Subquery(own.annotate(n=total).values("n")), Value(0), output_field=IntegerField()
                )
                for name, total in sums.items()
            }
        )

    def _milestones(self) -> MilestoneQuerySet:
        # Reached through the relation: milestones stand in a file that imports this one.
        related: Any = self.model._meta.get_field("milestones").related_model
        stones: MilestoneQuerySet = related.objects.all()
        return stones

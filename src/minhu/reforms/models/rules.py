"""Rules a reform makes, changes, ends or explains (立改废释): the fruit that outlives it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minhu.reforms.models.reforms import Reform
from minhu.reforms.states import RuleDeed, RuleState


class Rule(models.Model):
    """A rule with its number, what it regulates, and from when to when it holds."""

    reform = models.ForeignKey(Reform, models.PROTECT, related_name="rules")
    number = models.CharField(_("number"), max_length=120, blank=True)
    title = models.CharField(pgettext_lazy("rule", "title"), max_length=300)
    function = models.CharField(_("what it regulates"), max_length=300, blank=True)
    deed = models.CharField(_("what is done to it"), max_length=12, choices=RuleDeed.choices)
    state = models.CharField(
        pgettext_lazy("rule", "state"), max_length=12, choices=RuleState.choices, default=RuleState.DRAFT
    )
    in_force_on = models.DateField(_("in force on"), null=True, blank=True)
    ends_on = models.DateField(pgettext_lazy("rule", "ends on"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("replaced by"), related_name="replaces", null=True, blank=True
    )
    transition_days = models.PositiveSmallIntegerField(_("days of transition"), default=0)
    added_at = models.DateTimeField(editable=False)
    rev = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["reform", "in_force_on", "id"]
        constraints = [
            models.CheckConstraint(name="rule_has_title", condition=~Q(title="")),
            models.CheckConstraint(name="rule_deed_known", condition=Q(deed__in=RuleDeed.values)),
            models.CheckConstraint(name="rule_state_known", condition=Q(state__in=RuleState.values)),
            models.UniqueConstraint(
                fields=["reform", "number", "deed"], condition=~Q(number=""), name="rule_once_in_a_reform"
            ),
            models.CheckConstraint(
                name="rule_ends_after_it_begins",
                condition=Q(in_force_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("in_force_on")),
            ),
            models.CheckConstraint(
                name="rule_in_force_has_number_and_day",
                condition=~Q(state=RuleState.IN_FORCE) | Q(in_force_on__isnull=False) & ~Q(number=""),
            ),
            models.CheckConstraint(
                name="rule_ended_has_day", condition=~Q(state=RuleState.ENDED) | Q(ends_on__isnull=False)
            ),
            models.CheckConstraint(
                name="rule_not_replaced_by_itself", condition=Q(replaced_by=None) | ~Q(replaced_by=F("id"))
            ),
        ]
        indexes = [models.Index(fields=["reform", "state"], name="rule_of_reform")]

    def __str__(self) -> str:
        return self.title

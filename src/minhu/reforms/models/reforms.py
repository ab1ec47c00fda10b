"""A reform: what is to change, who leads it, from when to when, and the stage it has reached."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minhu.people.models import Organisation, Post
from minhu.reforms.models.ledger import ReformQuerySet
from minhu.reforms.states import LIVE, Category, Domain, Line, Origin, State

is_reform_code = RegexValidator(
    r"^(?!(?:new|late|coverage)$)\w[\w.\-]*\Z",
    _("A code is made of letters, digits, dots, dashes and underlines, such as GG-2026-07."),
)


class Reform(models.Model):
    """One line of the ledger; its progress and its light are computed from its milestones, never stored."""

    code = models.CharField(
        pgettext_lazy("reform", "code"), max_length=40, unique=True, validators=[is_reform_code]
    )
    name = models.CharField(_("name"), max_length=200)
    domain = models.CharField(_("domain"), max_length=20, choices=Domain.choices)
    category = models.CharField(_("category"), max_length=12, choices=Category.choices, default=Category.KEY)
    line = models.PositiveSmallIntegerField(_("line"), choices=Line.choices, null=True, blank=True)
    problem = models.TextField(_("problem it starts from"), blank=True)
    goal = models.TextField(_("goal"), blank=True)
    indicator = models.CharField(_("indicator"), max_length=300, blank=True)
    baseline = models.CharField(_("baseline"), max_length=120, blank=True)
    target = models.CharField(_("target"), max_length=120, blank=True)
    lead = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("lead organisation"), related_name="led_reforms",
        null=True, blank=True,
    )  # fmt: skip
    supports = models.ManyToManyField(
        Organisation, verbose_name=_("supporting organisations"), related_name="supported_reforms", blank=True
    )
    leader_post = models.ForeignKey(
        Post, models.PROTECT, verbose_name=_("responsible leader"), related_name="answered_reforms",
        null=True, blank=True,
    )  # fmt: skip
    fund_yuan = models.PositiveBigIntegerField(_("funds in yuan"), null=True, blank=True)
    risk = models.TextField(_("risk"), blank=True)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(pgettext_lazy("reform", "ends on"), null=True, blank=True)
    state = models.CharField(_("stage"), max_length=12, choices=State.choices, default=State.IDEA)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("merged into"),
        related_name="merged_reforms",
        null=True,
        blank=True,
    )
    origin = models.CharField(_("origin"), max_length=16, choices=Origin.choices, default=Origin.CLAUSE)
    origin_note = models.TextField(_("more about its origin"), blank=True)
    illustrative = models.BooleanField(_("illustrative"), default=False)
    added_at = models.DateTimeField(editable=False)
    # Counts the edits of its own fields: a form filled in from an older count is stale.
    rev = models.PositiveIntegerField(default=1, editable=False)
    # The pack item it came from and that item's digest: an unchanged item never overwrites people's edits.
    pack_key = models.CharField(max_length=160, blank=True, editable=False)

    objects = ReformQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(name="reform_has_name", condition=~Q(name="")),
            models.CheckConstraint(name="reform_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(name="reform_domain_known", condition=Q(domain__in=Domain.values)),
            models.CheckConstraint(name="reform_category_known", condition=Q(category__in=Category.values)),
            models.CheckConstraint(name="reform_origin_known", condition=Q(origin__in=Origin.values)),
            models.CheckConstraint(
                name="reform_line_known", condition=Q(line=None) | Q(line__in=Line.values)
            ),
            models.CheckConstraint(
                name="reform_ends_after_it_starts",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="reform_live_has_lead_and_dates",
                condition=~Q(state__in=LIVE)
                | Q(lead__isnull=False, starts_on__isnull=False, ends_on__isnull=False),
            ),
            models.CheckConstraint(
                name="reform_merged_names_another",
                condition=Q(state=State.MERGED, merged_into__isnull=False) & ~Q(merged_into=F("id"))
                | ~Q(state=State.MERGED) & Q(merged_into=None),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "code"], name="reform_by_state"),
            models.Index(fields=["domain", "code"], name="reform_by_domain"),
            models.Index(fields=["lead", "code"], name="reform_by_lead"),
            models.Index(fields=["category", "code"], name="reform_by_category"),
            models.Index(fields=["ends_on"], name="reform_by_end"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of this reform."""
        return reverse("reforms:reform", args=[self.code])

    @property
    def book(self) -> str:
        """The book of the record in which its deeds stand."""
        return f"reform:{self.code}"

    @property
    def is_live(self) -> bool:
        """Whether it promises something now, and so carries a light."""
        return self.state in LIVE

    @property
    def is_approved(self) -> bool:
        """Whether its dates have been approved: from then on only a granted postponement moves them."""
        return self.state not in {State.IDEA, State.ARGUED}

"""Groups of voices that say the same, who belongs to them since when, and what was hot on a day."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minhu.cases.models import Case
from minhu.people.models import Organisation
from minhu.voices.states.groups import GroupState, Left, Placed


class GroupQuerySet(models.QuerySet["Group"]):
    """Readings of groups."""

    def standing(self) -> "GroupQuerySet":
        """Those that were not merged into another."""
        return self.filter(state=GroupState.STANDING)


class Group(models.Model):
    """Voices that say the same. `case`: the one it is handled in now; `size`, `people`, days: of its members.

    `office` and `domain` are what a person decided, or empty. `place`: where most of them were said.
    """

    title = models.CharField(_("title"), max_length=200)
    centre = models.ForeignKey("voices.Voice", models.PROTECT, related_name="+", null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=GroupState, default=GroupState.STANDING)
    merged_into = models.ForeignKey("self", models.PROTECT, related_name="merged", null=True, blank=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", null=True, blank=True)
    place = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True, blank=True)
    office = models.ForeignKey(Organisation, models.PROTECT, related_name="+", null=True, blank=True)
    domain = models.CharField(_("domain"), max_length=60, blank=True)
    size = models.PositiveIntegerField(_("voices"), default=0)
    people = models.PositiveIntegerField(_("people"), default=0)
    unanswered = models.PositiveIntegerField(_("not answered yet"), default=0)
    first_on = models.DateField(_("first said on"))
    last_on = models.DateField(_("last said on"))
    made_at = models.DateTimeField(editable=False)
    illustrative = models.BooleanField(_("illustrative"), default=False)

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = ["-last_on", "-id"]
        constraints = [
            models.CheckConstraint(name="group_has_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="group_merged_names_another",
                condition=Q(state=GroupState.MERGED, merged_into__isnull=False) & ~Q(merged_into=F("id"))
                | Q(state=GroupState.STANDING, merged_into=None),
            ),
            models.CheckConstraint(name="group_days_in_order", condition=Q(last_on__gte=F("first_on"))),
        ]
        indexes = [
            models.Index(name="group_by_last", fields=["state", "-last_on", "-id"]),
            models.Index(name="group_by_size", fields=["state", "-size", "-id"]),
            models.Index(name="group_waiting", fields=["state", "unanswered"]),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def number(self) -> str:
        """How people call it."""
        return f"G{self.pk:05d}"

    @property
    def book(self) -> str:
        """The book of the record in which its deeds stand."""
        return f"group:{self.pk}"

    @property
    def is_standing(self) -> bool:
        """Whether it stands by itself."""
        return self.state == GroupState.STANDING

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("voices:group", args=[self.pk])


class Membership(models.Model):
    """A voice in a group, since when and until when: groups are split and merged back, nothing is forgotten.

    `move`: the number of the deed that brought it here; `left_by`: of the one that took it away.
    """

    voice = models.ForeignKey("voices.Voice", models.PROTECT, related_name="memberships")
    group = models.ForeignKey(Group, models.PROTECT, related_name="memberships")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=10, choices=Placed, default=Placed.MACHINE)
    left = models.CharField(max_length=10, choices=Left, blank=True, default=Left.STAYS)
    alike = models.FloatField(null=True, blank=True)
    move = models.CharField(max_length=32, blank=True)
    left_by = models.CharField(max_length=32, blank=True)
    by_post = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                name="membership_one_open_per_voice", fields=["voice"], condition=Q(until=None)
            ),
            models.CheckConstraint(
                name="membership_ends_whole",
                condition=Q(until=None, left="", left_by="")
                | Q(until__isnull=False, until__gte=F("since")) & ~Q(left=""),
            ),
        ]
        indexes = [
            models.Index(name="membership_of_group", fields=["group"], condition=Q(until=None)),
            models.Index(name="membership_left_by", fields=["left_by"], condition=~Q(left_by="")),
        ]

    def __str__(self) -> str:
        return f"{self.voice_id} · {self.group_id}"


class Sorting(models.Model):
    """A question of sorting about a group (its domain, its office): what was suggested, what a person said.

    `suggested` is empty where the method abstained; `top` holds its three best with how sure it is.
    """

    class What(models.TextChoices):
        """What is asked."""

        DOMAIN = "domain", _("domain")
        OFFICE = "office", _("office")

    group = models.ForeignKey(Group, models.PROTECT, related_name="sortings")
    what = models.CharField(max_length=10, choices=What)
    suggested = models.CharField(max_length=60, blank=True)
    sure = models.FloatField(default=0)
    top = models.JSONField(default=list)
    decided = models.CharField(max_length=60)
    decided_at = models.DateTimeField()
    decided_by_user = models.BigIntegerField(null=True, blank=True)
    decided_by_post = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-decided_at", "-id"]
        constraints = [
            models.CheckConstraint(name="sorting_is_decided", condition=~Q(decided="")),
        ]

    def __str__(self) -> str:
        return f"{self.what}: {self.decided}"


class HotRun(models.Model):
    """One look at what people say more than usual, with what it was made from."""

    on = models.DateField(_("as of"), unique=True)
    made_at = models.DateTimeField()
    days = models.PositiveSmallIntegerField()
    voices = models.PositiveIntegerField()
    recipe = models.JSONField(default=dict)

    class Meta:
        ordering = ["-on"]

    def __str__(self) -> str:
        return f"{self.on}"


class HotIssue(models.Model):
    """Something said more than usual: why, since when, where; never by whom.

    `reasons`: rows of [what, values]; `days`: rows of [day, count]; `places`: rows of [code, count].
    """

    run = models.ForeignKey(HotRun, models.CASCADE, related_name="issues")
    rank = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=200)
    score = models.FloatField()
    groups = models.ManyToManyField(Group, related_name="hot_issues")
    voices = models.PositiveIntegerField()
    people = models.PositiveIntegerField()
    reasons = models.JSONField(default=list)
    days = models.JSONField(default=list)
    places = models.JSONField(default=list)

    class Meta:
        ordering = ["-run__on", "rank"]
        constraints = [
            models.UniqueConstraint(name="hot_issue_rank_once", fields=["run", "rank"]),
            models.CheckConstraint(name="hot_issue_ranks_from_one", condition=Q(rank__gte=1)),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its place on the list."""
        return reverse("voices:hot_issue", args=[self.pk])

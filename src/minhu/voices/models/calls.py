"""Calls for suggestions, the articles of a draft text, and the voices that comment them."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minhu.people.models import Organisation
from minhu.voices.models.voices import Voice
from minhu.voices.states.calls import CallState, Phase, book_of_call


class CallQuerySet(models.QuerySet["Call"]):
    """Readings of calls."""

    def public(self) -> "CallQuerySet":
        """Those everybody may see."""
        return self.exclude(state=CallState.PREPARED)

    def open_on(self, on: date) -> "CallQuerySet":
        """Those that take comments on a day."""
        return self.filter(state=CallState.ANNOUNCED, opens_on__lte=on, closes_on__gte=on)


class Call(models.Model):
    """A call for suggestions: about what, by which ways, from when to when, and what came of it.

    `least_days`: how long it had to be open when it was announced; `short_reason`: why it is open for less.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=120)
    matter = models.TextField(_("what it is about"))
    ways = models.TextField(_("ways to take part"), blank=True)
    office = models.ForeignKey(
        Organisation, models.PROTECT, related_name="calls", verbose_name=_("called by")
    )
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("last day"))
    least_days = models.PositiveSmallIntegerField(default=0)
    short_reason = models.TextField(_("why it is open for less"), blank=True)
    draft_title = models.CharField(_("title of the draft"), max_length=200, blank=True)
    draft = models.TextField(_("draft text"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=CallState, default=CallState.PREPARED)
    outcome = models.TextField(_("outcome"), blank=True)
    made_at = models.DateTimeField(editable=False)
    announced_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by_post = models.CharField(max_length=60, blank=True)
    illustrative = models.BooleanField(_("illustrative"), default=False)

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["-closes_on", "-id"]
        constraints = [
            models.CheckConstraint(name="call_is_told", condition=~Q(title="") & ~Q(matter="")),
            models.CheckConstraint(name="call_days_in_order", condition=Q(closes_on__gte=F("opens_on"))),
            models.CheckConstraint(
                name="call_published_whole",
                condition=~Q(state=CallState.PUBLISHED) & Q(published_at=None)
                | Q(state=CallState.PUBLISHED, published_at__isnull=False) & ~Q(outcome=""),
            ),
        ]
        indexes = [models.Index(name="call_by_days", fields=["state", "opens_on", "closes_on"])]

    def __str__(self) -> str:
        return self.title

    @property
    def book(self) -> str:
        """Its book of the record."""
        return book_of_call(self.code)

    @property
    def days(self) -> int:
        """How many days it is open, the first and the last with it."""
        return (self.closes_on - self.opens_on).days + 1

    @property
    def is_short(self) -> bool:
        """Whether it is open for less than it should be."""
        return self.days < self.least_days

    def phase(self, on: date) -> Phase:
        """Where it stands on a day."""
        if self.state != CallState.ANNOUNCED:
            return Phase(self.state)
        if on < self.opens_on:
            return Phase.COMING
        return Phase.OPEN if on <= self.closes_on else Phase.WEIGHING

    def get_absolute_url(self) -> str:
        """Its page for everybody."""
        return reverse("voices:open_call", args=[self.code])


class CallArticle(models.Model):
    """One article of a draft text, as it was cut when the call was prepared."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="articles")
    order = models.PositiveSmallIntegerField()
    label = models.CharField(_("article"), max_length=40, blank=True)
    heading = models.CharField(max_length=200, blank=True)
    text = models.TextField(_("text"))

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(name="call_article_order_once", fields=["call", "order"]),
            models.CheckConstraint(name="call_article_has_text", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.label or str(self.order)

    @property
    def words(self) -> str:
        """The text without its label."""
        return self.text.removeprefix(self.label).strip()


class Comment(models.Model):
    """A voice said to a call: to one article of its draft, or to the whole. Its answers are its replies."""

    voice = models.OneToOneField(Voice, models.PROTECT, related_name="comment")
    call = models.ForeignKey(Call, models.PROTECT, related_name="comments")
    article = models.ForeignKey(CallArticle, models.PROTECT, related_name="comments", null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.call_id} · {self.voice_id}"

"""A voice: what somebody said. The raw text is for the handler alone; `masked` is what all else shows."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minhu.people.models import Organisation
from minhu.ui.offers import Light
from minhu.voices.models.occasions import Occasion
from minhu.voices.states.hearing import LIVE, Channel, Identity, Sort, State, book_of

TONES = {State.RECEIVED: "off", State.HELD: "yellow", State.OPEN: "blue", State.ANSWERED: "done",
         State.CLOSED: "done", State.REFUSED: "off"}  # fmt: skip


class Counter(models.Model):
    """The last number given out under a name."""

    name = models.CharField(max_length=60, unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} {self.last}"


class VoiceQuerySet(models.QuerySet["Voice"]):
    """Readings of voices."""

    def live(self) -> "VoiceQuerySet":
        """Those that stand in lists and counts: neither held nor refused, and not taken back."""
        return self.filter(state__in=LIVE, erased_at=None)

    def held(self) -> "VoiceQuerySet":
        """Those that wait for the moderators."""
        return self.filter(state=State.HELD)

    def published(self) -> "VoiceQuerySet":
        """Those anybody may read: with their author's consent and after a second person's check."""
        return self.live().filter(may_publish=True, published_at__isnull=False)


class Voice(models.Model):
    """What one person said. `keeper`: the unit that took it in; `person`: only to count distinct people.

    `text` goes when its time is over (`text_until`) or its author wishes; `masked` stays unless
    the author has everything deleted (`erased_at`). `sameness`: equal for equal texts.
    """

    number = models.CharField(_("number"), max_length=40, unique=True)
    channel = models.CharField(_("channel"), max_length=20, choices=Channel)
    sort = models.CharField(_("wish"), max_length=20, choices=Sort, blank=True)
    identity = models.CharField(_("speaks as"), max_length=20, choices=Identity, blank=True)
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.RECEIVED)
    said_on = models.DateField(_("said on"))
    received_at = models.DateTimeField(_("received at"))
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), blank=True)
    masked = models.TextField(_("text, masked"), blank=True)
    salt = models.CharField(max_length=64, blank=True)
    text_until = models.DateField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    place = models.ForeignKey(
        Organisation, models.PROTECT, related_name="voices_of_place", null=True, blank=True
    )
    place_words = models.CharField(_("place"), max_length=200, blank=True)
    domain = models.CharField(_("domain"), max_length=60, blank=True)
    office = models.ForeignKey(
        Organisation, models.PROTECT, related_name="voices_to_answer", null=True, blank=True
    )
    office_by = models.CharField(
        max_length=10, choices=[("machine", _("suggested")), ("person", _("decided"))], blank=True
    )
    keeper = models.ForeignKey(
        Organisation, models.PROTECT, related_name="voices_kept", null=True, blank=True
    )
    person = models.CharField(max_length=64, blank=True)
    sameness = models.CharField(max_length=64, db_index=True)
    code_digest = models.CharField(max_length=64, unique=True, null=True, blank=True)
    submit_key = models.CharField(max_length=64, unique=True, null=True, blank=True)
    may_publish = models.BooleanField(_("may be published, masked"), default=False)
    published_at = models.DateTimeField(null=True, blank=True)
    occasion = models.ForeignKey(Occasion, models.PROTECT, related_name="voices", null=True, blank=True)
    outside_number = models.CharField(_("number elsewhere"), max_length=80, blank=True)
    illustrative = models.BooleanField(_("illustrative"), default=False)

    objects = VoiceQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                name="voices_outside_once",
                fields=["channel", "outside_number"],
                condition=~Q(outside_number=""),
            ),
            models.CheckConstraint(
                name="voices_published_by_consent", condition=Q(published_at=None) | Q(may_publish=True)
            ),
            models.CheckConstraint(
                name="voices_erased_is_gone",
                condition=Q(erased_at=None) | Q(text="", masked="", salt="", published_at=None),
            ),
        ]
        indexes = [
            models.Index(name="voice_by_state", fields=["state", "received_at"]),
            models.Index(name="voice_by_office", fields=["office", "state"]),
            models.Index(name="voice_by_day", fields=["said_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def book(self) -> str:
        """Its book of the record."""
        return book_of(self.number)

    @property
    def light(self) -> Light:
        """Its state, as a light."""
        return Light(TONES[State(self.state)], State(self.state).label)

    @property
    def handlers(self) -> tuple[str, ...]:
        """The units that may read the raw text: the one that took it in, the one that answers."""
        units = (self.keeper, self.office if self.office_by == "person" else None)
        return tuple(unit.code for unit in units if unit)

    @property
    def has_raw(self) -> bool:
        """Whether the raw text is still there."""
        return self.text != ""

    def is_kept_on(self, on: date) -> bool:
        """Whether the raw text may still be kept on a day."""
        return self.text_until is None or on <= self.text_until

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("voices:voice", args=[self.number])

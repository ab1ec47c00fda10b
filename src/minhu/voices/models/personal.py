"""Personal values apart from the voice, salts that come to nothing, requests of authors about their data."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from minhu.people.models import Post
from minhu.ui.offers import Light
from minhu.voices.models.voices import Voice
from minhu.voices.states.hearing import Asked, Channel, Contact, Held, Verdict, Want

LONGEST = 2000
TONES = {Asked.WAITING: "blue", Asked.GRANTED: "done", Asked.REFUSED: "off", Asked.WITHDRAWN: "off"}


class VoicePersonal(models.Model):
    """A personal value: kept for a purpose until a day, erasable; the record holds only its salted digest."""

    voice = models.ForeignKey(Voice, models.CASCADE, related_name="personal")
    key = models.CharField(max_length=20, choices=Contact)
    value = models.CharField(max_length=200, blank=True)
    salt = models.CharField(max_length=64, blank=True)
    purpose = models.CharField(max_length=200)
    keep_until = models.DateField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="voices_personal_once", fields=["voice", "key"]),
            models.CheckConstraint(
                name="voices_personal_erased_is_gone",
                condition=Q(erased_at=None) & ~Q(value="") | Q(erased_at__isnull=False, value="", salt=""),
            ),
        ]
        indexes = [
            models.Index(name="voice_personal_until", fields=["keep_until"], condition=Q(erased_at=None))
        ]

    def __str__(self) -> str:
        return self.key


class Salt(models.Model):
    """The salt of one window: while it is there distinct people can be counted; then nobody can any more."""

    name = models.CharField(max_length=20)
    since = models.DateField()
    until = models.DateField()
    value = models.CharField(max_length=64)

    class Meta:
        ordering = ["since"]
        constraints = [models.UniqueConstraint(name="voices_salt_once", fields=["name", "since"])]

    def __str__(self) -> str:
        return f"{self.name} {self.since}"


class Knock(models.Model):
    """How often one address (a salted digest) knocked in a window; the row goes when the window is over."""

    what = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    window = models.PositiveBigIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["window"]
        constraints = [models.UniqueConstraint(name="voices_knock_once", fields=["what", "digest", "window"])]
        indexes = [models.Index(name="voice_knock_window", fields=["window"])]

    def __str__(self) -> str:
        return f"{self.what} {self.count}"


class Incoming(models.Model):
    """A table that was looked at and not brought in yet: it goes when it is, or after a day."""

    channel = models.CharField(max_length=20, choices=Channel)
    name = models.CharField(max_length=200)
    content = models.BinaryField()
    user = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.name


class Moderation(models.Model):
    """One line of the moderators' log: what was done, why in public words, by which post."""

    voice = models.ForeignKey(Voice, models.CASCADE, related_name="moderations")
    verdict = models.CharField(max_length=20, choices=Verdict)
    reason = models.CharField(max_length=20, blank=True)
    words = models.CharField(max_length=500, blank=True)
    by_post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="voices_refusal_has_words", condition=~Q(verdict=Verdict.REFUSED) | ~Q(words="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voice_id} {self.verdict}"

    @property
    def reason_words(self) -> str:
        """Why it was held, in words."""
        return str(Held(self.reason).label) if self.reason in Held.values else ""


class DataRequest(models.Model):
    """What an author wants done with the own data, and what was decided."""

    voice = models.ForeignKey(Voice, models.CASCADE, related_name="data_requests")
    want = models.CharField(max_length=20, choices=Want)
    words = models.CharField(max_length=LONGEST, blank=True)
    state = models.CharField(max_length=20, choices=Asked, default=Asked.WAITING)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="voices_request_is_whole",
                condition=Q(state=Asked.WAITING, decided_at=None)
                | ~Q(state=Asked.WAITING) & Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="voices_request_refused_with_reason", condition=~Q(state=Asked.REFUSED) | ~Q(reason="")
            ),
            models.UniqueConstraint(
                name="voices_request_once_at_a_time",
                fields=["voice", "want"],
                condition=Q(state=Asked.WAITING),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voice_id} {self.want}"

    @property
    def light(self) -> Light:
        """Its state, as a light."""
        return Light(TONES[Asked(self.state)], Asked(self.state).label)


class Publication(models.Model):
    """A proposal to publish one voice, masked: who proposed is never who checked the masking."""

    voice = models.ForeignKey(Voice, models.CASCADE, related_name="publications")
    text = models.TextField(blank=True)
    state = models.CharField(max_length=20, choices=Asked, default=Asked.WAITING)
    asked_at = models.DateTimeField()
    asked_user = models.BigIntegerField()
    asked_post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_user = models.BigIntegerField(null=True, blank=True)
    decided_post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="voices_publication_by_two",
                condition=~Q(state__in=[Asked.GRANTED, Asked.REFUSED])
                | Q(decided_user__isnull=False) & ~Q(decided_user=F("asked_user")),
            ),
            models.UniqueConstraint(
                name="voices_publication_once",
                fields=["voice"],
                condition=Q(state__in=[Asked.WAITING, Asked.GRANTED]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voice_id} {self.state}"

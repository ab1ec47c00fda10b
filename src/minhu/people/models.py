"""Organisations, posts, accounts and who holds which post; notices; complaints; tokens of programs."""

from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from minhu.people.states import Kind, Role, Scope
from minhu.ui.offers import Light

is_code = RegexValidator(
    r"^[a-z0-9]+([-_.][a-z0-9]+)*$",
    _("A code is made of small letters and digits, joined by - _ or . (for example reform-office)."),
)
LONGEST = 2000
not_endless = MaxLengthValidator(LONGEST)


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Readings of organisations."""

    def standing(self) -> "OrganisationQuerySet":
        """Those that have not been closed."""
        return self.filter(closed_on=None)


class Organisation(models.Model):
    """A unit of the tree: the district, its departments, towns, streets and communities."""

    code = models.CharField(_("code"), max_length=60, unique=True, validators=[is_code])
    name = models.CharField(_("name"), max_length=120)
    short = models.CharField(_("short name"), max_length=40)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("stands under"),
        on_delete=models.PROTECT,
        related_name="children",
        null=True,
        blank=True,
    )
    row = models.PositiveSmallIntegerField(_("cartogram row"), null=True, blank=True)
    column = models.PositiveSmallIntegerField(_("cartogram column"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    # The order of the pack: offices have an order of their own, which no alphabet knows.
    order = models.PositiveIntegerField(default=0, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(name="organisation_not_its_own_parent", condition=~Q(parent=F("id"))),
            models.CheckConstraint(
                name="organisation_cell_is_whole",
                # `> 0` of nothing is unknown, and unknown passes a check: say that both are there.
                condition=Q(row=None, column=None)
                | Q(row__isnull=False, column__isnull=False, row__gt=0, column__gt=0),
                violation_error_message=_("A place in the cartogram needs both row and column, from 1."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_closed(self) -> bool:
        """Closed units keep their history but take no new posts or duties."""
        return self.closed_on is not None


class Post(models.Model):
    """A place in an organisation, with one role; people come and go, posts stay in the record."""

    code = models.CharField(_("code"), max_length=60, unique=True, validators=[is_code])
    title = models.CharField(_("title"), max_length=120)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="posts"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)

    class Meta:
        ordering = ["organisation__order", "organisation_id", "id"]

    def __str__(self) -> str:
        return self.title


class UserManager(BaseUserManager["User"]):
    """Makes accounts; there is no superuser, for every right comes from a post."""

    def create_user(self, username: str, email: str = "", password: str | None = None, **more: Any) -> "User":
        """Keep a new account; without a password it is opened by a reset link."""
        user = self.model(
            username=self.model.normalize_username(username), email=self.normalize_email(email), **more
        )
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractUser):
    """An account; the house needs no names, only who may sign in and where a reset link goes."""

    # Columns of Django that would keep a name or a log-in, or give a right by another way than a post.
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    last_login = None  # nobody counts log-ins
    is_superuser = None
    is_staff = None
    groups = None  # type: ignore[assignment]
    user_permissions = None  # type: ignore[assignment]
    posts = models.ManyToManyField(Post, through="Holding", related_name="users")
    # Log-ins with a known password: dead wherever this is not a demonstration.
    is_demonstration = models.BooleanField(default=False, editable=False)

    REQUIRED_FIELDS = []

    objects = UserManager()  # type: ignore[misc,assignment]

    class Meta:
        ordering = ["username"]

    def get_full_name(self) -> str:
        """The account name stands for the person everywhere."""
        return self.username

    def get_short_name(self) -> str:
        """The account name again."""
        return self.username


class HoldingQuerySet(models.QuerySet["Holding"]):
    """Readings of holdings."""

    def current(self) -> "HoldingQuerySet":
        """Those that have not ended, of accounts that may sign in."""
        return self.filter(until=None, user__is_active=True)


class Holding(models.Model):
    """Who holds which post, from when to when."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="holdings")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    objects = HoldingQuerySet.as_manager()

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                name="holding_once_at_a_time", fields=["user", "post"], condition=Q(until=None)
            ),
            models.CheckConstraint(
                name="holding_ends_after_it_begins", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.post_id}"


class Notice(models.Model):
    """A word to one account or to everybody who holds a post; nobody counts who has read it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices", null=True, blank=True)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="notices", null=True, blank=True)
    text = models.CharField(max_length=300)
    url = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="notice_to_user_or_post",
                condition=Q(user=None, post__isnull=False) | Q(user__isnull=False, post=None),
            )
        ]

    def __str__(self) -> str:
        return self.text


class Complaint(models.Model):
    """What is wrong with the software itself, said from any page, and what was answered."""

    text = models.TextField(_("What is wrong?"), max_length=LONGEST, validators=[not_endless])
    page = models.CharField(_("On which page?"), max_length=300, blank=True)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="complaints")
    at = models.DateTimeField()
    answer = models.TextField(_("Answer"), max_length=LONGEST, validators=[not_endless], blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, related_name="answered_complaints", null=True, blank=True
    )

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="complaint_answer_is_whole",
                condition=Q(answer="", answered_at=None, answered_post=None)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_post__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def light(self) -> Light:
        """Waiting or answered, as a light."""
        return Light("done", _("Answered")) if self.is_answered else Light("off", _("Waits for an answer"))

    @property
    def is_answered(self) -> bool:
        """Whether the office has answered."""
        return self.answered_at is not None


class TokenQuerySet(models.QuerySet["Token"]):
    """Readings of tokens."""

    def standing(self, on: date) -> "TokenQuerySet":
        """Those that have neither been revoked nor run out."""
        return self.filter(revoked_at=None, expires_on__gte=on)


class Token(models.Model):
    """What a program shows to act as somebody's post; only the digest of the secret is kept.

    `last_used_on` is a day, to find tokens nobody needs. `minute` and `asked` count the running minute for
    the limit, and are written over by the next one: there is no history of use.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="tokens")
    name = models.CharField(_("What is it for?"), max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scope = models.CharField(_("May"), max_length=10, choices=Scope.choices, default=Scope.READ)
    made_at = models.DateTimeField()
    expires_on = models.DateField(_("Valid until"))
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)
    minute = models.PositiveBigIntegerField(default=0, editable=False)
    asked = models.PositiveIntegerField(default=0, editable=False)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(name="token_has_name", condition=~Q(name="")),
            models.CheckConstraint(name="token_scope_known", condition=Q(scope__in=Scope.values)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def may_write(self) -> bool:
        """Whether it may do more than read."""
        return self.scope == Scope.WRITE

    def state_on(self, on: date) -> Light:
        """Valid, run out or revoked, as a light."""
        if self.revoked_at:
            return Light("off", _("Revoked"))
        return Light("off", _("Run out")) if self.expires_on < on else Light("done", _("Valid"))


class ApiDeed(models.Model):
    """A deed a program asked for under a key of its own: asked again, it gets the same answer."""

    token = models.ForeignKey(Token, on_delete=models.CASCADE, related_name="deeds")
    key = models.CharField(max_length=100)
    request_hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    status = models.PositiveSmallIntegerField()
    response = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(name="api_deed_once", fields=["token", "key"])]
        indexes = [models.Index(fields=["at"], name="api_deed_at")]

    def __str__(self) -> str:
        return f"{self.token_id} · {self.key}"


class Subscription(models.Model):
    """The daily mail of an account: whether it is wanted, the day dealt with last, and what it told.

    `told_until`: notices up to here were told. `seen`: short digests of the duties told last. `tried_at`:
    when a worker took it in hand last.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="subscription")
    is_wanted = models.BooleanField(default=True)
    done_on = models.DateField(null=True, blank=True)
    told_until = models.DateTimeField(null=True, blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    seen = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.user_id} {self.done_on}"

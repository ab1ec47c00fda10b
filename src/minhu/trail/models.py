"""The record of deeds (one chain per book) and the edges between things."""

from django.db import models
from django.db.models import Q

HASH_DIGITS = 64


def ref(obj: models.Model) -> str:
    """How the record names a row: `reforms.milestone:12`."""
    if obj.pk is None:
        raise ValueError(f"{obj._meta.label_lower} has no row yet: record it after it is saved")
    return f"{obj._meta.label_lower}:{obj.pk}"


class Head(models.Model):
    """How far a book has got; its row is locked while an entry is added."""

    book = models.CharField(max_length=120, unique=True)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=HASH_DIGITS)
    algorithm = models.CharField(max_length=10)

    class Meta:
        ordering = ["book"]

    def __str__(self) -> str:
        return f"{self.book} #{self.seq}"


class Entry(models.Model):
    """One deed: who, from which post, did what to which thing, when. Never changed, never removed."""

    book = models.CharField(max_length=120)
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    deed = models.CharField(max_length=80)
    actor_user = models.BigIntegerField(null=True)
    actor_post = models.CharField(max_length=60, blank=True)
    actor_organisation = models.CharField(max_length=60, blank=True)
    thing = models.CharField(max_length=160)
    payload = models.JSONField(default=dict)
    asked = models.PositiveIntegerField(default=0)
    prev_hash = models.CharField(max_length=HASH_DIGITS)
    hash = models.CharField(max_length=HASH_DIGITS)

    class Meta:
        ordering = ["book", "seq"]
        constraints = [models.UniqueConstraint(name="entry_once_in_its_book", fields=["book", "seq"])]
        indexes = [
            models.Index(name="entry_by_thing", fields=["thing", "id"]),
            models.Index(name="entry_by_organisation", fields=["actor_organisation", "at"]),
        ]

    def __str__(self) -> str:
        return f"{self.book} #{self.seq} {self.deed}"

    @property
    def content(self) -> dict[str, object]:
        """What the chain's hash covers: everything but the hashes themselves."""
        return {
            "book": self.book,
            "seq": self.seq,
            "at": self.at,
            "deed": self.deed,
            "actor_user": self.actor_user,
            "actor_post": self.actor_post,
            "actor_organisation": self.actor_organisation,
            "thing": self.thing,
            "payload": self.payload,
            "asked": self.asked,
        }


class EdgeQuerySet(models.QuerySet["Edge"]):
    """Readings of edges."""

    def open(self) -> "EdgeQuerySet":
        """Those that hold now."""
        return self.filter(until=None)


class Edge(models.Model):
    """A link between two things, mirrored from the row that makes it; closed rather than removed."""

    src = models.CharField(max_length=160)
    dst = models.CharField(max_length=160)
    kind = models.CharField(max_length=60)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    objects = EdgeQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="edge_open_once", fields=["src", "dst", "kind"], condition=Q(until=None)
            ),
            models.CheckConstraint(
                name="edge_ends_after_it_began", condition=Q(until=None) | Q(until__gte=models.F("since"))
            ),
        ]
        indexes = [
            models.Index(name="edge_by_src", fields=["src", "kind"]),
            models.Index(name="edge_by_dst", fields=["dst", "kind"]),
        ]

    def __str__(self) -> str:
        return f"{self.src} -{self.kind}-> {self.dst}"

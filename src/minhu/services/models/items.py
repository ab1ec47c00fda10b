"""What departments publish: field dictionary, types of material, items and versions of their guides."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minhu.people.models import Organisation


class Bearer(models.Model):
    """Whose values fields hold: a role in an application (申请人, 新生儿, 企业, …)."""

    code = models.CharField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=120)
    data = models.JSONField(default=dict)
    order = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.title


class Element(models.Model):
    """An entry of the field dictionary (数据元): fields merge on its code, never on a label.

    `data`: `packs.guides.ElementSpec` as JSON.
    """

    code = models.CharField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=120)
    data = models.JSONField(default=dict)
    order = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(name="services_element_named", condition=~Q(code="") & ~Q(title="")),
        ]

    def __str__(self) -> str:
        return self.title


class Material(models.Model):
    """A type of material: whether it can be brought, after how long sharing brings it. `data`: as packed."""

    code = models.CharField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    data = models.JSONField(default=dict)
    order = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(name="services_material_named", condition=~Q(code="") & ~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class Item(models.Model):
    """An item (事项) of one department."""

    code = models.CharField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=160)
    department = models.ForeignKey(
        Organisation, models.PROTECT, related_name="items", verbose_name=_("department")
    )
    order = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(name="services_item_named", condition=~Q(code="") & ~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("services:item", args=[self.code])


class ItemVersion(models.Model):
    """A guide of an item as its department published it; never changed. `data`: `packs.guides.ItemSpec`."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    digest = models.CharField(max_length=64)
    data = models.JSONField()
    loaded_at = models.DateTimeField(_("loaded at"))
    loaded_by = models.CharField(_("loaded by"), max_length=60, blank=True)
    illustrative = models.BooleanField(_("illustrative"), default=False)

    class Meta:
        ordering = ["item", "-number"]
        constraints = [
            models.UniqueConstraint(name="services_item_version_once", fields=["item", "number"]),
            models.UniqueConstraint(name="services_item_digest_once", fields=["item", "digest"]),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.number}"

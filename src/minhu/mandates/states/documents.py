"""What documents and their clauses may be; plain words, no rows."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(models.TextChoices):
    """From which height a document comes down."""

    CENTRAL = "central", _("Central")
    PROVINCE = "province", _("Province")
    CITY = "city", _("City")
    DISTRICT = "district", pgettext_lazy("level", "District")


class DocumentKind(models.TextChoices):
    """A document asks something of this place, or is what this place wrote itself."""

    UPSTREAM = "upstream", _("Upstream document")
    LOCAL = "local", _("Local document")


class ClauseKind(models.TextChoices):
    """The step of the numbering a clause stands on, from 编 down to ①."""

    PART = "part", _("part")
    CHAPTER = "chapter", _("chapter")
    SECTION = "section", _("section")
    ARTICLE = "article", _("article")
    PARAGRAPH = "paragraph", _("paragraph")
    ITEM = "item", _("item")
    POINT = "point", _("point")


HEADINGS = frozenset({ClauseKind.PART, ClauseKind.CHAPTER, ClauseKind.SECTION})

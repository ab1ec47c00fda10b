"""The lives of a group, of the answers to it, of a small cut and of a link to a reform."""

from dataclasses import dataclass

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class GroupState(TextChoices):
    """Whether a group stands by itself."""

    STANDING = "standing", pgettext_lazy("group of voices", "Standing")
    MERGED = "merged", pgettext_lazy("group of voices", "Merged into another")


class Placed(TextChoices):
    """Why a voice belongs to a group."""

    MACHINE = "machine", _("placed by likeness")
    PERSON = "person", _("placed by a person")


class Left(TextChoices):
    """Why a voice no longer belongs to a group."""

    STAYS = "", "—"
    SPLIT = "split", _("split off")
    MERGE = "merge", _("went along when groups were merged")
    BACK = "back", _("went back when groups were parted")
    REGROUP = "regroup", _("placed anew by likeness")


class Adoption(TextChoices):
    """What became of a suggestion."""

    ADOPTED = "adopted", _("Adopted")
    PARTLY = "partly", _("Adopted in part")
    REFERENCE = "reference", _("Kept for reference")
    DECLINED = "declined", _("Not adopted")


class CandidateState(TextChoices):
    """What became of a proposed small cut."""

    PROPOSED = "proposed", pgettext_lazy("small cut", "Proposed")
    LINKED = "linked", pgettext_lazy("small cut", "Taken into a reform")
    STARTED = "started", pgettext_lazy("small cut", "Started a reform")
    REFUSED = "refused", pgettext_lazy("small cut", "Not taken up")


class LinkKind(TextChoices):
    """How a group and a reform belong together."""

    ABOUT = "about", _("the reform takes it up")
    ORIGIN = "origin", _("the reform arose from it")


class LinkState(TextChoices):
    """Whether people agreed that a group and a reform belong together."""

    SUGGESTED = "suggested", pgettext_lazy("link", "Suggested")
    CONFIRMED = "confirmed", pgettext_lazy("link", "Confirmed")
    REFUSED = "refused", pgettext_lazy("link", "Refused")


class Severity(IntegerChoices):
    """How hard it hits those who say it; a person says which, the software only proposes."""

    LIGHT = 1, _("a nuisance")
    MARKED = 2, _("a marked hardship")
    GRAVE = 3, _("safety, livelihood or a right is at stake")


class Standing(TextChoices):
    """Where a group stands on its way, for tabs and tags."""

    WAITING = "waiting", pgettext_lazy("group of voices", "Waiting for an office")
    IN_HAND = "in_hand", pgettext_lazy("group of voices", "In hand")
    ANSWERED = "answered", pgettext_lazy("group of voices", "Answered")


@dataclass(frozen=True, slots=True)
class Sorted:
    """What sorting makes of a text: a label or, where it abstains, none; how sure; the three best."""

    label: str = ""
    sure: float = 0.0
    top: tuple[tuple[str, float], ...] = ()

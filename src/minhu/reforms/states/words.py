"""What reforms, milestones, proofs, rules and answers may be called."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(TextChoices):
    """The stages of a reform in their order, then the three ways aside."""

    IDEA = "idea", pgettext_lazy("stage", "Idea")
    ARGUED = "argued", pgettext_lazy("stage", "Argued")
    APPROVED = "approved", pgettext_lazy("stage", "Approved")
    RUNNING = "running", pgettext_lazy("stage", "Running")
    CHECKED = "checked", pgettext_lazy("stage", "Being checked")
    CLOSED = "closed", pgettext_lazy("stage", "Closed")
    SPREAD = "spread", pgettext_lazy("stage", "Spread")
    PAUSED = "paused", pgettext_lazy("stage", "Paused")
    STOPPED = "stopped", pgettext_lazy("stage", "Stopped")
    MERGED = "merged", pgettext_lazy("stage", "Merged")


PATH = (
    State.IDEA, State.ARGUED, State.APPROVED, State.RUNNING, State.CHECKED, State.CLOSED, State.SPREAD,
)  # fmt: skip
# Only these stages promise something on a day, so only they carry lights.
LIVE = (State.APPROVED, State.RUNNING, State.CHECKED)
FINISHED = (State.CLOSED, State.SPREAD)


class Domain(TextChoices):
    """The five linked domains of reform."""

    ECONOMY = "economy", _("Economy")
    URBAN_RURAL = "urban_rural", _("Town and country")
    DEMOCRACY_LAW = "democracy_law", _("Democracy and law")
    CULTURE = "culture", _("Culture")
    GREEN = "green", _("Green transition")


class Category(TextChoices):
    """How large a reform is meant to be."""

    MAJOR = "major", _("Major reform")
    KEY = "key", _("Key reform")
    MICRO = "micro", _("Micro reform")


class Line(IntegerChoices):
    """The four lines along which reforms are grouped."""

    WILL = 1, _("Will and ability")
    WEIGHT = 2, _("Weight and road")
    METHOD = 3, _("Method and momentum")
    WISDOM = 4, _("Wisdom and effect")


class Origin(TextChoices):
    """Where a reform came from."""

    CLAUSE = "clause", _("An upstream clause")
    VOICES = "voices", _("Voices of people")
    ENTERPRISE = "enterprise", _("A class of enterprise requests")
    GRASSROOTS = "grassroots", _("A grass-roots proposal")
    CORRECTION = "correction", _("A correction")


class ProofState(TextChoices):
    """A proof waits, then is accepted or returned."""

    WAITING = "waiting", pgettext_lazy("proof", "Waiting")
    ACCEPTED = "accepted", pgettext_lazy("proof", "Accepted")
    RETURNED = "returned", pgettext_lazy("proof", "Returned")


class RuleDeed(TextChoices):
    """What a reform does to a rule (立改废释)."""

    MADE = "made", pgettext_lazy("rule", "Made")
    CHANGED = "changed", pgettext_lazy("rule", "Changed")
    ENDED = "ended", pgettext_lazy("rule", "Ended")
    EXPLAINED = "explained", pgettext_lazy("rule", "Explained")


class RuleState(TextChoices):
    """A rule is drafted, then in force, then no longer."""

    DRAFT = "draft", pgettext_lazy("rule", "Draft")
    IN_FORCE = "in_force", pgettext_lazy("rule", "In force")
    ENDED = "ended", pgettext_lazy("rule", "Repealed")


class AnswerState(TextChoices):
    """A suggested answer to a clause is confirmed or refused by a person."""

    SUGGESTED = "suggested", pgettext_lazy("answer to a clause", "Suggested")
    CONFIRMED = "confirmed", pgettext_lazy("answer to a clause", "Confirmed")
    REFUSED = "refused", pgettext_lazy("answer to a clause", "Refused")


ANSWER_STATES = tuple(AnswerState)


class TieKind(TextChoices):
    """Why a case is tied to a reform."""

    ABOUT = "about", pgettext_lazy("tie", "About it")
    ORIGIN = "origin", pgettext_lazy("tie", "It arose from this")

"""Lights and progress as pure functions: a tone, a word and the reason in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minhu.reforms.states.words import LIVE, ProofState, State
from minhu.ui.offers import Light

RED, YELLOW, BLUE, DONE, OFF = "red", "yellow", "blue", "done", "off"
# The worst first: a reform shows the light of its worst milestone.
WORST_FIRST = (RED, YELLOW, BLUE, OFF, DONE)
RANK = {tone: place for place, tone in enumerate(WORST_FIRST)}


@dataclass(frozen=True, slots=True)
class Day:
    """The day on which lights are judged, and the last day that counts as near (by the rulebook)."""

    on: date
    near_until: date


@dataclass(frozen=True, slots=True)
class MilestoneFacts:
    """Everything the light of a milestone depends on."""

    state: str
    due_on: date
    planned_on: date
    accepted_on: date | None = None
    last_proof: str = ""
    acceptor: str = ""
    lead: str = ""
    title: str = ""


def tone_of(facts: MilestoneFacts, day: Day) -> str:
    """The tone alone; `queries.lights` says the same in SQL."""
    if facts.accepted_on is not None:
        return DONE
    if facts.state not in LIVE:
        return OFF
    if facts.due_on < day.on:
        return RED
    if facts.planned_on < day.on or facts.last_proof == ProofState.RETURNED:
        return YELLOW
    return BLUE if facts.due_on <= day.near_until else OFF


def milestone_light(facts: MilestoneFacts, day: Day) -> Light:
    """The light of a milestone: why it is so, and whom it waits for."""
    tone = tone_of(facts, day)
    return Light(tone, _word(facts, day, tone), _reason(facts, tone))


def _word(facts: MilestoneFacts, day: Day, tone: str) -> str:
    if tone == DONE:
        return _("Accepted")
    if facts.state not in LIVE:
        return str(State(facts.state).label)
    if tone == RED:
        days = (day.on - facts.due_on).days
        return ngettext("%(days)d day late", "%(days)d days late", days) % {"days": days}
    if tone == YELLOW:
        return _("Proof returned") if facts.last_proof == ProofState.RETURNED else _("Postponed")
    if tone == BLUE:
        days = (facts.due_on - day.on).days
        return (
            ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}
            if days
            else _("Due today")
        )
    return _("Not due yet")


def _reason(facts: MilestoneFacts, tone: str) -> str:
    if tone == DONE:
        return _("on %(day)s") % {"day": spoken(facts.accepted_on)}
    if facts.state not in LIVE:
        return ""
    if tone == OFF:
        return _("due on %(day)s") % {"day": spoken(facts.due_on)}
    if facts.last_proof == ProofState.WAITING:
        return _("proof handed in, waits for %(acceptor)s to accept") % {"acceptor": facts.acceptor}
    if facts.last_proof == ProofState.RETURNED:
        return _("proof returned by %(acceptor)s, waits for %(lead)s to mend it") % {
            "acceptor": facts.acceptor, "lead": facts.lead or _("a lead organisation"),
        }  # fmt: skip
    if tone == YELLOW:
        return _("planned for %(planned)s, now due on %(due)s") % {
            "planned": spoken(facts.planned_on), "due": spoken(facts.due_on),
        }  # fmt: skip
    return _("waits for a proof from %(lead)s") % {"lead": facts.lead or _("a lead organisation")}


def spoken(day: date | None) -> str:
    """A day as the screen says it."""
    return date_format(day, "DATE_FORMAT") if day else ""


def urgency(facts: MilestoneFacts, day: Day) -> tuple[int, date]:
    """Sorts milestones: the worst tone first, then the earliest due."""
    return RANK[tone_of(facts, day)], facts.due_on


def reform_light(state: str, milestones: Sequence[MilestoneFacts], day: Day) -> Light:
    """The light of a reform: that of its worst milestone, with its name."""
    if state not in LIVE:
        return Light(OFF, str(State(state).label))
    if not milestones:
        return Light(OFF, _("No milestones"), _("nothing has been promised yet"))
    worst = min(milestones, key=lambda facts: urgency(facts, day))
    light = milestone_light(worst, day)
    if light.tone == DONE:
        return Light(DONE, _("All accepted"), _("every milestone has been accepted"))
    reason = _("%(title)s: %(reason)s") % {"title": worst.title, "reason": light.reason}
    return Light(light.tone, light.word, reason)


@dataclass(frozen=True, slots=True)
class Progress:
    """Weights of accepted milestones against all weights; never typed, always counted."""

    accepted_weight: int
    weight: int
    accepted: int
    milestones: int

    @property
    def share(self) -> float:
        """Between 0 and 1; nothing promised is nothing done."""
        return self.accepted_weight / self.weight if self.weight else 0.0

    @property
    def percent(self) -> int:
        """Rounded down: 100 means that everything has been accepted."""
        return 100 * self.accepted_weight // self.weight if self.weight else 0


def progress_of(milestones: Iterable[tuple[int, date | None]]) -> Progress:
    """Progress from pairs (weight, accepted_on)."""
    rows = list(milestones)
    done = [weight for weight, accepted_on in rows if accepted_on is not None]
    return Progress(sum(done), sum(weight for weight, _on in rows), len(done), len(rows))

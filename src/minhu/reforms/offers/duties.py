"""What a post owes because of reforms: proofs, acceptances, decisions; and what it waits for."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from minhu.people.rules import Reader
from minhu.reforms.models import Milestone, Postponement, Proof
from minhu.reforms.queries.lateness import (
    owed_by,
    postponements_to_decide,
    postponements_waiting_for_others,
    proofs_to_accept,
    proofs_waiting_for_others,
)
from minhu.reforms.queries.lights import day_of
from minhu.reforms.states.lights import spoken
from minhu.ui.offers import Duty


def duties(reader: Reader, on: date) -> Iterable[Duty]:
    """Everything a reader owes or waits for on a day; a reader who only reads owes nothing."""
    own = reader.organisation
    if reader.may("submit_proof", organisation=own):
        yield from map(duty_to_prove, owed_by(reader.organisation_id, day_of(on)))
    if reader.may("accept_proof", organisation=own):
        yield from map(duty_to_accept, proofs_to_accept(reader))
    if reader.may("decide_postponement"):
        yield from map(duty_to_decide, postponements_to_decide(reader))
    if reader.may("submit_proof", organisation=own):
        yield from waiting(reader)


def duty_to_prove(stone: Milestone) -> Duty:
    """A milestone to be proved."""
    words = _("Prove: %(milestone)s") % {"milestone": stone.title}
    url = reverse("reforms:prove", args=[stone.pk])
    return Duty(words, stone.reform.name, url, stone.due_on, stone.light, order=10)


def duty_to_accept(proof: Proof) -> Duty:
    """A proof to be looked at."""
    stone = proof.milestone
    lead = stone.reform.lead.short if stone.reform.lead else ""
    words = _("Accept or return: %(proof)s") % {"proof": proof.title}
    why = _("%(reform)s · handed in by %(lead)s on %(day)s") % {
        "reform": stone.reform.name, "lead": lead, "day": on_day(proof.submitted_at),
    }  # fmt: skip
    return Duty(words, why, reverse("reforms:proof", args=[proof.pk]), order=20)


def duty_to_decide(wish: Postponement) -> Duty:
    """A postponement to be decided."""
    stone = wish.milestone
    words = _("Decide a postponement: %(milestone)s") % {"milestone": stone.title}
    why = _("%(reform)s · from %(from)s to %(to)s") % {
        "reform": stone.reform.name, "from": spoken(wish.from_on), "to": spoken(wish.to_on),
    }  # fmt: skip
    return Duty(words, why, reverse("reforms:postponement", args=[wish.pk]), order=30)


def on_day(at: datetime) -> str:
    """The day of a moment, where this house stands."""
    return spoken(localtime(at).date())


def waiting(reader: Reader) -> Iterator[Duty]:
    """What the reader's organisation has asked of others."""
    for proof in proofs_waiting_for_others(reader):
        stone = proof.milestone
        why = _("%(acceptor)s has to accept it, since %(day)s") % {
            "acceptor": stone.acceptor.short, "day": on_day(proof.submitted_at),
        }  # fmt: skip
        yield Duty(proof.title, why, stone.get_absolute_url(), waits=True, order=40)
    for wish in postponements_waiting_for_others(reader):
        words = _("Postponement of “%(milestone)s”") % {"milestone": wish.milestone.title}
        why = _("the reform office or the responsible leader decides, since %(day)s") % {
            "day": on_day(wish.asked_at)
        }
        yield Duty(words, why, wish.milestone.get_absolute_url(), waits=True, order=50)

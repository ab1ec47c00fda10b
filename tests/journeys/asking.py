"""What journeys take from the house without a browser: rows of somebody, and what was asked before."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from minhu.mandates.models import Clause
from minhu.people.models import User
from minhu.people.queries import reader_of
from minhu.reforms import actions
from minhu.reforms.actions.coverage_inapplicable import propose_inapplicable
from minhu.reforms.models import Inapplicable, Milestone, Postponement, Proof
from minhu.trail.states import Actor


def actor(username: str) -> Actor:
    """The plain values of somebody with a demonstration log-in."""
    return reader_of(User.objects.get(username=username)).actor


def now() -> datetime:
    """This moment."""
    return timezone.now()


def in_days(days: int) -> date:
    """A day counted from today."""
    return timezone.localdate() + timedelta(days=days)


def open_milestone(lead: str, **more: object) -> Milestone:
    """The soonest open milestone of an organisation in a running reform about which nothing was asked."""
    rows = Milestone.objects.filter(
        reform__lead__code=lead, reform__state="running", accepted_on=None, proofs=None, postponements=None
    )
    return rows.filter(**more).select_related("reform", "acceptor").order_by("due_on", "pk")[0]


def proof_of(milestone: Milestone, username: str) -> Proof:
    """A link handed in by somebody."""
    draft = actions.ProofDraft("公开网址", link="https://example.org/report")
    return actions.submit_proof(by=actor(username), milestone=milestone, draft=draft, at=now())


def wish_for(milestone: Milestone, username: str) -> Postponement:
    """A postponement asked for by somebody."""
    wish = actions.Wish(milestone.due_on + timedelta(days=30), "会签单位要求补充材料")
    return actions.ask_postponement(by=actor(username), milestone=milestone, wish=wish, at=now())


def proposal_for_a_gap(username: str) -> Inapplicable:
    """A clause that nothing answers, proposed as not applicable by somebody."""
    current = Clause.objects.filter(version__document__kind="upstream", version__is_current=True)
    clause = current.filter(is_unit=True, answers=None, inapplicables=None)[0]
    return propose_inapplicable(by=actor(username), clause=clause, reason="本区没有这类机构", at=now())

"""Cases tied to reforms, for panels, edges and what is known when a case is opened."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from minhu.cases.models import Case
from minhu.cases.rules import visible
from minhu.people.rules import Reader
from minhu.reforms.models import Milestone, Postponement, Proof, Reform, Rule, Tie
from minhu.reforms.states import ProofState, TieKind

MOST_FACTS = 12


def ties_of(reform: Reform, reader: Reader) -> QuerySet[Tie]:
    """Ties of a reform to cases this reader may see, the latest first."""
    seen = Case.objects.filter(visible(reader)).values("pk")
    rows = Tie.objects.filter(reform=reform, case__in=seen)
    return rows.select_related("case__kind", "milestone")


def ties_to(case: Case) -> QuerySet[Tie]:
    """Reforms a case is tied to."""
    return Tie.objects.filter(case=case).select_related("reform", "milestone")


def about_rows() -> Iterable[tuple[int, int | None, int, datetime]]:
    """(reform, milestone or nothing, case, since) of every case about a reform."""
    rows = Tie.objects.filter(kind=TieKind.ABOUT).order_by("id")
    return rows.values_list("reform", "milestone", "case", "tied_at").iterator()


def origin_rows() -> Iterable[tuple[int, int, datetime]]:
    """(case, reform, since) of every case a reform arose from."""
    rows = Tie.objects.filter(kind=TieKind.ORIGIN).order_by("id")
    return rows.values_list("case", "reform", "tied_at").iterator()


def accepted_proofs(reform: Reform) -> QuerySet[Proof]:
    """Proofs of a reform that were accepted, the latest first."""
    rows = Proof.objects.filter(milestone__reform=reform, state=ProofState.ACCEPTED)
    return rows.order_by("-decided_at")[:MOST_FACTS]


def granted_postponements(reform: Reform) -> QuerySet[Postponement]:
    """Postponements of a reform that were granted, the latest first."""
    rows = Postponement.objects.filter(milestone__reform=reform, granted=True)
    return rows.select_related("milestone").order_by("-decided_at")[:MOST_FACTS]


def rules_of(reform: Reform) -> QuerySet[Rule]:
    """Rules a reform made, changed or ended."""
    return Rule.objects.filter(reform=reform)[:MOST_FACTS]


def milestone_with_reform(pk: str) -> Milestone | None:
    """A milestone with its reform and lead, if there is one."""
    rows = Milestone.objects.select_related("reform__lead")
    return rows.filter(pk=pk).first() if pk.isdecimal() else None


def reform_with_lead(pk: str) -> Reform | None:
    """A reform with its lead, if there is one."""
    return Reform.objects.select_related("lead").filter(pk=pk).first() if pk.isdecimal() else None

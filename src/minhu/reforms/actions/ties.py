"""Tying cases to reforms: what a case is about, and what a reform arose from."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.cases.models import Case
from minhu.reforms.actions.reforms import ReformDraft, start_reform
from minhu.reforms.actions.refusals import Refusal
from minhu.reforms.models import Milestone, Reform, Tie
from minhu.reforms.states import TieKind
from minhu.trail.actions import link, record
from minhu.trail.models import ref
from minhu.trail.states import Actor

ABOUT_EDGE, ORIGIN_EDGE = "case_about", "arose_from"


def tie_case(
    *, by: Actor, reform: Reform, case: Case, at: datetime, milestone: Milestone | None = None
) -> Tie:
    """Note that a case is about a reform, or about one of its milestones; twice changes nothing."""
    if milestone is not None and milestone.reform_id != reform.pk:
        raise Refusal(_("This milestone belongs to another reform."), "milestone")
    with transaction.atomic():
        draft = {"tied_at": at, "milestone": milestone}
        tie, is_new = Tie.objects.get_or_create(reform=reform, case=case, kind=TieKind.ABOUT, defaults=draft)
        if is_new:
            thing = ref(milestone or reform)
            link(by=by, src=thing, dst=ref(case), kind=ABOUT_EDGE, at=at)
            payload = {"case": case.number, "about": thing}
            record(by=by, deed="reforms.tie_case", thing=thing, book=reform.book, at=at, payload=payload)
        return tie


def name_origin(*, by: Actor, reform: Reform, case: Case, at: datetime) -> Tie:
    """Note that a reform arose from a case; twice changes nothing."""
    with transaction.atomic():
        defaults = {"tied_at": at}
        tie, is_new = Tie.objects.get_or_create(
            reform=reform, case=case, kind=TieKind.ORIGIN, defaults=defaults
        )
        if is_new:
            link(by=by, src=ref(case), dst=ref(reform), kind=ORIGIN_EDGE, at=at)
            payload = {"case": case.number}
            record(
                by=by, deed="reforms.name_origin", thing=ref(reform), book=reform.book, at=at, payload=payload
            )
        return tie


def start_reform_from_case(
    *, by: Actor, draft: ReformDraft, case: Case, at: datetime, asked: int = 0
) -> Reform:
    """Start a reform that a case gave rise to, and say so in the same deed."""
    with transaction.atomic():
        reform = start_reform(by=by, draft=draft, at=at, asked=asked)
        name_origin(by=by, reform=reform, case=case, at=at)
        return reform

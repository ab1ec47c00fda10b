"""What reforms offer to cases, and what they show of them: subjects, panels, edges, words."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minhu.cases.models import Case
from minhu.cases.queries.about import kinds_about
from minhu.cases.queries.kinds import Openable, kinds_to_open
from minhu.cases.queries.lights import today
from minhu.cases.queries.queue import Queue
from minhu.cases.rules import doer_of
from minhu.people.rules import Reader
from minhu.reforms.actions import tie_case
from minhu.reforms.models import Milestone, Reform
from minhu.reforms.queries import ties
from minhu.reforms.queries.evidence import evidence_of
from minhu.reforms.queries.reform_page import carriers_of
from minhu.trail.states import Actor
from minhu.ui.offers import DeedWord, Filled, PanelView, Subject

REFORM, MILESTONE = "reforms.reform", "reforms.milestone"
Edges = Iterator[tuple[str, str, datetime]]


def fill_from_reform(key: str, kind: str, reader: Reader) -> Filled | None:
    """What a case about a reform knows from the start."""
    reform = ties.reform_with_lead(key) if reader.may("see_ledger") else None
    if reform is None or kind not in {one.code for one in kinds_about(REFORM)}:
        return None
    return Filled(reform.name, reform.get_absolute_url(), known_of(reform), parties_of(reform))


def fill_from_milestone(key: str, kind: str, reader: Reader) -> Filled | None:
    """What a case about a milestone knows from the start."""
    stone = ties.milestone_with_reform(key) if reader.may("see_ledger") else None
    if stone is None or kind not in {one.code for one in kinds_about(MILESTONE)}:
        return None
    values = {
        **known_of(stone.reform),
        "milestone": stone.title,
        "milestone_due": stone.due_on.isoformat(),
        "subject": _("%(reform)s: %(milestone)s") % {"reform": stone.reform.name, "milestone": stone.title},
        "requirement": stone.deliverable,
    }
    return Filled(stone.title, stone.get_absolute_url(), values, parties_of(stone.reform))


def known_of(reform: Reform) -> Mapping[str, object]:
    """Values by the names kinds of case use for them, the evidence of the record among them."""
    return {"reform": reform.code, "reform_name": reform.name, "subject": reform.name, **evidence_of(reform)}


def parties_of(reform: Reform) -> Mapping[str, Collection[str]]:
    """The unit that leads a reform is the one such cases are about."""
    return {"body": (reform.lead.code,), "host": (reform.lead.code,)} if reform.lead else {}


def tie_reform(key: str, case: Case, by: Actor, at: datetime) -> None:
    """A case about a reform was opened."""
    tie_case(by=by, reform=Reform.objects.get(pk=key), case=case, at=at)


def tie_milestone(key: str, case: Case, by: Actor, at: datetime) -> None:
    """A case about a milestone was opened."""
    stone = Milestone.objects.select_related("reform").get(pk=key)
    tie_case(by=by, reform=stone.reform, milestone=stone, case=case, at=at)


def cases_panel(reform: Reform, reader: Reader) -> PanelView | None:
    """Cases tied to a reform with their lights, and which may be opened about it."""
    rows = list(ties.ties_of(reform, reader)) if reader.may_somewhere("see_cases") else []
    carriers = () if reader.may("open_case") else carriers_of(reform)
    kinds = kinds_to_open_about(REFORM, reader, carriers)
    if not rows and not kinds:
        return None
    lines = {
        line.case.pk: line for line in Queue(reader, today(timezone.now())).rows({t.case_id for t in rows})
    }
    shown = [(tie, lines[tie.case_id]) for tie in rows]
    context = {"rows": shown, "kinds": kinds, "about": f"{REFORM}:{reform.pk}"}
    return PanelView("reforms/_cases_panel.html", context)


def kinds_to_open_about(prefix: str, reader: Reader, carriers: Collection[str]) -> list[Openable]:
    """Kinds this reader may open a case of about things of a prefix; a lead officer, about the own ones."""
    if not reader.may("open_case", organisations=carriers):
        return []
    about = {kind.code for kind in kinds_about(prefix)}
    return [kind for kind in kinds_to_open(doer_of(reader)) if kind.code in about]


def reform_of_case_panel(case: Case, reader: Reader) -> PanelView | None:
    """The reform a case is about or gave rise to; the office may start one from it."""
    if not reader.may("see_ledger"):
        return None
    rows = list(ties.ties_to(case))
    start = reverse("reforms:start_from_case", args=[case.number]) if reader.may("start_reform") else ""
    if not rows and not start:
        return None
    return PanelView("reforms/_case_reforms_panel.html", {"rows": rows, "start": start})


def about_edges() -> Edges:
    """Reform or milestone → case about it."""
    for reform, milestone, case, since in ties.about_rows():
        thing = f"{MILESTONE}:{milestone}" if milestone else f"{REFORM}:{reform}"
        yield thing, f"cases.case:{case}", since


def origin_edges() -> Edges:
    """Case → reform that arose from it."""
    for case, reform, since in ties.origin_rows():
        yield f"cases.case:{case}", f"{REFORM}:{reform}", since


SUBJECTS = [
    Subject(REFORM, fill_from_reform, tie_reform),
    Subject(MILESTONE, fill_from_milestone, tie_milestone),
]
DEEDS = [
    DeedWord("reforms.tie_case", gettext_lazy("opened a case about it")),
    DeedWord("reforms.name_origin", gettext_lazy("named a case it arose from")),
]

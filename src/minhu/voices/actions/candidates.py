"""Small cuts: what many voices point to, with evidence; taken into a reform, starting one, or not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.reforms import actions as reforms
from minhu.reforms.actions import ReformDraft
from minhu.reforms.models import Reform
from minhu.trail.actions import record
from minhu.trail.models import ref
from minhu.trail.states import Actor
from minhu.voices.actions.links import confirm_link
from minhu.voices.models import Candidate, Group, HotIssue
from minhu.voices.queries.candidates import departments_of, evidence_of
from minhu.voices.states.groups import CandidateState, LinkKind, Severity
from minhu.voices.states.hearing import VoiceRefused


@dataclass(frozen=True, slots=True)
class CutDraft:
    """A small cut as somebody proposes it."""

    title: str
    problem: str
    severity: int
    groups: Sequence[Group]
    cut: str = ""
    hot: HotIssue | None = None


@transaction.atomic
def propose_small_cut(*, by: Actor, draft: CutDraft, at: datetime) -> Candidate:
    """Propose a small cut; what it rests on is counted and kept, masked, as it stands now."""
    check_draft(draft)
    units = departments_of(draft.groups)
    frequency = sum(group.size for group in draft.groups)
    row = Candidate(
        title=draft.title.strip(), problem=draft.problem.strip(), cut=draft.cut.strip(), hot=draft.hot,
        frequency=frequency, people=sum(group.people for group in draft.groups), severity=draft.severity,
        score=frequency * draft.severity * max(1, len(units)), evidence=evidence_of(draft.groups),
        proposed_at=at, proposed_by_user=by.user_id, proposed_by_post=by.post,
    )  # fmt: skip
    row.save(force_insert=True)
    row.groups.set(draft.groups)
    row.departments.set(units)
    payload = {
        "title": row.title, "groups": [group.number for group in draft.groups], "frequency": frequency,
        "severity": row.severity, "departments": [unit.code for unit in units], "score": row.score,
    }  # fmt: skip
    tell(by, "propose_small_cut", row, at, payload, 3 + bool(row.cut))
    return row


def check_draft(draft: CutDraft) -> None:
    """Refuse what the row could not hold, naming the field."""
    if not draft.title.strip():
        raise VoiceRefused(_("Please give the small cut a name."), "title")
    if not draft.problem.strip():
        raise VoiceRefused(_("Say what is wrong, for whom, how often."), "problem")
    if draft.severity not in Severity.values:
        raise VoiceRefused(_("Say how hard it hits."), "severity")
    if not draft.groups:
        raise VoiceRefused(_("A small cut rests on at least one group of voices."), "groups")


@transaction.atomic
def link_candidate(*, by: Actor, candidate: Candidate, reform: Reform, at: datetime) -> Candidate:
    """Take a small cut into a reform that goes on; the reform takes up its groups."""
    row = waiting(candidate)
    for group in row.groups.standing():
        confirm_link(by=by, group=group, reform=reform, at=at)
    return settle(by, row, CandidateState.LINKED, at, reform)


@transaction.atomic
def start_from_candidate(
    *, by: Actor, candidate: Candidate, draft: ReformDraft, at: datetime, asked: int = 0
) -> Candidate:
    """Start a reform from a small cut: it arose from its groups, and from the case of the first of them."""
    row = waiting(candidate)
    groups = list(row.groups.standing().select_related("case"))
    case = next((group.case for group in groups if group.case), None)
    if case is None:
        reform = reforms.start_reform(by=by, draft=draft, at=at, asked=asked)
    else:
        reform = reforms.start_reform_from_case(by=by, draft=draft, case=case, at=at, asked=asked)
    for group in groups:
        confirm_link(by=by, group=group, reform=reform, at=at, kind=LinkKind.ORIGIN)
    return settle(by, row, CandidateState.STARTED, at, reform)


@transaction.atomic
def refuse_candidate(*, by: Actor, candidate: Candidate, reason: str, at: datetime) -> Candidate:
    """Do not take a small cut up, with a reason."""
    if not reason.strip():
        raise VoiceRefused(_("Say why it is not taken up."), "reason")
    row = waiting(candidate)
    row.reason = reason.strip()
    return settle(by, row, CandidateState.REFUSED, at)


def waiting(candidate: Candidate) -> Candidate:
    """A small cut nobody has decided on, held until the deed is done."""
    row = Candidate.objects.select_for_update(of=("self",)).get(pk=candidate.pk)
    if row.state != CandidateState.PROPOSED:
        raise VoiceRefused(_("This small cut was decided on already."))
    return row


def settle(
    by: Actor, row: Candidate, state: CandidateState, at: datetime, reform: Reform | None = None
) -> Candidate:
    """Write a decision down."""
    row.state, row.reform, row.decided_at, row.decided_by_post = state, reform, at, by.post
    row.save(update_fields=["state", "reform", "reason", "decided_at", "decided_by_post"])
    payload = {"state": str(state), "reform": reform.code if reform else "", "reason": row.reason}
    tell(by, "decide_small_cut", row, at, payload, 1)
    return row


def tell(
    by: Actor, deed: str, row: Candidate, at: datetime, payload: Mapping[str, object], asked: int
) -> None:
    """Tell the book of a small cut."""
    record(by=by, deed=f"voices.{deed}", thing=ref(row), book=row.book, at=at, payload=payload, asked=asked)

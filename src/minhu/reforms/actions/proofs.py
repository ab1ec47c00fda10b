"""Proofs: handed in by those who carry the reform, accepted or returned by somebody else."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minhu.reforms.actions.files import Stored, store
from minhu.reforms.actions.milestones import check_open, lock
from minhu.reforms.actions.refusals import Refusal, Verdict, check_other_person
from minhu.reforms.actions.signing import sign, signature
from minhu.reforms.models import Milestone, Proof, Reform
from minhu.reforms.states import ProofState, State
from minhu.rulebook.queries import Missing, limit
from minhu.trail.actions import link, record
from minhu.trail.models import ref
from minhu.trail.states import Actor


@dataclass(frozen=True, slots=True)
class ProofDraft:
    """What is handed in: what it shows, and a file or a link."""

    title: str
    file: "File[Any] | None" = None
    link: str = ""


def submit_proof(
    *, by: Actor, milestone: Milestone, draft: ProofDraft, at: datetime, asked: int = 0
) -> Proof:
    """Hand in a proof of an open milestone; the file is looked into and kept under its hash."""
    if not draft.title.strip():
        raise Refusal(_("Please say what the proof shows."), "title")
    if bool(draft.file) == bool(draft.link):
        raise Refusal(_("Please give either a file or a link."), "file")
    # Outside the transaction: nobody waits for an upload, and a file without a row does no harm.
    kept = store(draft.file, most_megabytes=most_megabytes(at)) if draft.file else None
    with transaction.atomic():
        reform = lock(milestone.reform)
        row = reform.milestones.select_related("acceptor").get(pk=milestone.pk)
        check_wanted(reform, row)
        check_new(row, draft, kept)
        proof = Proof.objects.create(
            milestone=row, title=draft.title.strip(), link=draft.link, submitted_at=at,
            **signature("submitted_by", by),
            **(asdict(kept) if kept else {}),
        )  # fmt: skip
        link(by=by, src=ref(row), dst=ref(proof), kind="proved_by", at=at)
        payload = {"milestone": ref(row), "shows": proof.title, "sha256": proof.sha256, "link": proof.link}
        record(
            by=by, deed="reforms.submit_proof", thing=ref(row), book=reform.book, at=at, asked=asked,
            payload={**payload, "proof": ref(proof)},
        )  # fmt: skip
        return proof


def most_megabytes(at: datetime) -> Decimal:
    """The limit of the rulebook on that day."""
    try:
        return limit("proof.max_megabytes", on=timezone.localtime(at).date()).value
    except Missing as missing:
        raise Refusal(
            _("The rulebook holds no limit “%(code)s” for this day; ask the reform office to load it.")
            % {"code": "proof.max_megabytes"},
            "file",
        ) from missing


def check_wanted(reform: Reform, milestone: Milestone) -> None:
    """Refuse a proof that nobody waits for."""
    check_open(milestone)
    if not reform.is_live:
        raise Refusal(
            _("This reform is at the stage “%(stage)s”; proofs are taken once it has been approved.")
            % {"stage": State(reform.state).label}
        )


def check_new(milestone: Milestone, draft: ProofDraft, kept: Stored | None) -> None:
    """Refuse what lies there already: a second click hands in nothing twice."""
    waiting = milestone.proofs.filter(state=ProofState.WAITING)
    same = waiting.filter(sha256=kept.sha256) if kept else waiting.filter(link=draft.link)
    if same.exists():
        raise Refusal(
            _("This very proof has been handed in already and waits to be accepted."),
            "file" if kept else "link",
        )


def decide_proof(*, by: Actor, proof: Proof, verdict: Verdict, at: datetime, asked: int = 0) -> Proof:
    """Accept or return a proof; with the last one waiting accepted, the milestone is done."""
    with transaction.atomic():
        reform = lock(proof.milestone.reform)
        row = Proof.objects.select_for_update(of=("self",)).select_related("milestone").get(pk=proof.pk)
        check_decision(by, row, verdict)
        row.state = ProofState.ACCEPTED if verdict.yes else ProofState.RETURNED
        row.reason = verdict.reason.strip()
        sign(row, by, at)
        row.save()
        done = verdict.yes and not row.milestone.proofs.filter(state=ProofState.WAITING).exists()
        if done:
            finish(row.milestone, timezone.localtime(at).date())
        deed = "reforms.accept_proof" if verdict.yes else "reforms.return_proof"
        payload = {"proof": ref(row), "shows": row.title, "reason": row.reason, "milestone_done": done}
        record(
            by=by, deed=deed, thing=ref(row.milestone), book=reform.book, at=at, asked=asked, payload=payload
        )
        return row


def check_decision(by: Actor, proof: Proof, verdict: Verdict) -> None:
    """Refuse a second decision, the own proof, and a return without a reason."""
    if proof.state != ProofState.WAITING:
        raise Refusal(
            _("This proof has already been decided: %(state)s.") % {"state": proof.get_state_display()}
        )
    check_other_person(
        by, proof.submitted_by_user, _("You handed in this proof yourself; somebody else has to accept it.")
    )
    if not verdict.yes and not verdict.reason.strip():
        raise Refusal(_("Please say what is missing, so that it can be mended."), "reason")


def finish(milestone: Milestone, on: date) -> None:
    """A milestone is done on the day its last proof was accepted."""
    milestone.accepted_on = on
    milestone.save(update_fields=["accepted_on"])


def take_over_proof(*, by: Actor, milestone: Milestone, draft: ProofDraft, on: date, at: datetime) -> Proof:
    """Enter a proof that was accepted before this house kept the ledger; no account stands behind it."""
    if draft.file is None:
        raise Refusal(_("Please give either a file or a link."), "file")
    kept = store(draft.file, most_megabytes=most_megabytes(at))
    with transaction.atomic():
        reform = lock(milestone.reform)
        row = reform.milestones.select_related("acceptor").get(pk=milestone.pk)
        check_wanted(reform, row)
        noon = timezone.make_aware(datetime.combine(on, time(12)))
        proof = Proof.objects.create(
            milestone=row, title=draft.title, state=ProofState.ACCEPTED, submitted_at=noon, decided_at=noon,
            submitted_by_organisation=reform.lead.code if reform.lead else "",
            decided_by_organisation=row.acceptor.code, **asdict(kept),
        )  # fmt: skip
        finish(row, on)
        link(by=by, src=ref(row), dst=ref(proof), kind="proved_by", at=noon)
        payload = {"proof": ref(proof), "shows": proof.title, "sha256": proof.sha256, "accepted_on": on}
        record(
            by=by, deed="reforms.take_over_proof", thing=ref(row), book=reform.book, at=at, payload=payload
        )
        return proof

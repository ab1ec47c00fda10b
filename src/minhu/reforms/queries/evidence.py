"""What the record itself shows of a reform, sorted by the five conditions of a tolerance file.

The software gathers, it does not judge: each text lists facts with their days, for people to weigh.
"""

from collections.abc import Iterable

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from minhu.reforms.models import Answer, Reform
from minhu.reforms.queries import ties
from minhu.reforms.states import AnswerState, State
from minhu.trail.models import ref
from minhu.trail.queries import history


def evidence_of(reform: Reform) -> dict[str, str]:
    """Field → facts, one a line; conditions of which the record shows nothing are left out."""
    gathered = {
        "evidence_direction": clauses_answered(reform),
        "evidence_lawful": rules_made(reform),
        "evidence_procedure": stages_reached(reform),
        "evidence_diligence": proofs_accepted(reform),
        "evidence_remedy": postponed(reform),
    }
    return {name: "\n".join(lines) for name, facts in gathered.items() if (lines := list(facts))}


def clauses_answered(reform: Reform) -> Iterable[str]:
    """Clauses of upstream documents that it answers."""
    rows = Answer.objects.filter(reform=reform, state=AnswerState.CONFIRMED)
    for answer in rows.select_related("clause__version__document")[: ties.MOST_FACTS]:
        document = answer.clause.version.document
        yield _("Answers %(clause)s of %(document)s (%(number)s)") % {
            "clause": answer.clause.label, "document": document.title, "number": document.number,
        }  # fmt: skip


def rules_made(reform: Reform) -> Iterable[str]:
    """Rules with number and day."""
    for rule in ties.rules_of(reform):
        yield f"{rule.get_deed_display()} {rule.number} {rule.title} {rule.in_force_on or ''}".strip()


def stages_reached(reform: Reform) -> Iterable[str]:
    """Every move from stage to stage, by which post, on which day."""
    for entry in history(ref(reform)).filter(deed="reforms.move_reform")[: ties.MOST_FACTS]:
        yield _("%(day)s: moved to “%(stage)s” by %(post)s") % {
            "day": localtime(entry.at).date(), "stage": State(entry.payload["to"]).label,
            "post": entry.actor_post,
        }  # fmt: skip


def proofs_accepted(reform: Reform) -> Iterable[str]:
    """Accepted proofs with their day."""
    for proof in ties.accepted_proofs(reform):
        yield _("%(day)s: proof accepted: %(title)s") % {
            "day": localtime(proof.decided_at).date(), "title": proof.title,
        }  # fmt: skip


def postponed(reform: Reform) -> Iterable[str]:
    """Postponements that were asked in time and granted, with their reason."""
    for wish in ties.granted_postponements(reform):
        yield _("%(milestone)s postponed to %(day)s: %(reason)s") % {
            "milestone": wish.milestone.title, "day": wish.to_on, "reason": wish.reason,
        }  # fmt: skip

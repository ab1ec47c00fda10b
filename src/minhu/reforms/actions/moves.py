"""Move a reform along its life, as the table allows."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.reforms.actions.refusals import Refusal
from minhu.reforms.models import Reform
from minhu.reforms.queries.life import facts_of
from minhu.reforms.states import State
from minhu.reforms.states.life import NEEDS, lacking, may_move
from minhu.trail.actions import record
from minhu.trail.models import ref
from minhu.trail.states import Actor


@dataclass(frozen=True, slots=True)
class Move:
    """A wish to move a reform: where to, why, and for a merger into which other reform."""

    to: str
    reason: str = ""
    into: Reform | None = None


def move_reform(*, by: Actor, reform: Reform, move: Move, at: datetime, asked: int = 0) -> Reform:
    """Take one step of the table; refuses a step the table does not know, or whose needs are not met."""
    with transaction.atomic():
        row = Reform.objects.select_for_update(of=("self",)).get(pk=reform.pk)
        check_move(row, move)
        before, row.state = row.state, State(move.to)
        row.merged_into = move.into if row.state == State.MERGED else None
        row.save(update_fields=["state", "merged_into"])
        payload = {"from": before, "to": row.state.value, "reason": move.reason}
        if row.merged_into:
            payload["into"] = row.merged_into.code
        record(
            by=by,
            deed="reforms.move_reform",
            thing=ref(row),
            book=row.book,
            at=at,
            asked=asked,
            payload=payload,
        )
        return row


def check_move(row: Reform, move: Move) -> None:
    """Say which needs of the step are not met, all at once."""
    words = {"from": State(row.state).label, "to": State(move.to).label}
    if not may_move(row.state, move.to):
        raise Refusal(_("A reform does not go from “%(from)s” to “%(to)s”.") % words, "to")
    if move.into and move.into.pk == row.pk:
        raise Refusal(_("A reform cannot be merged into itself."), "into")
    if move.into and move.into.state in {State.MERGED, State.STOPPED}:
        raise Refusal(_("That reform has itself been merged or stopped."), "into")
    missing = lacking(row.state, move.to, facts_of(row, reason=move.reason, has_target=bool(move.into)))
    if missing:
        needs = _(", ").join(str(NEEDS[need]) for need in missing)
        field = {"reason": "reason", "target": "into"}.get(missing[0], "to")
        raise Refusal(_("“%(to)s” still needs: %(needs)s.") % {**words, "needs": needs}, field)

"""Limits a published version stands on: those of the law read, those of guides and promises written."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from minhu.methods.composing import Limit, PermitLimits, StepKind
from minhu.packs.guides import ItemSpec, ItemStep
from minhu.rulebook.models import Limit as LimitRow
from minhu.rulebook.queries import limits
from minhu.rulebook.states import LimitDraft, Strength, Unit
from minhu.services.bridge.codes import step_limit, whole_limit
from minhu.services.bridge.definitions import Solved, Whole
from minhu.services.bridge.emitting import CORRECTION, PERMIT, UNCOUNTED, Naming

SINGLE, SINGLE_MORE = "licence.single_days", "licence.single_extend_days"
JOINT, JOINT_MORE = "licence.joint_days", "licence.joint_extend_days"
COMPLETE, DELIVER = "licence.complete_days", "licence.deliver_days"
CODES = (SINGLE, SINGLE_MORE, JOINT, JOINT_MORE, COMPLETE, DELIVER)
LEFT_OUT = frozenset({StepKind.HEARING, StepKind.INSPECT, StepKind.EXPERT})
LEFT_OUT_CLAUSE = "中华人民共和国行政许可法 第四十五条"
GROUP = "一件事承诺"


def law(on: date) -> dict[str, LimitRow]:
    """The limits on licences that hold on a day. Raises rulebook Missing naming the one that lacks."""
    return limits(CODES, on=on)


def clauses_of(rows: dict[str, LimitRow]) -> dict[str, str]:
    """The clauses that license holding a clock."""
    return {CORRECTION: rows[COMPLETE].source[:200], UNCOUNTED: LEFT_OUT_CLAUSE}


def permit_limits(rows: dict[str, LimitRow]) -> PermitLimits:
    """The same for the check of legality."""

    def one(code: str, more: str = "") -> Limit:
        return Limit(rows[code].days, rows[more].days if more else 0, rows[code].source)

    return PermitLimits(
        PERMIT, one(SINGLE, SINGLE_MORE), one(JOINT, JOINT_MORE), one(COMPLETE), one(DELIVER),
        LEFT_OUT, LEFT_OUT_CLAUSE,
    )  # fmt: skip


def drafts_of(whole: Whole, solved: Solved, naming: Naming, on: date) -> list[LimitDraft]:
    """The limits of a course: one for each step with days, one for the whole."""
    found = [
        step_draft(item, step, naming.items[item.code], on)
        for item in (whole.items[guide.item] for guide in solved.solution.resolved.guides)
        for step in item.step
        if planned(step)
    ]
    days = solved.solution.proof.makespan if solved.solution.proof else 0
    basis = _("“%(name)s”, version %(n)s, course %(course)s: days of its proof") % {
        "name": whole.thing.name, "n": naming.version, "course": naming.course,
    }  # fmt: skip
    code = whole_limit(whole.thing.code, naming.version, naming.course)
    is_assumed = any(
        Strength(step.strength) is Strength.ASSUMED for item in whole.items.values() for step in item.step
    )
    strength = Strength.ASSUMED if is_assumed else Strength.LOCAL
    found.append(
        LimitDraft(code, Decimal(days), Unit.WORKING_DAY, basis[:200], strength, on,
                   name=_("%s: promise of the whole") % whole.thing.name, group=GROUP)
    )  # fmt: skip
    return found


def planned(step: ItemStep) -> int:
    """The days a step is planned with."""
    return step.legal if step.promised is None else step.promised


def step_draft(item: ItemSpec, step: ItemStep, number: int, on: date) -> LimitDraft:
    """The limit of one step of version `number` of a guide: its promise, with the legal one in the note."""
    note = _("legal: %(n)s %(unit)s") % {"n": step.legal, "unit": Unit(step.unit).label}
    return LimitDraft(
        step_limit(item.code, number, step.id), Decimal(planned(step)), Unit(step.unit), step.clause[:200],
        Strength(step.strength), on, name=f"{item.name}：{step.title}"[:120], group=GROUP,
        note=note if planned(step) != step.legal else "",
    )  # fmt: skip

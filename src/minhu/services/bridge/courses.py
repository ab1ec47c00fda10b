"""All situations of a version compiled, and put together where they lead to the same plan and form."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from minhu.methods import flow
from minhu.methods.composing import BadBundle, CircularForm, Finding, PermitLimits, Verdict, findings, form_of
from minhu.packs.guides.situations import MOST
from minhu.packs.kinds import KindSpec
from minhu.packs.nets import net_of
from minhu.packs.plain import plain_of
from minhu.services.bridge.definitions import Solved, Whole
from minhu.services.bridge.emitting import Naming, kind_of
from minhu.services.bridge.limits import clauses_of, law, permit_limits


@dataclass(frozen=True, slots=True)
class Way:
    """One course: the situations that lead to it, what was compiled, the kind of case."""

    number: int
    situations: tuple[dict[str, str], ...]
    solved: Solved
    kind: KindSpec
    naming: Naming

    @property
    def days(self) -> int:
        """What is promised."""
        return self.solved.solution.proof.makespan if self.solved.solution.proof else 0

    @property
    def proof(self) -> dict[str, Any]:
        """The proof as plain data, for the row and for whoever wants to check it."""
        solution = self.solved.solution
        proof = plain_of(solution.proof) if solution.proof else {}
        return {"answers": dict(self.solved.problem.answers), "proof": proof, "complaints": []}


@dataclass(slots=True)
class Publishing:
    """What would be published, and everything that stands in the way of it."""

    ways: list[Way] = field(default_factory=list)
    obstacles: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def hold(self, words: str) -> None:
        """Something stands in the way; once is enough."""
        if words not in self.obstacles:
            self.obstacles.append(words)


def planned(
    whole: Whole, version: int, items: dict[str, int], units: Mapping[str, str], on: date
) -> Publishing:
    """Every course of a version. `items`: the versions of its guides; `units`: what organisations are called.

    Raises rulebook Missing where the law's limits are not there.
    """
    plan, rows = Publishing(), law(on)
    refuse_outright(plan, whole, units)
    if plan.obstacles:
        return plan
    naming = Naming(version, 0, items, clauses_of(rows), units)
    for answers in whole.situations:
        compile_into(plan, whole, answers, naming)
    judge(plan, whole, permit_limits(rows))
    plan.ways = [numbered(whole, way, number) for number, way in enumerate(plan.ways, 1)]
    return plan


def try_nets(plan: Publishing) -> None:
    """Walk through every net before it is published: seconds, so pages leave it out."""
    for fault in (fault for way in plan.ways for fault in flow.check(net_of(way.kind))):
        plan.hold(fault.words)


def refuse_outright(plan: Publishing, whole: Whole, units: Iterable[str]) -> None:
    """What need not be compiled to be refused."""
    if whole.thing.reconstructed:
        plan.hold(_("It is rebuilt from published counts, to test the arithmetic: nobody can apply for it."))
    for code in unknown_departments(whole, units):
        plan.hold(_("There is no organisation “%s”.") % code)
    if len(whole.situations) > MOST:
        words = _("More than %(n)s situations: ask fewer questions, or let fields tell them apart.")
        plan.hold(words % {"n": MOST})


def judge(plan: Publishing, whole: Whole, limits: PermitLimits) -> None:
    """What goes beyond the limits on licences; a breach stands in the way, an extension is only said."""
    for way in plan.ways:
        for one in findings(whole.bundle, way.solved.solution, limits, joint=True):
            if one not in plan.findings:
                plan.findings.append(one)
            if one.verdict is Verdict.BREACH:
                plan.hold(breach_words(one))


def unknown_departments(whole: Whole, units: Iterable[str]) -> Iterator[str]:
    """Departments and actors that are not there."""
    known = set(units)
    named = [whole.thing.lead]
    for item in whole.items.values():
        named += [item.department, *(step.actor for step in item.step if step.actor)]
    yield from (code for code in dict.fromkeys(named) if code not in known)


def compile_into(plan: Publishing, whole: Whole, answers: dict[str, str], naming: Naming) -> None:
    """One more situation: a new course, or one more of a course that stands."""
    try:
        solved = whole.solve(answers)
        form_of(whole.bundle, solved.solution)
    except BadBundle as error:
        for fault in error.faults:
            plan.hold(f"{fault.where}: {fault.what} {fault.mend}".strip())
        return
    except CircularForm as error:
        plan.hold(str(error))
        return
    for words in hindrances(whole, solved):
        plan.hold(words)
    if solved.solution.proof is None:
        return
    kind = kind_of(whole, solved, naming)
    for number, way in enumerate(plan.ways):
        if is_same(way, solved, kind):
            plan.ways[number] = replace(way, situations=(*way.situations, answers))
            return
    plan.ways.append(Way(0, (answers,), solved, kind, naming))


def is_same(way: Way, solved: Solved, kind: KindSpec) -> bool:
    """Whether a situation leads to a plan and a form that stand already."""
    one, other = way.solved.solution, solved.solution
    return way.kind == kind and one.fields == other.fields and one.proof == other.proof


def hindrances(whole: Whole, solved: Solved) -> Iterator[str]:
    """Why a situation cannot be published."""
    solution = solved.solution
    for conflict in solution.conflicts:
        yield _("Two departments contradict each other: %s") % conflict.words
    for unmet in solution.unmet:
        names = "、".join(whole.materials[code].name for code in unmet.materials)
        yield _("Nobody can meet %(where)s: nobody brings, shares or issues %(what)s.") % {
            "where": unmet.ref, "what": names,
        }  # fmt: skip
    for deadlock in solution.deadlocks:
        yield _("They wait for each other: %s") % deadlock.words
    for words in solved.complaints:
        yield _("The checker does not agree: %s") % words


def breach_words(one: Finding) -> str:
    """What is longer than the law allows."""
    words = _("%(where)s takes %(days)s days where %(clause)s allows %(allowed)s.")
    return words % {"where": one.where, "days": one.days, "clause": one.clause, "allowed": one.allowed}


def numbered(whole: Whole, way: Way, number: int) -> Way:
    """A course under its own number: its kind and its limits bear it."""
    naming = replace(way.naming, course=number)
    kind = kind_of(whole, way.solved, naming)
    return replace(way, number=number, kind=kind, naming=naming)

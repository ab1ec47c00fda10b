"""What the designer's page shows of one situation: steps, papers, counts before and after, levers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from minhu.methods.composing import (
    Change,
    Choice,
    Count,
    Obtained,
    Proof,
    Ref,
    StepKind,
    Way,
    critical_path,
    reduction,
    savings,
)
from minhu.services.bridge.definitions import Solved, Whole
from minhu.services.bridge.pages.words import FORMS, STEPS, WHYS, legal_words

COUNTS = {
    "steps": pgettext_lazy("guide", "Steps"),
    "papers": pgettext_lazy("guide", "Papers"),
    "visits": gettext_lazy("Visits"),
    "fields": gettext_lazy("Fields"),
}


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step in the table beside the picture."""

    ref: str
    item: str
    title: str
    kind: str
    department: str
    start: int
    end: int
    legal: str
    clause: str
    waits_for: str
    is_critical: bool
    is_acceptance: bool


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A requirement and how it is met: the way in words, what comes, what it takes the place of."""

    item: str
    department: str
    title: str
    way: str
    what: str
    note: str
    clause: str
    is_brought: bool


@dataclass(frozen=True, slots=True)
class Less:
    """A count before and after, raw, with the reduction in percent computed from them."""

    code: str
    title: str
    before: int
    after: int
    percent: Decimal | None
    changes: tuple[tuple[str, str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Lever:
    """A clause that holds the whole up, and what changing it would save."""

    clause: str
    steps: tuple[str, ...]
    department: str
    days: int
    first_day: int
    most: int


class Situation:
    """One situation, ready to be read off."""

    def __init__(self, whole: Whole, solved: Solved, units: Mapping[str, str]) -> None:
        self.whole, self.solved, self.units = whole, solved, units
        self.solution = solved.solution
        self.needs = {
            Ref(item.code, need.id): need for item in whole.items.values() for need in item.requirement
        }
        self.all_steps = {
            Ref(item.code, step.id): step for item in whole.items.values() for step in item.step
        }

    @property
    def proof(self) -> Proof | None:
        """The proof, if there is a plan."""
        return self.solution.proof

    def unit(self, code: str) -> str:
        """What an organisation is called."""
        return self.units.get(code, code)

    def step_title(self, ref: Ref) -> str:
        """Item and step in words."""
        return f"{self.whole.items[ref.item].name}·{self.all_steps[ref].title}"

    def need_title(self, ref: Ref) -> str:
        """A requirement in words."""
        need = self.needs[ref]
        return need.title or " / ".join("、".join(map(self.material, one)) for one in need.sets)

    def material(self, code: str) -> str:
        """What a material is called."""
        return self.whole.materials[code].name if code in self.whole.materials else code

    # -- tables -------------------------------------------------------------------------------------------
    def steps(self) -> list[StepRow]:
        """Every step of the plan in the order of days."""
        if self.proof is None:
            return []
        hard = {link.step for link in critical_path(self.solution)}
        why = {one.step: one for one in self.proof.earliest}
        rows = []
        for label in sorted(self.proof.plan.labels, key=lambda one: (one.start, one.end, one.step)):
            step, item = self.all_steps[label.step], self.whole.items[label.step.item]
            early = why[label.step]
            waits = self.step_title(early.after) if early.after else ""
            if early.because:
                waits = " · ".join(part for part in (waits, self.need_title(early.because)) if part)
            rows.append(
                StepRow(
                    str(label.step), item.name, step.title, str(STEPS[step.kind]),
                    self.unit(step.actor or item.department), label.start, label.end,
                    legal_words(step.legal, step.promised, counted=step.counted), step.clause, waits,
                    label.step in hard, step.kind is StepKind.ACCEPT,
                )
            )  # fmt: skip
        return rows

    def papers(self) -> list[PaperRow]:
        """Every requirement with the source that was chosen."""
        choices = self.proof.plan.choices if self.proof else ()
        return [self.paper(choice) for choice in choices]

    def paper(self, choice: Choice) -> PaperRow:
        """One requirement."""
        item, need = self.whole.items[choice.requirement.item], self.needs[choice.requirement]
        what = "、".join(
            f"{self.material(one.paper.material)}（{FORMS[one.paper.form]}）" for one in choice.papers
        )
        return PaperRow(
            item.name, self.unit(item.department), self.need_title(choice.requirement), self.way(choice),
            what or self.need_title(choice.requirement), self.note(choice), need.clause,
            bool(choice.uploads),
        )  # fmt: skip

    def way(self, choice: Choice) -> str:
        """How a requirement is met, in a word or two."""
        if choice.committed:
            return _("commitment, checked later")
        ways = {one.way for one in choice.papers}
        words = [
            str(word)
            for way, word in (
                (Way.UPLOAD, _("brought by the applicant")),
                (Way.SHARE, _("shared by a department")),
                (Way.OUTPUT, _("made on the way")),
            )
            if way in ways
        ]
        later = [_("brought later")] if choice.deferred else []
        return "、".join([*later, *words])

    def note(self, choice: Choice) -> str:
        """Where it comes from, and what it takes the place of."""
        need = self.needs[choice.requirement]
        parts = list(filter(None, map(self.origin, choice.papers)))
        chosen = {one.paper.material for one in choice.papers}
        others = [
            "、".join(map(self.material, one)) for one in need.sets if not chosen or not set(one) <= chosen
        ]
        if choice.committed:
            parts.append(_("instead of %s") % " / ".join(others))
        elif others:
            parts.append(_("in place of %s") % " / ".join(others))
        if choice.deferred:
            step = self.all_steps[Ref(choice.requirement.item, need.deferred_to)]
            parts.append(_("at the latest before “%s”") % step.title)
        return "；".join(parts)

    def origin(self, one: Obtained) -> str:
        """Where a paper comes from."""
        if one.way is Way.OUTPUT and one.origin:
            return _("from “%s”") % self.step_title(one.origin)
        if one.way is Way.SHARE:
            material = self.whole.materials[one.paper.material]
            source = material.issuer and self.unit(material.issuer)
            lag = _("within %s days") % material.share_lag_days if material.share_lag_days else _("at once")
            return "，".join(part for part in (source, lag, material.share_clause) if part)
        return ""

    # -- counts -------------------------------------------------------------------------------------------
    def less(self) -> list[Less]:
        """Raw counts before and after, then days under both baselines."""
        if self.proof is None:
            return []
        ledger = self.proof.ledger
        counts = [ledger.steps, ledger.papers, ledger.visits, ledger.fields]
        return [self.counted(one) for one in counts] + list(self.days())

    def counted(self, count: Count) -> Less:
        """One count with what went and why."""
        changes = tuple(self.change(one) for one in count.removed)
        added = tuple(
            (*self.change(one)[:1], "+ " + self.change(one)[1], *self.change(one)[2:]) for one in count.added
        )
        return Less(count.name, str(COUNTS[count.name]), count.before, count.after,
                    percent(count.before, count.after), changes + added)  # fmt: skip

    def change(self, one: Change) -> tuple[str, str, str, str]:
        """Item, what went, why, and the clause."""
        return self.whole.items[one.item].name, self.named(one.what), self.because(one), one.clause

    def because(self, one: Change) -> str:
        """Why it went, and thanks to what."""
        words = str(WHYS[one.why])
        by = self.named(one.by) if one.by else ""
        return f"{words}（{by}）" if by and by != self.named(one.what) else words

    def named(self, code: str) -> str:
        """A step, a field, an item or a paper by its title."""
        head, _space, rest = code.partition(" (")
        if head in self.whole.materials:
            form = rest.split(" ")[0].rstrip(")")
            return f"{self.material(head)}（{FORMS[form]}）" if form in FORMS else self.material(head)
        item, _slash, id_ = code.partition("/")
        ref = Ref(item, id_)
        if ref in self.all_steps:
            return self.step_title(ref)
        if ref in self.needs:
            return self.need_title(ref)
        if code in self.whole.items:
            return self.whole.items[code].name
        return self.field_title(code)

    def field_title(self, key: str) -> str:
        """A field by whose it is and its label."""
        role, _dot, element = key.partition(".")
        title = self.whole.elements[element].title if element in self.whole.elements else element
        return f"{self.whole.bearers.get(role, role)}·{title}" if element else key

    def days(self) -> Iterator[Less]:
        """Days against both baselines, or they could be padded."""
        ledger = self.proof.ledger if self.proof else None
        if ledger is None:
            return
        for code, title, before in (
            ("serial", _("Days, items one after another"), ledger.serial_days),
            ("unbundled", _("Days, each item as early as it can be"), ledger.unbundled_days),
        ):
            if before is not None:
                yield Less(code, title, before, ledger.days, percent(before, ledger.days))

    # -- what to change next ------------------------------------------------------------------------------
    def levers(self) -> list[Lever]:
        """Clauses that hold the makespan, the strongest first."""
        found = savings(self.solved.problem, self.solution)
        return [
            Lever(
                one.clause, tuple(map(self.step_title, one.steps)), self.department(one.steps), one.days,
                one.first_day, one.most,
            )
            for one in found
        ]  # fmt: skip

    def department(self, steps: Iterable[Ref]) -> str:
        """The department of the first of these steps."""
        first = next(iter(steps))
        return self.all_steps[first].actor or self.whole.items[first.item].department


def percent(before: int, after: int) -> Decimal | None:
    """The reduction, from raw counts; nothing from nothing."""
    return reduction(before, after) if before else None

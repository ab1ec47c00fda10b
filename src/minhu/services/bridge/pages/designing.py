"""The designer's page as a whole: what it shows of a version in a situation, and what its reader may do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from minhu.methods.composing import CircularForm, LookAlike, Verdict
from minhu.people.rules import Reader
from minhu.services.bridge.courses import Publishing, breach_words
from minhu.services.bridge.definitions import BadBundle, Solved, whole_of
from minhu.services.bridge.forms import FormField, MergedForm, merged_form
from minhu.services.bridge.pages.asking import Suggestion, suggestions
from minhu.services.bridge.pages.designer import Lever, Situation
from minhu.services.bridge.pages.differences import Change, between
from minhu.services.bridge.pages.flow_picture import FlowPicture, flow_picture
from minhu.services.bridge.pages.words import TYPES
from minhu.services.models import ItemVersion, Merge, Question, ThingReform, ThingVersion
from minhu.services.queries.things import Figures, figures_of
from minhu.services.states import MergeState


@dataclass(frozen=True, slots=True)
class Alike:
    """Two fields that look alike: their titles, who asks for them, and what was said of them."""

    one: str
    other: str
    titles: tuple[str, str]
    askers: tuple[str, str]
    score: int
    said: Merge | None


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field of the merged form, in words: who needs it, as (department, item, other label, clause)."""

    field: FormField
    type: str
    askers: tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding of legality in words."""

    verdict: str
    words: str
    is_breach: bool


@dataclass(frozen=True, slots=True)
class Sent:
    """A lever, and the reform it was sent to if it was."""

    lever: Lever
    department: str
    reform: ThingReform | None


@dataclass(frozen=True, slots=True)
class Look:
    """Who looks at which version, on which day."""

    version: ThingVersion
    reader: Reader
    on: date


class Designer:
    """Everything is computed when the template asks for it."""

    def __init__(
        self, look: Look, answers: Mapping[str, str], units: Mapping[str, str], plan: Publishing
    ) -> None:
        self.version, self.reader, self.on = look.version, look.reader, look.on
        self.whole = whole_of(look.version)
        self.answers, self.units, self.plan = dict(answers), units, plan
        self.faults: tuple[str, ...] = ()
        self.solved: Solved | None = None
        try:
            self.solved = self.whole.solve(self.answers)
        except BadBundle as error:
            self.faults = tuple(f"{one.where}: {one.what} {one.mend}".strip() for one in error.faults)

    # -- what the reader may do ---------------------------------------------------------------------------
    @property
    def may_design(self) -> bool:
        """Sign merges, ask departments."""
        return self.reader.may("design_thing", organisation=self.version.thing.lead.code)

    @property
    def may_publish(self) -> bool:
        """Publish, withdraw."""
        return self.reader.may("publish_thing")

    @property
    def may_reform(self) -> bool:
        """Send a rule to the reforms."""
        return self.reader.may("start_reform")

    # -- the situation ------------------------------------------------------------------------------------
    @cached_property
    def situation(self) -> Situation | None:
        """Tables of the situation."""
        return Situation(self.whole, self.solved, self.units) if self.solved else None

    @cached_property
    def picture(self) -> FlowPicture | None:
        """The flow drawn."""
        return flow_picture(self.whole, self.solved, self.units, _("Data sharing")) if self.solved else None

    @cached_property
    def form(self) -> MergedForm | None:
        """The merged form."""
        try:
            return merged_form(self.whole, self.solved.solution) if self.solved else None
        except CircularForm as error:
            self.faults = (*self.faults, str(error))
            return None

    @cached_property
    def groups(self) -> list[tuple[str, list[FieldRow]]]:
        """The merged form by whose values they are."""
        groups = self.form.groups if self.form else ()
        return [(group.title, [self.field_row(one) for one in group.fields]) for group in groups]

    def field_row(self, field: FormField) -> FieldRow:
        """One field of it."""
        askers = tuple(
            (
                self.units.get(one.department, one.department), one.item_name,
                one.label if one.label != field.label else "", one.clause,
            )
            for one in field.askers
        )  # fmt: skip
        return FieldRow(field, str(TYPES.get(field.type, field.type)), askers)

    @property
    def departments(self) -> dict[str, str]:
        """Those that take part, by code."""
        codes = dict.fromkeys([*(item.department for item in self.whole.items.values())])
        return {code: self.units.get(code, code) for code in codes}

    @property
    def complaints(self) -> tuple[str, ...]:
        """What the independent checker says of this situation."""
        return self.solved.complaints if self.solved else ()

    # -- what is open -------------------------------------------------------------------------------------
    @cached_property
    def alike(self) -> list[Alike]:
        """Fields that look alike in this situation, those nobody has spoken of first."""
        said = {(one.key, one.same_as): one for one in self.version.thing.merges.all()}
        pairs = self.solved.solution.look_alikes if self.solved else ()
        found = [self.one_alike(pair, said) for pair in pairs]
        return sorted(found, key=lambda one: one.said is not None)

    def one_alike(self, pair: LookAlike, said: Mapping[tuple[str, str], Merge]) -> Alike:
        """One pair with its askers."""
        keys = pair.one.partition("@")[0].partition(":")[0], pair.other.partition("@")[0].partition(":")[0]
        titles = tuple(self.title(key, label) for key, label in zip(keys, pair.labels, strict=True))
        askers = tuple(self.askers(key) for key in keys)
        first, second = sorted(keys)
        return Alike(
            *keys, (titles[0], titles[1]), (askers[0], askers[1]), round(100 * pair.score),
            said.get((first, second)),
        )  # fmt: skip

    def title(self, key: str, label: str) -> str:
        """A field by whose it is and its label."""
        role = key.partition(".")[0]
        return f"{self.whole.bearers.get(role, role)}·{label}"

    def askers(self, key: str) -> str:
        """The items that ask for a field."""
        names = [i.name for i in self.whole.items.values() if any(f.key == key for f in i.field)]
        return "、".join(names)

    @cached_property
    def merges(self) -> list[Merge]:
        """Everything that was signed."""
        return list(self.version.thing.merges.filter(state=MergeState.SIGNED))

    @cached_property
    def questions(self) -> list[tuple[Question, bool]]:
        """What departments were asked, and whether the reader may answer."""
        rows = self.version.thing.open_questions.select_related("department")
        return [(row, self.reader.may("answer_question", organisation=row.department.code)) for row in rows]

    @cached_property
    def to_ask(self) -> list[tuple[Suggestion, str]]:
        """What should be asked and was not, with the department in words."""
        asked = {(one.code, one.subject) for one, _may in self.questions}
        return [
            (one, self.units.get(one.department, one.department))
            for one in suggestions(self.whole)
            if (one.code, one.subject) not in asked
        ]

    @cached_property
    def findings(self) -> list[Judged]:
        """What goes beyond the limits on licences."""
        return [
            Judged(
                _("breach") if one.verdict is Verdict.BREACH else _("needs an approved extension"),
                breach_words(one), one.verdict is Verdict.BREACH,
            )
            for one in self.plan.findings
        ]  # fmt: skip

    @cached_property
    def levers(self) -> list[Sent]:
        """Clauses that hold the makespan, and which of them became reforms."""
        if self.situation is None:
            return []
        rows = ThingReform.objects.filter(version__thing=self.version.thing).select_related("reform")
        sent = {row.clause: row for row in rows}
        return [
            Sent(one, self.units.get(one.department, one.department), sent.get(one.clause))
            for one in self.situation.levers()
        ]

    # -- versions -----------------------------------------------------------------------------------------
    @cached_property
    def versions(self) -> list[ThingVersion]:
        """All versions, the newest first."""
        return list(self.version.thing.versions.defer("definition").order_by("-number"))

    @cached_property
    def figures(self) -> Figures:
        """What became of its cases."""
        key = self.version.thing.pk
        return figures_of([key], self.on).get(key, Figures())

    @cached_property
    def guides(self) -> list[ItemVersion]:
        """The guides it pins."""
        return list(self.version.items.select_related("item__department").defer("data"))

    @cached_property
    def changes(self) -> list[Change]:
        """What is different from the version before."""
        before = (
            self.version.thing.versions.filter(number__lt=self.version.number).order_by("-number").first()
        )
        return between(whole_of(before), self.whole) if before else []

"""The merged form of a course as plain values: fields in order, by whose they are, who needs them and why."""

from dataclasses import dataclass

from minhu.methods import composing
from minhu.methods.composing import ALWAYS, Condition, Constraint, MergedField, Solution
from minhu.services.bridge.definitions import Whole, whole_of
from minhu.services.models import Course


@dataclass(frozen=True, slots=True)
class AskedBy:
    """An item that needs a field, of which department, under which clause and label."""

    item: str
    item_name: str
    department: str
    clause: str
    label: str


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of the merged form. `required`, `condition`: over other fields (`role.element`)."""

    key: str
    role: str
    element: str
    type: str
    label: str
    help: str
    constraint: Constraint
    condition: Condition
    required: Condition
    askers: tuple[AskedBy, ...]
    personal: bool = False
    purpose: str = ""
    keep: str = ""
    prefill: bool = False
    library: str = ""
    owner: str = ""

    @property
    def is_required(self) -> bool:
        """Whether it must be filled in whatever else is said."""
        return self.required == ALWAYS

    @property
    def is_conditional(self) -> bool:
        """Whether it is shown only where other fields say so."""
        return self.condition != ALWAYS

    @property
    def departments(self) -> tuple[str, ...]:
        """Who may read it: those that ask for it (purpose matrix)."""
        return tuple(dict.fromkeys(one.department for one in self.askers))

    @property
    def options(self) -> tuple[str, ...]:
        """What may be chosen, if there is a list."""
        return tuple(sorted(self.constraint.allowed or ()))


@dataclass(frozen=True, slots=True)
class FormGroup:
    """Fields about one bearer (the newborn, the mother, the enterprise, …)."""

    role: str
    title: str
    kind: str
    fields: tuple[FormField, ...]


@dataclass(frozen=True, slots=True)
class MergedForm:
    """The form of a course. `reads`: department → keys it may read."""

    groups: tuple[FormGroup, ...]
    reads: dict[str, tuple[str, ...]]

    @property
    def fields(self) -> tuple[FormField, ...]:
        """All fields in order."""
        return tuple(one for group in self.groups for one in group.fields)


def form_of(course: Course) -> MergedForm:
    """The form of a published course, as its version pinned it."""
    whole = whole_of(course.version)
    return merged_form(whole, whole.solve(course.answers).solution)


def merged_form(whole: Whole, solution: Solution) -> MergedForm:
    """The form of a compiled situation. Raises CircularForm."""
    form = composing.form_of(whole.bundle, solution)
    kinds = {one.code: one.kind for one in whole.definition.bearers}
    by_role: dict[str, list[FormField]] = {}
    for each in form.fields:
        by_role.setdefault(each.role, []).append(field_of(whole, each))
    groups = tuple(
        FormGroup(role, whole.bearers.get(role, role), kinds.get(role, "person"), tuple(fields))
        for role, fields in by_role.items()
    )
    reads: dict[str, list[str]] = {}
    for field in (one for group in groups for one in group.fields):
        for department in field.departments:
            reads.setdefault(department, []).append(field.key)
    return MergedForm(groups, {code: tuple(keys) for code, keys in reads.items()})


def field_of(whole: Whole, field: MergedField) -> FormField:
    """A merged field with what the dictionary says of it."""
    element = whole.elements.get(field.element)
    askers = tuple(
        AskedBy(one.item, whole.items[one.item].name, one.department, one.clause, one.label)
        for one in field.askers
    )
    known = {
        name: getattr(element, name)
        for name in ("help", "personal", "purpose", "keep", "prefill", "library", "owner")
        if element is not None
    }
    return FormField(
        key=field.key, role=field.role, element=field.element, type=str(field.type), label=field.label,
        constraint=field.constraint, condition=field.condition, required=field.required, askers=askers,
        **{"help": "", **known},
    )  # fmt: skip

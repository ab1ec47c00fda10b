"""From a pack's item guides and one-things to what methods.composing compiles."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from minhu.methods import composing
from minhu.methods.composing.conditions import every
from minhu.methods.composing.lattice import meet
from minhu.packs.guides.parts import BoundsSpec, ItemField, ItemRequirement, ItemStep
from minhu.packs.guides.specs import BearerSpec, ElementSpec, ItemSpec, MaterialSpec, ThingSpec

ALIKE, NUMBERED = 0.6, 1.0
"""From where on labels look alike; those of a rebuilt bundle are mere numbers and always would."""


@dataclass(frozen=True, slots=True)
class Definition:
    """Everything a one-thing is made of and nothing else: what a published version pins."""

    thing: ThingSpec
    items: tuple[ItemSpec, ...]
    materials: tuple[MaterialSpec, ...]
    elements: tuple[ElementSpec, ...]
    bearers: tuple[BearerSpec, ...] = ()

    @property
    def bundle(self) -> composing.Bundle:
        """What is compiled."""
        return bundle_of(self.thing, self.items, self.materials, self.elements)


def define(
    thing: ThingSpec,
    items: Iterable[ItemSpec],
    materials: Iterable[MaterialSpec],
    elements: Iterable[ElementSpec],
    bearers: Iterable[BearerSpec] = (),
) -> Definition:
    """The one-thing with the items it joins, in its order, and the entries of the dictionaries they use."""
    by_code = {item.code: item for item in items}
    joined = tuple(by_code[code] for code in thing.items if code in by_code)
    used = {code for item in joined for code in material_codes(item)}
    fields = [field for item in joined for field in item.field]
    asked, roles = {field.element for field in fields}, {field.role for field in fields}
    return Definition(
        thing,
        joined,
        tuple(one for one in materials if one.code in used),
        tuple(one for one in elements if one.code in asked),
        tuple(one for one in bearers if one.code in roles),
    )


def bundle_of(
    thing: ThingSpec,
    items: Iterable[ItemSpec],
    materials: Iterable[MaterialSpec],
    elements: Iterable[ElementSpec],
) -> composing.Bundle:
    """The bundle of a one-thing; raises BadCondition where a condition cannot be read.

    What the dictionaries do not know is left for `composing.faults` to name.
    """
    whole = define(thing, items, materials, elements)
    dictionary = {element.code: element for element in whole.elements}
    return composing.Bundle(
        thing.code,
        thing.name,
        tuple(_joining(thing, guide_of(item, dictionary)) for item in whole.items),
        tuple(
            composing.Question(one.code, one.text, one.options, composing.condition_of(one.condition))
            for one in thing.question
        ),
        tuple(map(material_of, whole.materials)),
        tuple(
            composing.SignedMerge(one.key, one.same_as, one.post, one.on.isoformat(), one.reason)
            for one in thing.merge
        ),
        tuple(composing.Rate(one.unit, one.numerator, one.denominator) for one in thing.rate),
        alike=NUMBERED if thing.reconstructed else ALIKE,
    )


def _joining(thing: ThingSpec, guide: composing.Guide) -> composing.Guide:
    """A guide under the conditions of the one-thing that joins it."""
    own = [composing.condition_of(one.condition) for one in thing.when if one.item == guide.item]
    return replace(guide, condition=every([guide.condition, *own])) if own else guide


def guide_of(item: ItemSpec, elements: Mapping[str, ElementSpec]) -> composing.Guide:
    """The guide of an item; labels, types and bounds come from the field dictionary where it says nothing.

    What names no clause of its own rests on the first basis of the item.
    """
    ground = item.basis[0].words if item.basis else ""
    return composing.Guide(
        item.code,
        item.name,
        item.department,
        tuple(one.words for one in item.basis),
        item.kind,
        item.subject,
        composing.condition_of(item.condition),
        tuple(_field(one, elements.get(one.element), ground) for one in item.field),
        tuple(_requirement(one, ground) for one in item.requirement),
        tuple(_step(one, item.department) for one in item.step),
        tuple(
            composing.Output(one.material, one.step, one.validity_days, one.clause or ground)
            for one in item.output
        ),
        item.visits,
        item.fee_yuan,
        item.version,
    )


def material_of(material: MaterialSpec) -> composing.Material:
    """A material as the compiler sees it."""
    return composing.Material(
        material.code,
        material.name,
        material.uploadable,
        material.share_lag_days,
        frozenset(material.share_forms),
        material.share_clause,
    )


def material_codes(item: ItemSpec) -> set[str]:
    """The materials an item asks for or brings forth."""
    asked = {code for one in item.requirement for each in one.sets for code in each}
    return asked | {one.material for one in item.output}


def constraint_of(bounds: BoundsSpec) -> composing.Constraint:
    """Bounds as a constraint."""
    return composing.Constraint(
        frozenset(bounds.options) or None,
        bounds.least,
        bounds.greatest,
        bounds.shortest,
        bounds.longest,
        frozenset(bounds.patterns),
    )


def _field(field: ItemField, element: ElementSpec | None, ground: str) -> composing.Field:
    """A field; an element nobody knows has no code, which is a fault."""
    own = constraint_of(field.bounds)
    known = constraint_of(element.bounds) if element else own
    return composing.Field(
        field.role,
        field.element,
        element.type if element else composing.FieldType.TEXT,
        field.label or (element.title if element else field.element),
        meet(known, own),
        composing.condition_of(field.condition),
        field.optional,
        field.clause or ground,
    )


def _requirement(one: ItemRequirement, ground: str) -> composing.Requirement:
    """A requirement."""
    return composing.Requirement(
        one.id,
        one.step,
        one.sets,
        one.form,
        one.validity_days,
        one.waiver,
        one.deferred_to,
        composing.condition_of(one.condition),
        one.clause or ground,
    )


def _step(step: ItemStep, department: str) -> composing.Step:
    """A step; its actor is the department unless it says otherwise."""
    return composing.Step(
        step.id,
        step.kind,
        step.actor or department,
        composing.Days(step.legal, step.promised, step.unit),
        step.needs,
        composing.condition_of(step.condition),
        step.counted,
        step.visit,
        step.may_share_visit,
        step.window,
        step.clause,
    )

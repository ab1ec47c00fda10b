"""From a version and the answers to the plan an applicant meets."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from minhu.methods import composing
from minhu.methods.composing.conditions import names
from minhu.methods.composing.fields import MergedField
from minhu.packs.guides import Definition, ItemRequirement, ItemSpec, MaterialSpec
from minhu.services.bridge.applying.plans import Asker, Blank, Page, Plan, Want
from minhu.services.bridge.applying.situations import settled_answers
from minhu.services.bridge.definitions import Whole, whole_of
from minhu.services.models import ThingVersion
from minhu.services.states import PaperWay
from minhu.services.states.applying import mark_of

MOST_ON_A_PAGE = 6
WAYS = {
    composing.Way.UPLOAD: PaperWay.UPLOAD,
    composing.Way.SHARE: PaperWay.SHARE,
    composing.Way.OUTPUT: PaperWay.OUTPUT,
}
KEPT: dict[tuple[str, tuple[tuple[str, str], ...]], Plan] = {}
MOST_KEPT = 256


def plan_of(version: ThingVersion, answers: Mapping[str, str]) -> Plan:
    """The plan of a situation: equal answers, the same plan."""
    whole = whole_of(version)
    key = (version.digest, tuple(sorted(settled_answers(whole, answers).items())))
    if key not in KEPT:
        if len(KEPT) >= MOST_KEPT:
            KEPT.clear()
        known = dict(key[1])
        KEPT[key] = planned(
            whole, known, whole.solve({code: one for code, one in known.items() if one}).solution
        )
    return KEPT[key]


def planned(whole: Whole, answers: dict[str, str], solution: composing.Solution) -> Plan:
    """Blanks in asking order, cut into pages; papers with the way they come."""
    definition = whole.definition
    form = composing.form_of(whole.bundle, solution)
    blanks = []
    for field in form.fields:
        element = whole.elements.get(field.element)
        askers = tuple(Asker(one.department, one.item, one.clause) for one in field.askers)
        asking = frozenset(one.department for one in askers)
        blank = blank_of(field, askers, asking, options_of(field, whole.items, definition))
        if element:
            may = asking & frozenset(element.readers) if element.readers else asking
            blank = replace(
                blank, readers=may, help=element.help, personal=element.personal, purpose=element.purpose,
                keep=element.keep, prefill=element.prefill,
            )  # fmt: skip
        blanks.append(blank)
    wants = wants_of(definition, solution)
    days = definition.thing.promised_days or (solution.proof.makespan if solution.proof else 0)
    return Plan(definition, answers, tuple(blanks), pages_of(definition, blanks), wants, days)


def blank_of(
    field: MergedField, askers: tuple[Asker, ...], readers: frozenset[str], options: tuple[str, ...]
) -> Blank:
    """A merged field as a blank."""
    return Blank(
        field.key, field.role, field.element, field.label, field.type.value, field.constraint,
        field.condition, field.required, askers, readers, options,
    )  # fmt: skip


def options_of(field: MergedField, items: Mapping[str, ItemSpec], definition: Definition) -> tuple[str, ...]:
    """What can be chosen, in the order of whoever wrote the list first; sets have none."""
    allowed = field.constraint.allowed
    if allowed is None:
        return ("yes", "no") if field.type is composing.FieldType.YES_NO else ()
    written = [one.bounds.options for one in definition.elements if one.code == field.element]
    written += [one.bounds.options for asker in field.askers for one in items[asker.item].field
                if one.key == asker.key]  # fmt: skip
    order = [option for options in written for option in options]
    return tuple(sorted(allowed, key=lambda one: order.index(one) if one in order else len(order)))


def pages_of(definition: Definition, blanks: Sequence[Blank]) -> tuple[Page, ...]:
    """A new page for another bearer, when one is full, and before what it decides."""
    bearers = {one.code: one for one in definition.bearers}
    pages: list[list[Blank]] = []
    for blank in blanks:
        last = pages[-1] if pages else []
        decided = names(blank.condition) | names(blank.required)
        full = len(last) >= MOST_ON_A_PAGE
        if not last or last[-1].role != blank.role or full or decided & {one.key for one in last}:
            pages.append([])
        pages[-1].append(blank)
    counted: dict[str, int] = {}
    found = []
    for page in pages:
        role = page[0].role
        counted[role] = counted.get(role, 0) + 1
        bearer = bearers.get(role)
        title, kind = (bearer.title, bearer.kind) if bearer else (role, "person")
        found.append(Page(f"{role}-{counted[role]}", role, title, kind, tuple(page)))
    return tuple(found)


# -- papers -----------------------------------------------------------------------------------------------
def wants_of(definition: Definition, solution: composing.Solution) -> tuple[Want, ...]:
    """Every paper once, with everything it serves; commitments apart."""
    if solution.proof is None:
        return ()
    materials = {one.code: one for one in definition.materials}
    needs = {(item.code, one.id): (item, one) for item in definition.items for one in item.requirement}
    begins = {(one.step.item, one.step.id): one.start for one in solution.proof.plan.labels}
    found: dict[tuple[str, str, str], Want] = {}
    for choice in solution.proof.plan.choices:
        ref = (choice.requirement.item, choice.requirement.id)
        item, need = needs[ref]
        asker = Asker(item.department, item.code, need.clause)
        if choice.committed:
            want = committed(need, ref, asker, materials)
            found[PaperWay.COMMIT, *ref] = want
            continue
        for each in choice.papers:
            way = WAYS[each.way]
            want = wanted(materials[each.paper.material], each.paper.form.value, way, ref)
            want = replace(want, askers=(asker,), may_be_later=may_wait(choice, need, way),
                           later_days=begins.get((item.code, need.deferred_to), 0),
                           validity_days=each.paper.validity_days)  # fmt: skip
            # Shared once, in whatever form it was asked for.
            key = (way, each.paper.material, "" if way is PaperWay.SHARE else each.paper.form.value)
            found[key] = joined(found.get(key), want)
    return tuple(found.values())


def may_wait(choice: composing.Choice, need: ItemRequirement, way: PaperWay) -> bool:
    """Whether a paper may be brought later (容缺): the guide says so, and the applicant brings it."""
    return choice.deferred or (need.waiver is composing.Waiver.DEFER and way is PaperWay.UPLOAD)


def wanted(material: MaterialSpec, form: str, way: PaperWay, ref: tuple[str, str]) -> Want:
    """A material in a form."""
    return Want(
        mark_of(material.code, form), way, material.code, form, material.name, (ref,), (), material.media,
        material.largest, material.connector, material.share_lag_days or 0, material.uploadable,
        note=material.sample or material.note,
    )  # fmt: skip


def committed(
    need: ItemRequirement, ref: tuple[str, str], asker: Asker, materials: Mapping[str, MaterialSpec]
) -> Want:
    """A commitment in place of papers."""
    names_ = (
        "、".join(materials[code].name for code in need.sets[0] if code in materials) if need.sets else ""
    )
    title = need.title or names_ or need.id
    return Want(
        mark_of(*ref), PaperWay.COMMIT, "", "", title, (ref,), (asker,), verify=need.verify, note=names_
    )


def joined(before: Want | None, want: Want) -> Want:
    """The same paper asked for twice: brought once; later only where nobody needs it now."""
    if before is None:
        return want
    days = [one.validity_days for one in (before, want) if one.validity_days is not None]
    return replace(
        before, refs=before.refs + want.refs, askers=before.askers + want.askers,
        may_be_later=before.may_be_later and want.may_be_later,
        later_days=min(before.later_days, want.later_days), validity_days=min(days, default=None),
    )  # fmt: skip

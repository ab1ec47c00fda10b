"""One item guide: its basis, department, fields, steps, requirements and outputs."""

from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter

from minhu.methods.composing import Waiver
from minhu.methods.composing.lattice import meet
from minhu.packs.guides.building import constraint_of
from minhu.packs.guides.linting.bounds import check_bounds
from minhu.packs.guides.linting.dictionaries import NO_BEARER, NO_LIMIT, NO_ORGANISATION
from minhu.packs.guides.linting.lens import Lens
from minhu.packs.guides.parts import ItemField, ItemRequirement, ItemStep
from minhu.packs.guides.specs import ItemSpec
from minhu.packs.sections import Located

Item = Located[ItemSpec]
NO_BASIS = "no legal basis: nothing may be asked of anybody without one"
NO_STEP = "there is no step “{code}”"
NO_MATERIAL = "there is no material “{code}”"
NO_UNIT = "unknown unit “{code}”"
NO_ARTICLE = "the article of “{document}” is not named"


def check(lens: Lens) -> None:
    """Everything about the item guides."""
    for item in lens.catalogue.items:
        _head(lens, item)
        for number, field in enumerate(item.item.field):
            _field(lens, item, number, field)
        _steps(lens, item)
        for number, need in enumerate(item.item.requirement):
            _requirement(lens, item, number, need)
        for number, output in enumerate(item.item.output):
            lens.refer(item.where("output", number, "step"), output.step, steps_of(item), NO_STEP)
            at = item.where("output", number, "material")
            lens.refer(at, output.material, lens.materials, NO_MATERIAL)


def steps_of(item: Item) -> list[str]:
    """The ids of its steps."""
    return [one.id for one in item.item.step]


def _head(lens: Lens, item: Item) -> None:
    """Who, on what ground; codes that stand twice."""
    spec = item.item
    lens.refer(item.where("department"), spec.department, lens.known.organisations, NO_ORGANISATION)
    if "/" in spec.code:
        lens.wrong(item.where("code"), "a code of an item may not hold “/”")
    if not any(one.document.strip() for one in spec.basis):
        lens.wrong(item.at, NO_BASIS, "write basis = [{ document = …, article = … }]")
    for number, one in enumerate(spec.basis):
        if not one.article:
            at = item.where("basis", number)
            lens.doubt(at, NO_ARTICLE, 'name it, or write article = "条号待核"', document=one.document)
    lens.condition(item, ("condition",), spec.condition, None)
    if not spec.step:
        lens.doubt(item.at, "no step is described")
    lens.once(item, ("field",), [one.key for one in spec.field], "element")
    lens.once(item, ("step",), steps_of(item), "id")
    lens.once(item, ("requirement",), [one.id for one in spec.requirement], "id")
    visits = sum(one.visit for one in spec.step)
    if spec.visits is not None and spec.visits != visits:
        words = "{said} visits are declared; {found} steps call the applicant in"
        lens.doubt(item.where("visits"), words, said=spec.visits, found=visits)


def _field(lens: Lens, item: Item, number: int, field: ItemField) -> None:
    """A field: its bearer, its element, who may know it, what may be entered."""
    here: tuple[str | int, ...] = ("field", number)
    lens.refer(item.where(*here, "role"), field.role, lens.bearers, NO_BEARER)
    lens.condition(item, (*here, "condition"), field.condition, None)
    at = item.where(*here, "element")
    if not lens.refer(at, field.element, lens.elements, "the field dictionary has no element “{code}”"):
        return
    element = lens.elements[field.element]
    if element.roles and field.role in lens.bearers and field.role not in element.roles:
        words = "“{element}” is not kept of “{role}”, only of {roles}"
        said = {"element": element.title, "role": field.role, "roles": ", ".join(element.roles)}
        lens.wrong(item.where(*here, "role"), words, **said)
    if element.readers and item.item.department not in element.readers:
        words = "{who} may not know “{element}”"
        lens.wrong(at, words, who=item.item.department, element=element.title)
    try:
        whole = meet(constraint_of(element.bounds), constraint_of(field.bounds))
        check_bounds(lens, item, (*here, "bounds"), field.bounds, whole)
    except ValueError:  # a pattern of the dictionary that cannot be read is told there
        return


def _steps(lens: Lens, item: Item) -> None:
    """The steps one by one, and circles among them."""
    for number, step in enumerate(item.item.step):
        _step(lens, item, number, step)
    known = set(steps_of(item))
    try:
        TopologicalSorter({s.id: set(s.needs) & known for s in item.item.step}).prepare()
    except CycleError as error:
        first = steps_of(item).index(error.args[1][0])
        way = " → ".join(error.args[1])
        lens.wrong(item.where("step", first, "needs"), "steps wait for each other: {way}", way=way)


def _step(lens: Lens, item: Item, number: int, step: ItemStep) -> None:
    """A step: who, how long, after what."""
    here: tuple[str | int, ...] = ("step", number)
    if step.actor:
        lens.refer(item.where(*here, "actor"), step.actor, lens.known.organisations, NO_ORGANISATION)
    for index, need in enumerate(step.needs):
        lens.refer(item.where(*here, "needs", index), need, steps_of(item), NO_STEP)
    lens.refer(item.where(*here, "unit"), step.unit, lens.units, NO_UNIT)
    lens.condition(item, (*here, "condition"), step.condition, None)
    if step.legal < 0 or (step.promised or 0) < 0:
        key = "legal" if step.legal < 0 else "promised"
        lens.wrong(item.where(*here, key), "a step takes no less than no time")
    elif step.promised is not None and step.promised > step.legal:
        words = "{promised} are promised where the limit is {legal}"
        lens.wrong(item.where(*here, "promised"), words, promised=step.promised, legal=step.legal)
    if step.may_share_visit and not step.visit:
        lens.wrong(item.where(*here, "may_share_visit"), "no visit is asked for, so none can be shared")


def _requirement(lens: Lens, item: Item, number: int, need: ItemRequirement) -> None:
    """A requirement: evidence that is known, a step that is there, a waiver that holds together."""
    here: tuple[str | int, ...] = ("requirement", number)
    lens.refer(item.where(*here, "step"), need.step, steps_of(item), NO_STEP)
    lens.condition(item, (*here, "condition"), need.condition, None)
    if not need.sets or not all(need.sets):
        lens.wrong(item.where(*here, "sets"), "nobody can meet it: there is no evidence that would do")
    for index, one in enumerate(need.sets):
        for member, code in enumerate(one):
            lens.refer(item.where(*here, "sets", index, member), code, lens.materials, NO_MATERIAL)
    _waiver(lens, item, here, need)


def _waiver(lens: Lens, item: Item, here: tuple[str | int, ...], need: ItemRequirement) -> None:
    """A commitment is checked later, a deferred paper comes before a later step."""
    if (need.waiver is Waiver.COMMIT) != bool(need.verify):
        hint = 'name the limit within which it is checked: verify = "commitment.verify_days"'
        lens.wrong(item.where(*here, "verify"), "a commitment, and only one, is checked afterwards", hint)
    elif need.verify:
        lens.refer(item.where(*here, "verify"), need.verify, lens.known.limits, NO_LIMIT)
    at = item.where(*here, "deferred_to")
    if (need.waiver is Waiver.DEFER) != bool(need.deferred_to):
        lens.wrong(at, "what is deferred, and only that, names the step it is due at")
    elif not need.deferred_to or not lens.refer(at, need.deferred_to, steps_of(item), NO_STEP):
        return
    elif need.step not in before(item.item.step, need.deferred_to):
        words = "“{later}” does not follow “{step}”: nothing can be deferred to it"
        lens.wrong(at, words, later=need.deferred_to, step=need.step)


def before(steps: Iterable[ItemStep], last: str) -> set[str]:
    """Every step that comes before one."""
    needs = {one.id: one.needs for one in steps}
    found: set[str] = set()
    fresh = set(needs.get(last, ()))
    while fresh - found:
        found |= fresh
        fresh = {need for step in fresh for need in needs.get(step, ())}
    return found

"""What only compiling shows: unmet requirements, mutually required papers, fields at odds, short promises."""

from dataclasses import replace

from minhu.methods import composing
from minhu.methods.composing.legality import longest
from minhu.packs.guides.building import bundle_of
from minhu.packs.guides.linting.lens import Lens
from minhu.packs.guides.situations import situations
from minhu.packs.guides.specs import ThingSpec
from minhu.packs.positions import Position
from minhu.packs.sections import Located

UNMET = "nobody brings, shares or issues “{materials}”: this requirement cannot be met"
DEADLOCK = "mutually required (互为前置): {way}"
CONFLICT = "“{key}” can hold nothing that all would take: {who}"
SHORT = "{promised} days are promised; {item} alone may take {own}: is that so?"


def check(lens: Lens) -> None:
    """Compile each one-thing in every situation."""
    for thing in lens.catalogue.things:
        bundle = bundle_of(
            thing.item,
            (one.item for one in lens.catalogue.items),
            lens.materials.values(),
            lens.elements.values(),
        )
        for answers in situations(bundle.questions):
            problem = composing.Problem(bundle, answers)
            try:
                _solution(lens, composing.compose(problem))
            except composing.BadBundle as error:
                for fault in error.faults:
                    lens.wrong(thing.at, "{fault}", fault.mend, fault=f"{fault.where}: {fault.what}")
                break
        _promise(lens, thing, bundle)


def _solution(lens: Lens, solution: composing.Solution) -> None:
    """What keeps one situation from being published."""
    for unmet in solution.unmet:
        names = ", ".join(lens.materials[code].name for code in unmet.materials)
        hint = "let it be uploaded or shared, or join the item that issues it"
        lens.wrong(requirement(lens, unmet.ref), UNMET, hint, materials=names)
    for deadlock in solution.deadlocks:
        wait = next((one for one in deadlock.waits if one.by), deadlock.waits[0])
        hint = "one of them must take other evidence, a commitment, or the paper later"
        lens.wrong(requirement(lens, wait.by or wait.step), DEADLOCK, hint, way=deadlock.words)
    for conflict in solution.conflicts:
        first = conflict.askers[0]
        fields = [one.key for one in lens.items[first.item].item.field]
        at = lens.items[first.item].where("field", fields.index(first.key))
        who = ", ".join(f"{one.department} ({one.item})" for one in conflict.askers)
        lens.wrong(at, CONFLICT, "the departments must agree", key=conflict.key, who=who)


def requirement(lens: Lens, ref: composing.Ref) -> Position:
    """Where a requirement, or a step, stands."""
    item = lens.items[ref.item]
    for name in ("requirement", "step"):
        ids = [one.id for one in getattr(item.item, name)]
        if ref.id in ids:
            return item.where(name, ids.index(ref.id), *(("sets",) if name == "requirement" else ()))
    return item.at


def _promise(lens: Lens, thing: Located[ThingSpec], bundle: composing.Bundle) -> None:
    """A promise shorter than an item's own limit is a question to ask."""
    promised = thing.item.promised_days
    for guide in bundle.guides if promised is not None else ():
        days = {one.id: bundle.days(replace(one.days, promised=None)) for one in guide.steps}
        own = longest(guide.steps, days)
        if promised is not None and own > promised:
            at = thing.where("promised_days")
            lens.doubt(at, SHORT, promised=promised, item=guide.name, own=own)

"""One one-thing: what it joins, whom it asks what, what was signed, a child's data."""

from graphlib import CycleError
from itertools import islice

from minhu.methods.composing import Question, condition_of
from minhu.packs.guides.linting.dictionaries import NO_ORGANISATION
from minhu.packs.guides.linting.items import NO_UNIT
from minhu.packs.guides.linting.lens import Lens
from minhu.packs.guides.situations import MOST, situations
from minhu.packs.guides.specs import ItemSpec, ThingSpec
from minhu.packs.sections import Located

Thing = Located[ThingSpec]
Options = dict[str, tuple[str, ...] | None]
CHILD = "children's values are asked for; child_data is not said"
NO_CHILD_CONSENT = "a child's data need a consent of their own"
NO_ASSESSMENT = "no impact assessment of a child's data is named: nobody may apply before"


def check(lens: Lens) -> None:
    """Everything about the one-things that can be said before they are compiled."""
    for thing in lens.catalogue.things:
        _head(lens, thing)
        joined = [lens.items[code] for code in thing.item.items if code in lens.items]
        before = len(lens.remarks)
        _questions(lens, thing)
        for item in joined:
            _conditions(lens, thing, item)
        _merges(lens, thing, joined)
        _child(lens, thing, joined)
        if len(lens.remarks) == before:
            _many(lens, thing)


def _head(lens: Lens, thing: Thing) -> None:
    """The lead, the stage, the items, the rates."""
    spec = thing.item
    lens.refer(thing.where("lead"), spec.lead, lens.known.organisations, NO_ORGANISATION)
    if spec.stage.audience != spec.audience:
        words = "“{stage}” is a stage of {whose}, not of {audience}"
        said = {"stage": spec.stage, "whose": spec.stage.audience, "audience": spec.audience}
        lens.wrong(thing.where("stage"), words, **said)
    if not spec.items:
        lens.wrong(thing.where("items"), "it joins no item")
    for number, code in enumerate(spec.items):
        lens.refer(thing.where("items", number), code, lens.items, "there is no item “{code}”")
    if spec.reconstructed != bool(spec.count):
        words = "published counts belong to what was rebuilt from them, and only there"
        lens.wrong(thing.where("reconstructed"), words)
    _rates(lens, thing)


def _rates(lens: Lens, thing: Thing) -> None:
    """Rates that are none, and steps in units that have none."""
    for number, rate in enumerate(thing.item.rate):
        if rate.numerator < 0 or rate.denominator < 1:
            words = "this is no rate: {n}/{d}"
            lens.wrong(thing.where("rate", number), words, n=rate.numerator, d=rate.denominator)
    units = {one.unit for one in thing.item.rate}
    for item in (lens.items[code] for code in thing.item.items if code in lens.items):
        for number, step in enumerate(item.item.step):
            if step.unit in lens.units:
                lens.refer(item.where("step", number, "unit"), step.unit, units, NO_UNIT)


def _questions(lens: Lens, thing: Thing) -> None:
    """Situation questions: options that are options, conditions over other questions."""
    options: Options = {one.code: one.options for one in thing.item.question}
    lens.once(thing, ("question",), [one.code for one in thing.item.question], "code")
    for number, one in enumerate(thing.item.question):
        if len(set(one.options)) < 2:
            lens.wrong(thing.where("question", number, "options"), "a question needs two different options")
        lens.condition(thing, ("question", number, "condition"), one.condition, options)
    for number, when in enumerate(thing.item.when):
        at = thing.where("when", number, "item")
        lens.refer(at, when.item, thing.item.items, "the one-thing joins no item “{code}”")
        lens.condition(thing, ("when", number, "condition"), when.condition, options)


def _conditions(lens: Lens, thing: Thing, item: Located[ItemSpec]) -> None:
    """Conditions of an item over the situations of the one-thing; only fields may depend on fields."""
    options: Options = {one.code: one.options for one in thing.item.question}
    fields: Options = {
        one.key: None
        for code in thing.item.items
        if code in lens.items
        for one in lens.items[code].item.field
    }
    if readable(item.item.condition):
        lens.condition(item, ("condition",), item.item.condition, options)
    for name in ("step", "requirement", "field"):
        asked = {**fields, **options} if name == "field" else options
        for number, one in enumerate(getattr(item.item, name)):
            if readable(one.condition):
                lens.condition(item, (name, number, "condition"), one.condition, asked)


def readable(text: str) -> bool:
    """Whether a condition can be read: one that cannot has been told already."""
    try:
        condition_of(text)
    except ValueError:
        return False
    return True


def _merges(lens: Lens, thing: Thing, joined: list[Located[ItemSpec]]) -> None:
    """Signatures of posts that are there, under fields that are asked."""
    keys = {field.key for item in joined for field in item.item.field}
    for number, one in enumerate(thing.item.merge):
        lens.refer(
            thing.where("merge", number, "post"), one.post, lens.known.posts, "there is no post “{code}”"
        )
        for key in ("key", "same_as"):
            at = thing.where("merge", number, key)
            lens.refer(at, getattr(one, key), keys, "no item asks for “{code}”")


def _child(lens: Lens, thing: Thing, joined: list[Located[ItemSpec]]) -> None:
    """A child's data: said, and with a consent of their own."""
    roles = {field.role for item in joined for field in item.item.field}
    asked = any(lens.bearers[role].kind == "child" for role in roles if role in lens.bearers)
    if asked and not thing.item.child_data:
        lens.wrong(thing.at, CHILD, "write child_data = true")
    if thing.item.child_data and not any(one.child for one in thing.item.consent):
        lens.wrong(thing.where("child_data"), NO_CHILD_CONSENT, "write [[thing.consent]] with child = true")
    if thing.item.child_data and not thing.item.assessment:
        lens.doubt(thing.where("child_data"), NO_ASSESSMENT, "write assessment = number and day")
    lens.once(thing, ("consent",), [one.code for one in thing.item.consent], "code")


def _many(lens: Lens, thing: Thing) -> None:
    """Questions that wait for each other, or make more situations than anybody could look at."""
    asked = [
        Question(one.code, one.text, one.options, condition_of(one.condition)) for one in thing.item.question
    ]
    try:
        if sum(1 for _ in islice(situations(asked), MOST + 1)) > MOST:
            lens.wrong(thing.where("question"), "there are more than {most} situations", most=MOST)
    except CycleError as error:
        way = " → ".join(error.args[1])
        lens.wrong(thing.where("question"), "questions wait for each other: {way}", way=way)

"""Fields: what is asked but not declared, declared but never asked, personal without a purpose."""

from minhu.packs.kinds import AUTOMATIC, FieldSpec, FieldType, StepSpec
from minhu.packs.linting.lens import Lens
from minhu.packs.linting.time import NO_LIMIT, refer_limit

NO_FIELD = "there is no field “{code}”"
NO_CHOICES = "“{code}” is a choice with nothing to choose from: write choices"
STRAY_CHOICES = "“{code}” has choices but is no field of type choice"
TWICE = "the choice “{code}” stands twice"
NO_PURPOSE = "“{code}” is personal: say what for (purpose)"
NO_KEEP = "“{code}” is personal: name the limit after which it is erased (keep)"
STRAY_KEEP = "“{code}” has a purpose or a limit of keeping but is not personal: write personal = true"
PERSONAL_NAME = "a case is named by “{code}”, which is personal: names stand in lists and in the record"
UNNAMED = "a case is named by “{code}”, which need not be said when it is opened"
NEVER_SAID = "nothing ever asks for “{code}” or decides it"
NOBODY_TYPES = "“{code}” is done by nobody, so nobody can say “{field}”"
TYPED_DECISION = "“{code}” is decided by a table and asked for in step “{step}”: what is typed is overwritten"


def check(lens: Lens) -> None:
    """Everything about fields."""
    for number, one in enumerate(lens.spec.field):
        check_choices(lens, number, one)
        check_personal(lens, number, one)
        if one.code not in lens.said:
            lens.doubt(NEVER_SAID, "field", number, "code", code=one.code)
    lens.refer_all(lens.spec.asks, lens.fields, NO_FIELD, "asks")
    for number, step in enumerate(lens.spec.step):
        check_asks(lens, number, step)
    check_names(lens)


def check_choices(lens: Lens, number: int, one: FieldSpec) -> None:
    """Choices where a choice is made, each once."""
    if one.type is FieldType.CHOICE and not one.choices:
        lens.wrong(NO_CHOICES, "field", number, "type", code=one.code)
    if one.type is not FieldType.CHOICE and one.choices:
        hint = 'write type = "choice"'
        lens.wrong(STRAY_CHOICES, "field", number, "choices", code=one.code, hint=hint)
    values = [choice.value for choice in one.choices]
    for place, value in enumerate(values):
        if value in values[:place]:
            lens.wrong(TWICE, "field", number, "choices", place, "value", code=value)


def check_personal(lens: Lens, number: int, one: FieldSpec) -> None:
    """A personal value has a purpose and an end."""
    if not one.personal:
        if one.purpose or one.keep:
            lens.wrong(STRAY_KEEP, "field", number, "code", code=one.code)
        return
    if not one.purpose.strip():
        lens.wrong(NO_PURPOSE, "field", number, "personal", code=one.code)
    if not one.keep:
        months = [code for code, fact in lens.known.limits.items() if fact.unit == "month"]
        hint = f"limits in months: {', '.join(sorted(months)[:8])}" if months else ""
        lens.wrong(NO_KEEP, "field", number, "personal", code=one.code, hint=hint)
    else:
        refer_limit(lens, one.keep, ("month",), "field", number, "keep")


def check_asks(lens: Lens, number: int, step: StepSpec) -> None:
    """A step asks for declared fields, of somebody, and not for what a table says."""
    lens.refer_all(step.asks, lens.fields, NO_FIELD, "step", number, "asks")
    for place, name in enumerate(step.fields):
        if step.on == AUTOMATIC or step.on in lens.timers:
            lens.wrong(NOBODY_TYPES, "step", number, "asks", place, code=step.code, field=name)
        elif any(name == out.name for t in lens.spec.table if t.code in step.decides for out in t.output):
            lens.doubt(TYPED_DECISION, "step", number, "asks", place, code=name, step=step.code)


def check_names(lens: Lens) -> None:
    """What names a case, and what it is about."""
    spec = lens.spec
    if lens.refer(spec.headline, lens.fields, NO_FIELD, "headline"):
        if lens.fields[spec.headline].personal:
            lens.wrong(PERSONAL_NAME, "headline", code=spec.headline)
        copied = {name for effect, _ in lens.openers for name in effect.copies}
        if spec.headline not in {*spec.asks, *copied}:
            lens.doubt(UNNAMED, "headline", code=spec.headline)
    if spec.matter:
        lens.refer(spec.matter, lens.fields, NO_FIELD, "matter")


__all__ = ["NO_FIELD", "NO_LIMIT", "check"]

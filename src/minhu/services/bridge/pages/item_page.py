"""A guide of an item as a page shows it: codes of the dictionaries in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from minhu.packs.guides import ItemSpec
from minhu.services.bridge.pages.words import FORMS, STEPS, legal_words
from minhu.services.models import Bearer, Element, Material


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field of the guide."""

    bearer: str
    label: str
    key: str
    optional: bool
    condition: str
    clause: str


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A requirement of the guide: any of `ways`."""

    title: str
    ways: tuple[str, ...]
    form: str
    step: str
    waiver: str
    clause: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of the guide."""

    title: str
    kind: str
    days: str
    after: str
    visit: bool
    clause: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """A guide in words."""

    fields: tuple[FieldRow, ...]
    needs: tuple[NeedRow, ...]
    steps: tuple[StepLine, ...]
    results: tuple[tuple[str, str], ...]


def item_view(spec: ItemSpec) -> ItemView:
    """A guide with the words of the dictionaries; three queries."""
    bearers = dict(Bearer.objects.values_list("code", "title"))
    elements = dict(Element.objects.values_list("code", "title"))
    materials = dict(Material.objects.values_list("code", "name"))
    titles = {step.id: step.title for step in spec.step}
    return ItemView(
        tuple(
            FieldRow(
                bearers.get(one.role, one.role), one.label or elements.get(one.element, one.element), one.key,
                one.optional, one.condition, one.clause,
            )
            for one in spec.field
        ),
        tuple(
            NeedRow(
                one.title or one.id,
                tuple("、".join(materials.get(code, code) for code in each) for each in one.sets),
                str(FORMS[one.form]), titles.get(one.step, one.step),
                waiver_words(str(one.waiver), titles.get(one.deferred_to, "")), one.clause,
            )
            for one in spec.requirement
        ),
        tuple(
            StepLine(
                one.title, str(STEPS[one.kind]), legal_words(one.legal, one.promised, counted=one.counted),
                "、".join(titles.get(need, need) for need in one.needs), one.visit, one.clause,
            )
            for one in spec.step
        ),
        tuple(
            (materials.get(one.material, one.material), titles.get(one.step, one.step)) for one in spec.output
        ),
    )  # fmt: skip


def waiver_words(waiver: str, until: str) -> str:
    """What may stand in for a paper."""
    if waiver == "commit":
        return _("a commitment will do")
    return _("may come before “%s”") % until if waiver else ""

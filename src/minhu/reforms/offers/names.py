"""How the record and the search name reforms and what belongs to them; the edges this room mirrors."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from minhu.mandates.queries import with_names
from minhu.people.rules import Reader
from minhu.reforms.models import Inapplicable, Measure, Milestone, Postponement, Proof, Reform, Rule
from minhu.reforms.queries.finding import find_milestones, find_reforms
from minhu.ui.offers import DeedWord, Found, Named, ThingLink

Edges = Iterator[tuple[str, str, datetime]]


def found_reforms(text: str, reader: Reader, most: int) -> Iterable[Found]:
    """Reforms, then milestones, that hold the words."""
    if not reader.may("see_ledger"):
        return []
    found = [Found(row.name, row.get_absolute_url(), row.code) for row in find_reforms(text, most)]
    stones = find_milestones(text, most - len(found))
    return found + [Found(row.title, row.get_absolute_url(), row.reform.name) for row in stones]


def reform_links(keys: Collection[str]) -> dict[str, Named]:
    """Reforms by their names."""
    return {str(row.pk): (row.name, row.get_absolute_url()) for row in Reform.objects.filter(pk__in=keys)}


def measure_links(keys: Collection[str]) -> dict[str, Named]:
    """Measures by their titles, on the pages of their reforms."""
    rows = Measure.objects.filter(pk__in=keys).select_related("reform")
    return {str(row.pk): (row.title, row.reform.get_absolute_url()) for row in rows}


def milestone_links(keys: Collection[str]) -> dict[str, Named]:
    """Milestones by their titles."""
    rows = Milestone.objects.filter(pk__in=keys).select_related("reform")
    return {str(row.pk): (row.title, row.get_absolute_url()) for row in rows}


def proof_links(keys: Collection[str]) -> dict[str, Named]:
    """Proofs by what they show, at their milestones."""
    rows = Proof.objects.filter(pk__in=keys).select_related("milestone__reform")
    return {str(row.pk): (row.title, row.milestone.get_absolute_url()) for row in rows}


def rule_links(keys: Collection[str]) -> dict[str, Named]:
    """Rules by their titles, on the pages of their reforms."""
    rows = Rule.objects.filter(pk__in=keys).select_related("reform")
    return {str(row.pk): (row.title, f"{row.reform.get_absolute_url()}#rules") for row in rows}


def postponement_links(keys: Collection[str]) -> dict[str, Named]:
    """Postponements by their two dates, at their milestones."""
    rows = Postponement.objects.filter(pk__in=keys).select_related("milestone__reform")
    return {str(row.pk): (str(row), row.milestone.get_absolute_url()) for row in rows}


def inapplicable_links(keys: Collection[str]) -> dict[str, Named]:
    """“Not applicable” by the clause it is said of."""
    rows = with_names(Inapplicable.objects.filter(pk__in=keys).select_related("clause"), "clause__")
    return {str(row.pk): (row.clause.name, row.clause.get_absolute_url()) for row in rows}


def carried_edges() -> Edges:
    """Reform → milestone."""
    rows = Milestone.objects.order_by("id").values_list("reform", "pk", "added_at")
    for reform, pk, since in rows.iterator():
        yield f"reforms.reform:{reform}", f"reforms.milestone:{pk}", since


def proved_edges() -> Edges:
    """Milestone → proof."""
    rows = Proof.objects.order_by("id").values_list("milestone", "pk", "submitted_at")
    for milestone, pk, since in rows.iterator():
        yield f"reforms.milestone:{milestone}", f"reforms.proof:{pk}", since


def fixed_edges() -> Edges:
    """Reform → rule."""
    for reform, pk, since in Rule.objects.order_by("id").values_list("reform", "pk", "added_at").iterator():
        yield f"reforms.reform:{reform}", f"reforms.rule:{pk}", since


THINGS = [
    ThingLink("reforms.reform", reform_links),
    ThingLink("reforms.measure", measure_links),
    ThingLink("reforms.milestone", milestone_links),
    ThingLink("reforms.proof", proof_links),
    ThingLink("reforms.rule", rule_links),
    ThingLink("reforms.postponement", postponement_links),
    ThingLink("reforms.inapplicable", inapplicable_links),
]
DEEDS = [
    DeedWord("reforms.start_reform", _("started the reform")),
    DeedWord("reforms.revise_reform", _("revised the reform")),
    DeedWord("reforms.move_reform", _("moved the reform to another stage")),
    DeedWord("reforms.add_measure", _("added a measure")),
    DeedWord("reforms.revise_measure", _("revised a measure")),
    DeedWord("reforms.remove_measure", _("removed a measure")),
    DeedWord("reforms.add_milestone", _("added a milestone")),
    DeedWord("reforms.revise_milestone", _("revised a milestone")),
    DeedWord("reforms.remove_milestone", _("removed a milestone")),
    DeedWord("reforms.submit_proof", _("handed in a proof")),
    DeedWord("reforms.accept_proof", _("accepted a proof")),
    DeedWord("reforms.return_proof", _("returned a proof")),
    DeedWord("reforms.take_over_proof", _("entered a proof accepted earlier")),
    DeedWord("reforms.ask_postponement", _("asked for a postponement")),
    DeedWord("reforms.grant_postponement", _("granted a postponement")),
    DeedWord("reforms.refuse_postponement", _("refused a postponement")),
    DeedWord("reforms.write_rule", _("entered a rule")),
    DeedWord("reforms.change_rule", _("changed a rule")),
]

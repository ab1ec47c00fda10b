"""What departments should be asked before a one-thing is believed: promises, visits, steps, clauses."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from minhu.methods.composing import guide_queries
from minhu.methods.composing.legality import longest
from minhu.services.bridge.definitions import Whole


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question the software found, and whose it is."""

    code: str
    subject: str
    words: str
    department: str


def suggestions(whole: Whole) -> list[Suggestion]:
    """All of them, in the order of the items."""
    return [*promises(whole), *declared(whole), *bases(whole)]


def promises(whole: Whole) -> Iterator[Suggestion]:
    """A promise of the whole shorter than an item's own limit."""
    promised = whole.thing.promised_days
    for item, guide in zip(whole.definition.items, whole.bundle.guides, strict=False):
        own = longest(guide.steps, {step.id: whole.bundle.days(step.days) for step in guide.steps})
        if promised is not None and own > promised:
            words = _("The whole is promised in %(all)s days; “%(item)s” alone may take %(own)s: is that so?")
            said = {"all": promised, "item": item.name, "own": own}
            yield Suggestion("promise_shorter", item.name, words % said, item.department)


def declared(whole: Whole) -> Iterator[Suggestion]:
    """Guides that declare other visits than their steps, or no step at all."""
    guides = {guide.item: guide for guide in whole.bundle.guides}
    for query in guide_queries(whole.bundle.guides):
        item, guide = whole.items[query.where], guides[query.where]
        if query.code == "visits_differ":
            words = _("%(n)s visits are declared; %(steps)s steps call the applicant in: which is right?")
            said = {"n": guide.visits, "steps": sum(step.visit for step in guide.steps)}
            yield Suggestion(query.code, item.name, words % said, item.department)
        else:
            words = _("No step is described: who does what, in how many days?")
            yield Suggestion(query.code, item.name, words, item.department)


def bases(whole: Whole) -> Iterator[Suggestion]:
    """Guides whose articles nobody has looked up."""
    for item in whole.definition.items:
        open_ones = [one.document for one in item.basis if not one.article or one.strength == "assumed"]
        if open_ones:
            words = _("Which article of %s does this item rest on, in which edition?") % "、".join(open_ones)
            yield Suggestion("basis_open", item.name, words, item.department)

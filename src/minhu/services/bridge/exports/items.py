"""An item of one department in linked data: requirements with their evidence, outputs, fees, clauses."""

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from minhu.packs.guides import ItemOutput, ItemRequirement, ItemSpec
from minhu.services.bridge.definitions import Whole
from minhu.services.bridge.exports.addresses import YUAN
from minhu.services.bridge.exports.plain import Words
from minhu.services.bridge.exports.triples import Iri, Said, Typed
from minhu.services.bridge.pages.words import FORMS

LENT = ("cv:holdsRequirement", "cpsv:hasInput", "cv:hasInputType", "cpsv:produces", "cpsv:follows",
        "cv:hasLegalResource", "cv:hasCost", "cv:hasChannel")  # fmt: skip
"""What an item has, its one-thing has too."""


class ItemWriter:
    """Writes one item of a one-thing into a graph."""

    def __init__(self, whole: Whole, item: ItemSpec, words: Words) -> None:
        self.whole, self.item, self.words = whole, item, words
        self.graph, self.at, self.thing = words.graph, words.at, whole.thing.code
        self.service = self.at.part(self.thing, "item", item.code)

    def write(self) -> None:
        """Everything of it."""
        item, words = self.item, self.words
        about = [item.summary, item.subject and _("For: %s") % item.subject, self.when(item.condition)]
        said: Said = {
            "dct:identifier": Typed(item.code),
            "dct:title": words.text(item.name),
            "dct:description": words.text("\n".join(filter(None, about)) or item.name),
            "dct:language": words.language(),
            "dct:spatial": words.place(),
            "dct:type": words.concept("kind", "", item.kind),
            "cv:hasCompetentAuthority": words.unit(item.department),
            "owl:versionInfo": Typed(item.version),
            "cpsv:follows": self.rules(),
            "cv:hasLegalResource": [words.document(one.document) for one in item.basis],
            "cv:holdsRequirement": [self.requirement(one) for one in item.requirement],
            "cpsv:hasInput": [iri for one in item.requirement for iri in self.evidence(one)],
            "cv:hasInputType": list(map(self.evidence_type, self.asked())),
            "cpsv:produces": [self.output(one) for one in item.output],
            "cv:hasCost": list(self.cost()),
            "cv:hasChannel": list(self.windows()),
            "dct:requires": list(self.requires()),
        }
        self.graph.describe(self.service, ["cpsv:PublicService"], said)

    def lend(self, service: Iri) -> None:
        """The one-thing has what its items have."""
        mine = self.graph.nodes[self.service.iri]
        for predicate in LENT:
            if predicate in mine:
                self.graph.say(service, predicate, *mine[predicate])

    def when(self, condition: str) -> str:
        """In which situations only."""
        words = situation_words(self.whole, condition)
        return words and _("Only if: %s") % words

    def asked(self) -> list[str]:
        """The materials it may ask for."""
        codes = (code for need in self.item.requirement for one in need.sets for code in one)
        return list(dict.fromkeys(codes))

    def rules(self) -> list[Iri]:
        """The clauses it rests on, and those of its steps with their days."""
        rules = [self.words.rule(one) for one in self.item.basis]
        for step in self.item.step:
            if step.clause:
                rules.append(self.words.clause(step.clause, *self.documents(step.clause)))
        return rules

    def documents(self, clause: str) -> Iterator[Iri]:
        """The documents a clause stands in, where its words begin with one the item names."""
        for one in self.item.basis:
            if clause.startswith(one.document):
                yield self.words.document(one.document)

    def requirement(self, need: ItemRequirement) -> Iri:
        """What must be at hand: any one of its lists, everything in it."""
        iri = self.at.part(self.thing, "requirement", self.item.code, need.id)
        clause = need.clause or (self.item.basis[0].words if self.item.basis else "")
        said: Said = {
            "dct:identifier": Typed(f"{self.item.code}-{need.id}"),
            "dct:title": self.words.text(need.title or self.sets_words(need)),
            "dct:description": self.words.text("\n".join(self.describing(need))),
            "cv:fulfils": [self.words.clause(clause, *self.documents(clause))] if clause else [],
            "cv:hasSupportingEvidence": list(self.evidence(need)),
            "cv:hasEvidenceTypeList": [self.listed(need, n) for n in range(len(need.sets))],
        }
        return self.graph.describe(iri, ["cv:Requirement"], said)

    def describing(self, need: ItemRequirement) -> Iterator[str]:
        """A requirement in words: papers, form, age, what may come later, in which situations."""
        yield f"{self.sets_words(need)}（{FORMS[need.form]}）"
        if need.validity_days:
            yield _("not older than %s days") % need.validity_days
        if str(need.waiver) == "commit":
            yield _("A written commitment may stand in for it")
        if str(need.waiver) == "defer":
            yield _("It may be brought later")
        if words := self.when(need.condition):
            yield words

    def sets_words(self, need: ItemRequirement) -> str:
        """Its papers in words."""
        return " / ".join("、".join(map(self.material, one)) for one in need.sets)

    def material(self, code: str) -> str:
        """What a material is called."""
        return self.whole.materials[code].name if code in self.whole.materials else code

    def listed(self, need: ItemRequirement, number: int) -> Iri:
        """One of the lists that meet a requirement."""
        iri = self.at.part(self.thing, "list", self.item.code, need.id, str(number + 1))
        types = list(map(self.evidence_type, need.sets[number]))
        said: Said = {
            "dct:identifier": Typed(f"{self.item.code}-{need.id}-{number + 1}"),
            "cv:specifiesEvidenceType": types,
        }
        return self.graph.describe(iri, ["cv:EvidenceTypeList"], said)

    def evidence_type(self, code: str) -> Iri:
        """A type of material."""
        said: Said = {"dct:identifier": Typed(code), "dct:title": self.words.text(self.material(code))}
        return self.graph.describe(self.at.common("material", code), ["cv:EvidenceType"], said)

    def evidence(self, need: ItemRequirement) -> Iterator[Iri]:
        """The papers of a requirement, each in the form it is wanted in."""
        supports = self.at.part(self.thing, "requirement", self.item.code, need.id)
        for code in dict.fromkeys(code for one in need.sets for code in one):
            iri = self.at.part(self.thing, "paper", code, str(need.form))
            said: Said = {
                "dct:identifier": Typed(f"{code}-{need.form}"),
                "dct:title": self.words.text(self.material(code)),
                "dct:type": self.words.concept("form", str(need.form), str(FORMS[need.form])),
                "dct:language": self.words.language(), "dct:conformsTo": self.evidence_type(code),
                "cv:supportsRequirement": supports,
            }  # fmt: skip
            yield self.graph.describe(iri, ["cv:Evidence"], said)

    def output(self, one: ItemOutput) -> Iri:
        """What comes of it."""
        iri = self.at.part(self.thing, "output", self.item.code, one.material)
        said: Said = {
            "dct:identifier": Typed(f"{self.item.code}-{one.material}"),
            "dct:title": self.words.text(self.material(one.material)),
            "dct:type": self.words.concept("material-type", one.material, self.material(one.material)),
            "dct:language": self.words.language(),
        }
        return self.graph.describe(iri, ["cv:Output"], said)

    def cost(self) -> Iterator[Iri]:
        """Its fee; where nothing is said of one, there is none."""
        item, words = self.item, self.words
        if item.fee_yuan or item.fee_note:
            said: Said = {
                "dct:identifier": Typed(f"{item.code}-fee"),
                "dct:description": words.text(item.fee_note) if item.fee_note else [],
                "cv:hasValue": Typed(f"{item.fee_yuan:.2f}", "xsd:double"),
                "cv:currency": words.named(YUAN, _("yuan")),
                "cv:isDefinedBy": words.unit(item.department),
            }
            yield self.graph.describe(self.at.part(self.thing, "fee", item.code), ["cv:Cost"], said)

    def windows(self) -> Iterator[Iri]:
        """Where the applicant is called in."""
        for window in dict.fromkeys(step.window for step in self.item.step if step.visit and step.window):
            said: Said = {
                "dct:identifier": Typed(f"{self.item.code}-{window}"),
                "dct:description": self.words.text(window),
                "dct:type": self.words.concept("channel", "visit", _("in person")),
                "cv:ownedBy": self.words.unit(self.item.department),
            }
            iri = self.at.part(self.thing, "channel", self.item.code, window)
            yield self.graph.describe(iri, ["cv:Channel"], said)

    def requires(self) -> Iterable[Iri]:
        """The items whose outputs it may use."""
        asked = set(self.asked())
        for other in self.whole.definition.items:
            if other.code != self.item.code and asked & {one.material for one in other.output}:
                yield self.at.part(self.thing, "item", other.code)


def situation_words(whole: Whole, condition: str) -> str:
    """A condition with its questions, fields and joining words as people say them."""
    names = {one.code: f"“{one.text}”" for one in whole.thing.question}
    names |= {"or": pgettext("condition", "or"), "and": pgettext("condition", "and"),
              "in": pgettext("condition", "is one of"), "not": pgettext("condition", "not")}  # fmt: skip

    def named(found: re.Match[str]) -> str:
        word = found[0]
        role, dot, element = word.partition(".")
        if dot and element in whole.elements:
            return f"{whole.bearers.get(role, role)}·{whole.elements[element].title}"
        return names.get(word, word)

    return re.sub(r"[\w.-]+", named, condition)

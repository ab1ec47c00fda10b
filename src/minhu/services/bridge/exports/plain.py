"""What all one-things have in common in linked data: organisations, places, documents, clauses, concepts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from minhu.packs.guides import BasisSpec
from minhu.services.bridge.exports.addresses import LANGUAGE, Addresses
from minhu.services.bridge.exports.triples import Graph, Iri, Said, Text, Typed

ENGLISH = Iri("http://publications.europa.eu/resource/authority/language/ENG")


@dataclass(frozen=True, slots=True)
class Facts:
    """What an export knows besides the definition. `house`: the public address; `days`: least, most promised.

    `units`: full names of organisations; `publisher`: the one that publishes the catalogue; `language`: of
    the data, such as `zh-hans`; `family`: the confirmed family (一类事) it belongs to.
    """

    house: str
    place: str
    language: str
    units: Mapping[str, str]
    publisher: str
    number: int = 1
    published_on: date | None = None
    days: tuple[int, int] | None = None
    family: str = ""

    @property
    def tag(self) -> str:
        """The language as a tag of BCP 47."""
        head, _dash, script = self.language.partition("-")
        return f"{head}-{script.title()}" if script else head


@dataclass(slots=True)
class Words:
    """Describes common things in a graph, each once, and gives their addresses."""

    facts: Facts
    graph: Graph = field(default_factory=Graph)

    @property
    def at(self) -> Addresses:
        """The public addresses."""
        return Addresses(self.facts.house)

    def text(self, words: str) -> Text:
        """Words in the language of the data."""
        return Text(words, self.facts.tag)

    def language(self) -> Iri:
        """The language of the data."""
        iri = LANGUAGE if self.facts.tag.startswith("zh") else ENGLISH
        return self.graph.describe(iri, ["dct:LinguisticSystem"], {})

    def place(self) -> Iri:
        """Where all of it holds."""
        said: Said = {"rdfs:label": self.text(self.facts.place)}
        return self.graph.describe(self.at.common("place"), ["dct:Location"], said)

    def unit(self, code: str) -> Iri:
        """An organisation."""
        name = self.text(self.facts.units.get(code, code))
        said: Said = {
            "dct:identifier": Typed(code), "dct:title": name, "skos:prefLabel": name,
            "dct:spatial": self.place(),
        }  # fmt: skip
        types = ["cv:PublicOrganisation", "org:Organization", "foaf:Agent"]
        return self.graph.describe(self.at.common("unit", code), types, said)

    def concept(self, kind: str, code: str, words: str) -> Iri:
        """A concept by its code, or by its words where there is no code."""
        iri = self.at.common(kind, code) if code else self.at.said(kind, words)
        return self.named(iri, words)

    def named(self, iri: Iri, words: str) -> Iri:
        """A concept with an address of its own."""
        return self.graph.describe(iri, ["skos:Concept"], {"skos:prefLabel": self.text(words)})

    def document(self, name: str) -> Iri:
        """A law, a regulation, a rule."""
        said: Said = {"dct:title": self.text(name), "rdfs:label": self.text(name)}
        return self.graph.describe(self.at.said("document", name), ["eli:LegalResource"], said)

    def rule(self, basis: BasisSpec) -> Iri:
        """A clause an item rests on."""
        iri = self.clause(basis.words, self.document(basis.document))
        if basis.note:
            self.graph.say(iri, "skos:note", self.text(basis.note))
        return iri

    def clause(self, words: str, *documents: Iri) -> Iri:
        """A clause by its words, and the documents it stands in."""
        iri = self.at.said("clause", words)
        said: Said = {
            "dct:identifier": Typed(iri.iri.rsplit(".", 1)[-1]), "dct:title": self.text(words),
            "dct:description": self.text(words), "cpsv:implements": documents,
            "dct:language": self.language(),
        }  # fmt: skip
        return self.graph.describe(iri, ["cpsv:Rule"], said)

    def catalogue(self) -> Iri:
        """The catalogue, as far as it is the same wherever it is named."""
        title = self.text(_("Catalogue of one-things of %(place)s") % {"place": self.facts.place})
        said: Said = {
            "dct:title": title, "dct:description": title, "dct:publisher": self.unit(self.facts.publisher),
            "dcat:landingPage": self.page(self.at.catalogue_page), "dct:language": self.language(),
        }  # fmt: skip
        return self.graph.describe(self.at.catalogue, ["dcat:Dataset"], said)

    def page(self, iri: Iri) -> Iri:
        """A page people read."""
        return self.graph.describe(iri, ["foaf:Document"], {})

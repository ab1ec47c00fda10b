"""A published one-thing as linked data by CPSV-AP 3.2.0: one public service and those of its items.

The one-thing and each of its items are public services; the one-thing names its items as related services.
Requirements carry their alternatives as evidence type lists (CCCEV). All situations of the version are in it;
what holds in some only says so in words. Nothing of any applicant is read.
"""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from minhu.services.bridge.definitions import Whole
from minhu.services.bridge.exports.addresses import COMPLETED
from minhu.services.bridge.exports.items import ItemWriter
from minhu.services.bridge.exports.plain import Facts, Words
from minhu.services.bridge.exports.triples import Graph, Iri, Said, Text, Typed
from minhu.services.bridge.pages.words import stage_words
from minhu.services.states import Audience, Tier


def service_graph(whole: Whole, facts: Facts) -> Graph:
    """A one-thing with everything it is made of."""
    words = Words(facts)
    writer = ServiceWriter(whole, words)
    writer.write()
    return words.graph


def catalogue_graph(rows: Iterable[tuple[Whole, Facts]], facts: Facts) -> Graph:
    """The catalogue: its one-things with titles, authorities and events; each says where the rest is."""
    words = Words(facts)
    services = [ServiceWriter(whole, Words(one, words.graph)).head() for whole, one in rows]
    words.graph.say(words.catalogue(), "dct:hasPart", *services)
    return words.graph


class ServiceWriter:
    """Writes one one-thing into a graph."""

    def __init__(self, whole: Whole, words: Words) -> None:
        self.whole, self.words = whole, words
        self.thing, self.graph, self.at = whole.thing, words.graph, words.at
        self.service = self.at.service(self.thing.code)

    def head(self) -> Iri:
        """What a catalogue says of it."""
        words, thing, facts = self.words, self.thing, self.words.facts
        page = words.page(self.at.page(thing.code))
        said: Said = {
            "dct:identifier": Typed(thing.code),
            "dct:title": words.text(thing.name),
            "dct:description": words.text(thing.summary or thing.name),
            "dct:language": words.language(),
            "dct:spatial": words.place(),
            "cv:hasCompetentAuthority": words.unit(thing.lead),
            "cv:isGroupedBy": self.event(),
            "dct:audience": words.concept("audience", thing.audience, label(Audience, thing.audience)),
            "cv:isClassifiedBy": self.classes(),
            "adms:status": words.named(COMPLETED, _("published")),
            "owl:versionInfo": Typed(str(facts.number)),
            "foaf:page": page,
            "rdfs:seeAlso": [Iri(f"{page.iri[:-1]}.jsonld"), Iri(f"{page.iri[:-1]}.ttl")],
            "dct:issued": day(facts),
            "skos:note": list(self.notes()),
        }
        self.graph.describe(self.service, ["cpsv:PublicService"], said)
        self.time()
        return self.service

    def write(self) -> None:
        """Everything."""
        self.head()
        self.graph.say(self.service, "dct:isPartOf", self.words.catalogue())
        self.graph.say(self.service, "cv:hasChannel", self.channel())
        self.graph.say(self.service, "cv:contactPoint", self.contact())
        self.graph.say(self.service, "cv:hasParticipation", *self.participations())
        for item in self.whole.definition.items:
            writer = ItemWriter(self.whole, item, self.words)
            writer.write()
            self.graph.say(self.service, "cv:relatedService", writer.service)
            writer.lend(self.service)

    def event(self) -> Iri:
        """The life event or business event it belongs to."""
        is_business = self.thing.audience == Audience.ENTERPRISE.value
        stage = str(self.thing.stage)
        said: Said = {
            "dct:identifier": Typed(stage), "dct:title": self.words.text(stage_words(stage)),
            "cv:hasRelatedService": self.service,
        }  # fmt: skip
        kind = "cv:BusinessEvent" if is_business else "cv:LifeEvent"
        return self.graph.describe(self.at.common("event", stage), [kind, "cv:Event"], said)

    def classes(self) -> list[Iri]:
        """The list it stands in, and its family."""
        words, family = self.words, self.words.facts.family
        found = [words.concept("list", self.thing.tier, label(Tier, self.thing.tier))]
        return [*found, words.concept("family", "", family)] if family else found

    def notes(self) -> Iterator[Text]:
        """What a reader must know: that it is made up, which situations there are."""
        if self.thing.illustrative:
            yield self.words.text(_("Illustrative: written for demonstration, issued by no office."))
        if self.thing.reconstructed:
            yield self.words.text(_("Rebuilt from published counts, to test the arithmetic: no evidence."))
        for question in self.thing.question:
            yield self.words.text(f"{question.text} {' / '.join(question.options)}")

    def time(self) -> None:
        """The promise: exact in words of working days, and as an estimate in days of the calendar."""
        if self.words.facts.days is None:
            return
        least, most = self.words.facts.days
        exact = _("Ready within %(n)s working days") % {"n": most if least == most else f"{least}–{most}"}
        self.graph.say(self.service, "skos:note", self.words.text(exact))
        self.graph.say(self.service, "cv:processingTime", calendar_time(most))

    def channel(self) -> Iri:
        """One applies online."""
        words = self.words
        said: Said = {
            "dct:identifier": Typed(f"{self.thing.code}-online"),
            "dct:description": words.text(_("Apply online, once, for everything")),
            "dct:type": words.concept("channel", "online", _("online")),
            "cv:ownedBy": words.unit(self.thing.lead),
            "foaf:page": words.page(self.at.apply(self.thing.code)),
        }
        return self.graph.describe(self.at.part(self.thing.code, "channel", "online"), ["cv:Channel"], said)

    def contact(self) -> Iri:
        """Where one asks."""
        page = self.words.page(self.at.page(self.thing.code))
        iri = self.at.part(self.thing.code, "contact")
        return self.graph.describe(iri, ["cv:ContactPoint"], {"cv:contactPage": page})

    def participations(self) -> Iterator[Iri]:
        """The departments that decide, each with its items."""
        words = self.words
        role = words.concept("role", "decides", _("takes part and decides"))
        for code in dict.fromkeys(item.department for item in self.whole.definition.items):
            names = "、".join(i.name for i in self.whole.definition.items if i.department == code)
            unit, iri = words.unit(code), self.at.part(self.thing.code, "part", code)
            said: Said = {
                "dct:identifier": Typed(f"{self.thing.code}-{code}"), "dct:description": words.text(names),
                "cv:role": role, "cv:hasParticipant": unit,
            }  # fmt: skip
            self.graph.describe(iri, ["cv:Participation"], said)
            self.graph.say(unit, "cv:participates", iri)
            yield iri


def label(choices: type[Audience] | type[Tier], code: str) -> str:
    """A choice in words."""
    return str(choices(code).label)


def day(facts: Facts) -> list[Typed]:
    """When it was published."""
    return [Typed(facts.published_on.isoformat(), "xsd:date")] if facts.published_on else []


def calendar_time(working_days: int) -> Typed:
    """Working days as a duration: weeks of five; holidays are not in it, so it is an estimate."""
    weeks, rest = divmod(working_days, 5)
    return Typed(f"P{7 * weeks + rest}D", "xsd:duration")

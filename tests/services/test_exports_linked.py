"""Linked data of one-things: valid by the official shapes of CPSV-AP 3.2.0, the same in both spellings."""

import json

import pytest
from pyshacl import validate
from rdflib import DCTERMS, RDF, Literal, Namespace, URIRef
from rdflib import Graph as Triples

from minhu.services.bridge.exports.cpsv import calendar_time, catalogue_graph, service_graph
from minhu.services.bridge.exports.items import situation_words
from minhu.services.bridge.exports.triples import Graph, Iri, Text, Typed, json_ld, turtle
from tests.factories.exports import HOUSE, every, facts, read_json_ld, wholes

CPSV, CV = Namespace("http://purl.org/vocab/cpsv#"), Namespace("http://data.europa.eu/m8g/")
SHAPES, CONTEXT = "data/cpsv_ap/cpsv-ap-SHACL-3.2.0.ttl", "data/cpsv_ap/context-3.2.0.jsonld"
EVERY = pytest.mark.parametrize(("pack", "code"), list(every()))
BEYOND = {
    "owl:versionInfo", "rdfs:seeAlso", "rdfs:label", "skos:note", "foaf:page", "dct:issued",
    "cv:hasEvidenceTypeList", "cv:specifiesEvidenceType", "rdf:type",
}  # fmt: skip
"""What we say beyond the profile: plain notes, and the alternatives of a requirement by CCCEV."""


def read(graph: Graph) -> Triples:
    """The triples of a graph as a stranger reads them, from Turtle."""
    return Triples().parse(data=turtle(graph), format="turtle")


def complaints(triples: Triples, shapes: Triples) -> str:
    """What the official shapes say; nothing if all is well."""
    conforms, _report, words = validate(triples, shacl_graph=shapes)
    return "" if conforms else words


@pytest.fixture
def shapes(shared) -> Triples:
    """The official shapes."""
    return Triples().parse(shared / SHAPES)


@EVERY
def test_each_one_thing_keeps_the_official_shapes(pack: str, code: str, shapes: Triples) -> None:
    assert complaints(read(service_graph(wholes(pack)[code], facts())), shapes) == ""


def test_the_catalogue_keeps_them_too(shapes: Triples) -> None:
    rows = [(whole, facts()) for whole in wholes("jiangbei").values()]
    assert complaints(read(catalogue_graph(rows, facts())), shapes) == ""


@pytest.mark.parametrize("lost", [CV.hasCompetentAuthority, DCTERMS.identifier, DCTERMS.description])
def test_the_shapes_do_complain(lost: URIRef, shapes: Triples) -> None:
    triples = read(service_graph(wholes("tiny")["kerb"], facts()))
    triples.remove((URIRef(f"{HOUSE}/services/guide/kerb/#service"), lost, None))
    assert str(lost).rsplit("/", 1)[-1] in complaints(triples, shapes)


@EVERY
def test_both_spellings_say_the_same(pack: str, code: str) -> None:
    graph = service_graph(wholes(pack)[code], facts(family="小店开办类"))
    assert set(read_json_ld(json_ld(graph))) == set(read(graph))


def test_only_words_of_the_profile_are_used(shared) -> None:
    context = json.loads((shared / CONTEXT).read_text())["@context"]
    official = {one["@id"] if isinstance(one, dict) else one for one in context.values()}
    said: set[str] = set()
    for pack, code in every():
        graph = service_graph(wholes(pack)[code], facts())
        prefixes = json.loads(json_ld(graph))["@context"]
        for node in graph.nodes.values():
            said |= {one for one in node if prefixes[one.split(":")[0]] + one.split(":")[1] not in official}
    assert said == BEYOND & said
    assert {"cv:hasEvidenceTypeList", "owl:versionInfo"} <= said


def test_what_the_guide_says_is_in_it() -> None:
    whole = wholes("jiangbei")["restaurant"]
    triples = read(service_graph(whole, facts(family="企业准入准营类")))
    service = URIRef(f"{HOUSE}/services/guide/restaurant/#service")
    items = set(triples.objects(service, CV.relatedService))
    assert items == {URIRef(f"{HOUSE}/services/guide/restaurant/#item.{item}") for item in whole.items}
    needs = [need for item in whole.items.values() for need in item.requirement]
    assert len(set(triples.objects(service, CV.holdsRequirement))) == len(needs)
    lists = set(triples.subjects(RDF.type, CV.EvidenceTypeList))
    assert len(lists) == sum(len(need.sets) for need in needs)
    events = list(triples.objects(service, CV.isGroupedBy))
    assert [triples.value(event, DCTERMS.identifier) for event in events] == [Literal("licence")]
    assert (events[0], RDF.type, CV.BusinessEvent) in triples
    named = {
        str(one) for one in triples.objects(None, URIRef("http://www.w3.org/2004/02/skos/core#prefLabel"))
    }
    assert {"企业准入准营类", "市场监督管理局", "行政许可"} <= named
    outputs = {(item.code, one.material) for item in whole.items.values() for one in item.output}
    assert len(set(triples.objects(service, CPSV.produces))) == len(outputs)
    assert str(triples.value(service, CV.processingTime)) == "P9D"


def test_an_item_requires_the_one_whose_output_it_uses() -> None:
    triples = read(service_graph(wholes("jiangbei")["restaurant"], facts()))
    at = f"{HOUSE}/services/guide/restaurant/#item."
    permit, licence = URIRef(f"{at}food-permit"), URIRef(f"{at}licence")
    assert (permit, DCTERMS.requires, licence) in triples
    assert (licence, DCTERMS.requires, permit) not in triples


def test_addresses_stay_whatever_else_changes() -> None:
    whole = wholes("tiny")["kerb"]
    first, second = (service_graph(whole, facts(number=n, days=(n, n))) for n in (1, 2))
    assert list(first.nodes) == list(second.nodes)
    assert all(address.startswith((f"{HOUSE}/", "http://p")) for address in first.nodes)


@pytest.mark.parametrize(("days", "words"), [(0, "P0D"), (4, "P4D"), (5, "P7D"), (13, "P17D")])
def test_working_days_become_weeks(days: int, words: str) -> None:
    assert calendar_time(days) == Typed(words, "xsd:duration")


def test_a_condition_is_said_in_words() -> None:
    whole = wholes("jiangbei")["newborn"]
    words = situation_words(whole, "parents = 婚内生育 or newborn.register_with = 随父亲")
    question = next(one.text for one in whole.thing.question if one.code == "parents")
    title = f"{whole.bearers['newborn']}·{whole.elements['register_with'].title}"
    assert words == f"“{question}” = 婚内生育 或 {title} = 随父亲"


def test_every_sign_survives_both_spellings() -> None:
    graph, words = Graph(), 'a "b" \\ c\n\t\x7f 中 é 𠀀 <x> @zh ^^'
    graph.say(Iri(f"{HOUSE}/x"), "dct:title", Text(words, "zh-Hans"), Typed(words), Text(words, "zh-Hans"))
    found = set(read(graph).objects())
    assert found == {Literal(words, lang="zh-Hans"), Literal(words)}
    assert found == set(read_json_ld(json_ld(graph)).objects())

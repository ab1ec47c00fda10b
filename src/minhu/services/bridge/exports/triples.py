"""A small graph of linked data, written as JSON-LD 1.1 or as Turtle; both say exactly the same triples."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

PREFIXES: Mapping[str, str] = {
    "adms": "http://www.w3.org/ns/adms#",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True, slots=True)
class Iri:
    """A thing by its address."""

    iri: str


@dataclass(frozen=True, slots=True)
class Text:
    """Words in a language."""

    words: str
    language: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A value of a datatype, such as `xsd:date`; without one it is a plain string."""

    value: str
    datatype: str = ""


Value = Iri | Text | Typed
Said = Mapping[str, Value | Iterable[Value]]


@dataclass(slots=True)
class Graph:
    """Triples by subject and predicate (`dct:title`), in the order in which they were said, each once."""

    nodes: dict[str, dict[str, list[Value]]] = field(default_factory=dict)

    def say(self, subject: Iri, predicate: str, *values: Value) -> None:
        """Add triples."""
        known = self.nodes.setdefault(subject.iri, {}).setdefault(predicate, [])
        known += [value for value in dict.fromkeys(values) if value not in known]

    def be(self, subject: Iri, *types: str) -> None:
        """Say of what classes something is (`cpsv:PublicService`)."""
        self.say(subject, "rdf:type", *(Iri(expanded(one)) for one in types))

    def describe(
        self, subject: Iri, types: Iterable[str], said: Mapping[str, Value | Iterable[Value]]
    ) -> Iri:
        """Say what something is and all that is known of it; what is empty is not said."""
        self.be(subject, *types)
        for predicate, values in said.items():
            several = [values] if isinstance(values, Iri | Text | Typed) else list(values)
            if several:
                self.say(subject, predicate, *several)
        return subject


def expanded(short: str) -> str:
    """The address behind `prefix:name`."""
    prefix, _colon, name = short.partition(":")
    return PREFIXES[prefix] + name


def segment(code: str) -> str:
    """A code as a part of an address."""
    return quote(code, safe="-._~")


def json_ld(graph: Graph) -> str:
    """The graph as JSON-LD with its prefixes in it: nothing has to be fetched to read it."""
    rows = [{"@id": subject, **node_json(said)} for subject, said in graph.nodes.items()]
    return json.dumps({"@context": dict(PREFIXES), "@graph": rows}, ensure_ascii=False, indent=1) + "\n"


def node_json(said: Mapping[str, list[Value]]) -> dict[str, Any]:
    """What is said of one subject."""
    found: dict[str, Any] = {}
    for predicate, values in said.items():
        if predicate == "rdf:type":
            found["@type"] = [value.iri for value in values if isinstance(value, Iri)]
        else:
            plain = [value_json(value) for value in values]
            found[predicate] = plain[0] if len(plain) == 1 else plain
    return found


def value_json(value: Value) -> Any:
    """One value."""
    if isinstance(value, Iri):
        return {"@id": value.iri}
    if isinstance(value, Text):
        return {"@value": value.words, "@language": value.language}
    return {"@value": value.value, "@type": value.datatype} if value.datatype else value.value


def turtle(graph: Graph) -> str:
    """The graph as Turtle."""
    head = "".join(f"@prefix {prefix}: <{address}> .\n" for prefix, address in PREFIXES.items())
    return head + "".join(node_turtle(subject, said) for subject, said in graph.nodes.items())


def node_turtle(subject: str, said: Mapping[str, list[Value]]) -> str:
    """One subject with all that is said of it."""
    lines = [
        f"{'a' if predicate == 'rdf:type' else predicate} {', '.join(map(value_turtle, values))}"
        for predicate, values in said.items()
    ]
    return f"\n<{subject}>\n    " + " ;\n    ".join(lines) + " .\n"


def value_turtle(value: Value) -> str:
    """One value; a JSON string is a Turtle string too."""
    if isinstance(value, Iri):
        return f"<{value.iri}>"
    if isinstance(value, Text):
        return f"{json.dumps(value.words, ensure_ascii=False)}@{value.language}"
    words = json.dumps(value.value, ensure_ascii=False)
    return f"{words}^^{value.datatype}" if value.datatype else words

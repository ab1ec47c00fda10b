"""One-things of the packs for exports: read from their files, without a database."""

import warnings
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from rdflib import Graph

from minhu.packs import open_pack
from minhu.packs.guides import BEARERS, ELEMENTS, ITEMS, MATERIALS, THINGS, define
from minhu.services.bridge.definitions import Whole
from minhu.services.bridge.exports.plain import Facts

PACKS = Path(__file__).resolve().parents[2] / "packs"
HOUSE = "https://minhu.example"
SECTIONS = (BEARERS, ELEMENTS, MATERIALS, ITEMS, THINGS)


@cache
def wholes(name: str) -> dict[str, Whole]:
    """The one-things of a pack by code."""
    pack = open_pack(PACKS / name)
    read = {section.name: [row.item for row in pack.read(section)] for section in SECTIONS}
    return {
        thing.code: Whole(
            define(thing, read["items"], read["materials"], read["elements"], read["bearers"]), thing.code
        )
        for thing in read["things"]
    }


def facts(**more: object) -> Facts:
    """What an export knows of its house."""
    said = {
        "house": HOUSE, "place": "江北区", "language": "zh-hans", "publisher": "office",
        "units": {"shichang": "市场监督管理局"}, "number": 3, "days": (3, 7),
        "published_on": date(2026, 11, 20),
    }  # fmt: skip
    return Facts(**(said | more))  # type: ignore[arg-type]


def every() -> Iterator[tuple[str, str]]:
    """Pack and code of every one-thing there is."""
    for name in ("jiangbei", "tiny"):
        for code in wholes(name):
            yield name, code


def read_json_ld(text: str | bytes) -> Graph:
    """The triples of JSON-LD as a stranger reads them."""
    with warnings.catch_warnings():
        # rdflib 7 calls its own deprecated class when it reads JSON-LD.
        warnings.filterwarnings("ignore", "ConjunctiveGraph is deprecated", DeprecationWarning)
        return Graph().parse(data=text, format="json-ld")

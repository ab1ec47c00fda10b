"""Item guides, one-things and their definitions as plain JSON and back, and the digests that name them."""

import hashlib
from typing import Any, TypeVar

from minhu.packs.guides.building import Definition
from minhu.packs.guides.specs import BearerSpec, ElementSpec, ItemSpec, MaterialSpec, ThingSpec
from minhu.packs.plain import canonical, plain_of, spec_of

Spec = Definition | ItemSpec | ThingSpec | MaterialSpec | ElementSpec | BearerSpec
S = TypeVar("S", Definition, ItemSpec, ThingSpec, MaterialSpec, ElementSpec, BearerSpec)


def to_plain(spec: Spec) -> dict[str, Any]:
    """A spec as JSON; what equals its default is left out."""
    return plain_of(spec)


def from_plain(kind: type[S], plain: dict[str, Any]) -> S:
    """The spec of this kind that `to_plain` wrote; raises PackError naming the way to what is wrong."""
    return spec_of(kind, plain, kind.__name__.removesuffix("Spec").lower())


def digest_of(spec: Spec) -> str:
    """sha256 of a spec in the one spelling of its JSON: equal digests mean equal guides."""
    return hashlib.sha256(canonical(to_plain(spec))).hexdigest()

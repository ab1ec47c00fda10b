"""A kind of case as plain JSON and back, and the digest that names a version of it."""

import hashlib
from dataclasses import replace
from typing import Any

from minhu.packs.kinds import KindSpec
from minhu.packs.plain import DAY, NUMBER, canonical, plain_of, spec_of

__all__ = ["DAY", "NUMBER", "canonical", "digest_of", "from_plain", "to_plain"]


def to_plain(spec: KindSpec) -> dict[str, Any]:
    """A kind as JSON. What equals its default is left out: a new key of the format changes no digest."""
    return plain_of(spec)


def from_plain(plain: dict[str, Any]) -> KindSpec:
    """The kind that `to_plain` wrote; raises PackError if it is none."""
    return spec_of(KindSpec, plain, "kind")


def digest_of(spec: KindSpec) -> str:
    """sha256 of a kind without its traces: they try a kind and do not change how its cases go."""
    return hashlib.sha256(canonical(to_plain(replace(spec, trace=())))).hexdigest()

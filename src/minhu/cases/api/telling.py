"""The record of a case as plain values: what programs may know of each deed."""

from collections.abc import Iterable, Mapping
from typing import Any

from minhu.cases.bridge.compiling import Compiled
from minhu.cases.bridge.pages.telling import title_of
from minhu.trail.models import Entry

DEEDS = ("cases.open", "cases.act")
"""Deeds whose payload is told; of the others only who did them and when."""


def entry_of(kind: Compiled, entry: Entry) -> dict[str, Any]:
    """One deed."""
    said: Mapping[str, Any] = entry.payload if entry.deed in DEEDS else {}
    return {
        "seq": entry.seq, "at": entry.at, "deed": entry.deed, "step": said.get("step", ""),
        "title": title_of(kind, entry), "rev": said.get("rev"), "post": entry.actor_post,
        "organisation": entry.actor_organisation, "asked": entry.asked,
        "values": public_values(kind, said.get("values") or {}),
        "personal": sorted(personal_in(kind, said)),
        "assigns": {role: listed(codes) for role, codes in (said.get("assigns") or {}).items()},
        "papers": [str(one) for one in said.get("papers") or ()],
        "events": [
            {"what": what, "code": code, "attempt": n} for what, code, n in said.get("events") or ()
        ],
        "clocks": list(ticks_of(said.get("clocks") or ())),
    }  # fmt: skip


def public_values(kind: Compiled, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values that are not personal, by what the kind says today: it may have become stricter since."""
    return {code: value for code, value in values.items() if not is_personal(kind, code)}


def personal_in(kind: Compiled, said: Mapping[str, Any]) -> set[str]:
    """Codes of the personal values a deed laid down."""
    return {*(said.get("digests") or ()), *(c for c in said.get("values") or () if is_personal(kind, c))}


def is_personal(kind: Compiled, code: str) -> bool:
    """Whether a field is personal."""
    return code in kind.fields and kind.fields[code].personal


def listed(codes: object) -> list[str]:
    """One code or several."""
    return [str(code) for code in codes] if isinstance(codes, list | tuple) else [str(codes)]


def ticks_of(told: Iterable[Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
    """What happened to clocks."""
    for one in told:
        tick = one.get("tick") or {}
        if tick.get("on"):
            yield {
                "clock": str(one.get("code", "")),
                "what": str(tick.get("kind", "")),
                "on": tick["on"],
                "due_on": one.get("due") or None,
            }

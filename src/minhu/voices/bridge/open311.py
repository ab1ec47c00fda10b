"""Voices in the words of Open311 GeoReport v2: services, requests, errors; as JSON and as XML."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from django.utils.translation import gettext as _

from minhu.voices.models import Voice
from minhu.voices.queries.limits import HOME
from minhu.voices.states.hearing import Channel, Draft, Sort, State, VoiceRefused

GROUP = "民呼我为"
LOWEST, HIGHEST = {"lat": -90, "long": -180}, {"lat": 90, "long": 180}
CLOSED = (State.ANSWERED, State.CLOSED, State.REFUSED)
STREET, PUBLISH = "street", "may_publish"
INSIDE = {"attributes": "attribute", "values": "value", "endpoints": "endpoint", "formats": "format"}


def service(sort: Sort) -> dict[str, Any]:
    """A service: one wish somebody may have."""
    return {
        "service_code": sort.value, "service_name": str(sort.label), "description": str(sort.label),
        "metadata": True, "type": "realtime", "keywords": "", "group": GROUP,
    }  # fmt: skip


def definition(sort: Sort, streets: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """What a service asks besides: the street, and whether others may read it."""
    wishes = [("yes", _("yes, masked")), ("no", _("not agreed"))]
    asked = [
        (STREET, _("In which street or town?"), streets),
        (PUBLISH, _("Others may read this, without anything that tells who I am"), wishes),
    ]
    return {"service_code": sort.value, "attributes": [
        attribute(order, *one) for order, one in enumerate(asked, 1)
    ]}  # fmt: skip


def attribute(order: int, code: str, words: str, choices: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """One thing a service asks."""
    return {
        "variable": True, "code": code, "datatype": "singlevaluelist", "required": False,
        "datatype_description": "", "order": order, "description": words,
        "values": [{"key": key, "name": name} for key, name in choices],
    }  # fmt: skip


def request_row(voice: Voice) -> dict[str, Any]:
    """A voice as a service request: masked, without position; its office and state are told."""
    sort = Sort(voice.sort) if voice.sort else Sort.HELP
    office = voice.office.name if voice.office and voice.office_by == "person" else ""
    place = " ".join(part for part in (voice.place.name if voice.place else "", voice.place_words) if part)
    return {
        "service_request_id": voice.number, "status": "closed" if voice.state in CLOSED else "open",
        "status_notes": str(State(voice.state).label), "service_name": str(sort.label),
        "service_code": sort.value, "description": voice.masked, "agency_responsible": office,
        "service_notice": "", "requested_datetime": moment(voice.received_at),
        "updated_datetime": moment(voice.published_at or voice.received_at), "expected_datetime": None,
        "address": place, "address_id": None, "zipcode": None, "lat": None, "long": None, "media_url": None,
    }  # fmt: skip


def moment(at: datetime) -> str:
    """A moment as the standard wants it: W3C, with the offset."""
    return at.astimezone(HOME).isoformat(timespec="seconds")


def draft_of(said: Mapping[str, str], address: str) -> Draft:
    """What a program sends as a draft. Raises VoiceRefused for what the standard calls bad."""
    code = said.get("service_code", "")
    if code not in Sort.values:
        raise VoiceRefused(_("There is no service “%(code)s”.") % {"code": code}, "service_code", "unknown")
    names = [said.get(name, "").strip() for name in ("last_name", "first_name")]
    contact = {"name": "".join(names), "phone": said.get("phone", ""), "mail": said.get("email", "")}
    return Draft(
        said.get("description", ""), Channel.PROGRAM, sort=code, contact=contact, address=address,
        place=said.get(f"attribute[{STREET}]", ""), place_words=where(said),
        may_publish=said.get(f"attribute[{PUBLISH}]", "") == "yes",
    )  # fmt: skip


def taken_in(draft: Draft, unit: str) -> Draft:
    """The same, taken in by a unit; the address of its program tells nobody apart."""
    return replace(draft, keeper=unit, address="", typed=0)


def where(said: Mapping[str, str]) -> str:
    """The place in words; a position is kept no finer than a hundred metres."""
    if words := said.get("address_string", "").strip():
        return words
    if not said.get("lat") and not said.get("long"):
        return ""
    return ", ".join(coordinate(said.get(name, ""), name) for name in ("lat", "long"))


def coordinate(typed: str, name: str) -> str:
    """Degrees, to three decimals."""
    try:
        degrees = float(typed)
    except ValueError:
        degrees = float("nan")
    if not LOWEST[name] <= degrees <= HIGHEST[name]:
        raise VoiceRefused(_("“%(found)s” is no %(name)s in degrees.") % {"found": typed, "name": name}, name)
    return f"{degrees:.3f}"


def as_xml(root: str, item: str, rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Rows below a root, as the standard writes them; a single definition is its own root."""
    top = Element(root)
    for row in rows:
        fill(SubElement(top, item) if item else top, row)
    written: bytes = tostring(top, encoding="utf-8", xml_declaration=True)
    return written


def fill(node: Element, row: Mapping[str, Any]) -> None:
    """The values of a row as elements; lists below an element of their name."""
    for name, value in row.items():
        child = SubElement(node, name)
        if isinstance(value, list):
            for one in value:
                inner = SubElement(child, INSIDE[name])
                if isinstance(one, Mapping):
                    fill(inner, one)
                else:
                    inner.text = str(one)
        elif value is not None:
            child.text = str(value).lower() if isinstance(value, bool) else str(value)

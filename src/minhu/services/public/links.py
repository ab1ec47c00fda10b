"""Addresses of the pages of an application."""

from django.urls import reverse

from minhu.services.bridge.applying.walking import Stop, Walk

NAMES = {"situation": "apply_situation", "form": "apply_form", "papers": "apply_paper"}


def url_of_stop(thing: str, stop: Stop) -> str:
    """The address of a page of the way."""
    args = [thing, stop.code] if stop.kind in NAMES else [thing]
    return reverse("services:" + NAMES.get(stop.kind, f"apply_{stop.kind}"), args=args)


def url_of(walk: Walk) -> str:
    """Where to go now: a page asked for in a correction leads back to it, a draft to what is not done."""
    if not walk.row.is_draft:
        return reverse("services:follow_correct", args=[walk.row.pk])
    return url_of_stop(walk.row.version.thing.code, walk.next)

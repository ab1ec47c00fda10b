"""The words of every published kind, as lists need them: places, roles, steps, fields by code."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from minhu.cases.models import Kind
from minhu.cases.states import OPENER

POSTS = ("lead", "office")
"""Who may act for a role that names no roles of posts, as `packs.kinds.RoleSpec` has it."""
KEPT: dict[str, Mapping[str, Any]] = {}
"""Specs by digest: equal digests mean equal kinds."""


@dataclass(frozen=True, slots=True)
class Naming:
    """One published version of a kind in words."""

    pk: int
    code: str
    title: str
    group: str
    is_current: bool
    is_confidential: bool
    spec: Mapping[str, Any] = field(repr=False)

    def parts(self, name: str) -> dict[str, Mapping[str, Any]]:
        """Parts of the spec by code: `place`, `role`, `step`, `field`, `clock`, `paper`."""
        return {part["code"]: part for part in self.spec.get(name, ())}

    def word(self, name: str, code: str) -> str:
        """The title of a part, or its code where it has none."""
        return next((p.get("title") or code for p in self.spec.get(name, ()) if p["code"] == code), code)

    def place(self, code: str) -> str:
        """The title of a place."""
        return self.word("place", code)

    def nodes_of(self, role_of_post: str) -> list[str]:
        """The places whose role posts of this role may act for."""
        posts = {one["code"]: one.get("posts", POSTS) for one in self.spec.get("role", ())}
        posts.setdefault(OPENER, self.spec.get("opens", ("office", "lead")))
        return [
            place["code"]
            for place in self.spec.get("place", ())
            if role_of_post in posts.get(place.get("role", ""), ())
        ]


def namings() -> dict[int, Naming]:
    """All published versions by row; specs are read once a process, for they never change."""
    rows = list(Kind.objects.defer("spec"))
    missing = [row.pk for row in rows if row.digest not in KEPT]
    if missing:
        for digest, spec in Kind.objects.filter(pk__in=missing).values_list("digest", "spec"):
            KEPT[digest] = spec
    return {
        row.pk: Naming(
            row.pk, row.code, row.title, row.group, row.is_current, row.is_confidential, KEPT[row.digest]
        )
        for row in rows
    }


def on_desk(known: Mapping[int, Naming], role_of_post: str, organisation: int | None) -> Q:
    """The steps that lie on the desk of a post: of its organisation, or of nobody's, by what its role may."""
    mine = Q(pk__in=())
    for naming in known.values():
        if nodes := naming.nodes_of(role_of_post):
            mine |= Q(case__kind=naming.pk, node__in=nodes)
    return mine & (Q(organisation=organisation) | Q(organisation=None))


def given_roles(known: Mapping[int, Naming]) -> Q:
    """Parts whose role somebody gave them in the case, not the kind for all cases."""
    given = Q(pk__in=())
    for naming in known.values():
        if roles := [one["code"] for one in naming.spec.get("role", ()) if one.get("assigned")]:
            given |= Q(case__kind=naming.pk, role__in=roles)
    return given


def listed(words: Iterable[str]) -> str:
    """Words one after the other, each once."""
    return _(", ").join(dict.fromkeys(word for word in words if word))


def aside(words: str, more: str) -> str:
    """Words with more in brackets."""
    return _("%(words)s (%(more)s)") % {"words": words, "more": more} if more else words

"""Deeds on the tree of organisations: add, change, move, close, reopen, load from a pack."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.packs import Counts
from minhu.people.actions.record import checked, note, plain, wrong
from minhu.people.models import Organisation
from minhu.people.queries import holders_in, parents_by_code
from minhu.people.states import Kind, cycle_in
from minhu.trail.states import Actor, changed


@dataclass(frozen=True, slots=True)
class OrganisationDraft:
    """An organisation as a pack or a form writes it; `parent` is a code."""

    code: str
    name: str
    short: str
    kind: Kind
    parent: str = ""
    row: int | None = None
    column: int | None = None


CREATED, CHANGED, UNCHANGED = Counts(created=1), Counts(changed=1), Counts(unchanged=1)


@transaction.atomic
def add_organisation(*, by: Actor, draft: OrganisationDraft, at: datetime, asked: int = 0) -> Organisation:
    """A new organisation, at the end of its siblings."""
    refuse_bad_parents([draft])
    return _add(by, draft, at, order=Organisation.objects.count(), asked=asked)


@transaction.atomic
def change_organisation(
    *, by: Actor, organisation: Organisation, draft: OrganisationDraft, at: datetime, asked: int = 0
) -> bool:
    """Rename, move or re-place an organisation; returns whether anything changed."""
    if organisation.code != draft.code:
        raise wrong("code", _("A code stands in the record for ever and cannot be changed."))
    refuse_bad_parents([draft])
    return _change(by, organisation, draft, at, asked)


@transaction.atomic
def close_organisation(*, by: Actor, organisation: Organisation, on: date, at: datetime) -> None:
    """Close a unit that no longer exists; its history stays."""
    below = [unit.name for unit in organisation.children.standing()]
    if below:
        raise wrong(None, _("Units stand under it: %s. Move or close them first.") % "、".join(below))
    held = [holding.post.title for holding in holders_in(organisation)]
    if held:
        raise wrong(None, _("Posts in it are held: %s. End these holdings first.") % "、".join(held))
    organisation.closed_on = on
    organisation.save(update_fields=["closed_on"])
    note(by=by, deed="close_organisation", of=organisation, at=at, payload={"closed_on": str(on)})


@transaction.atomic
def reopen_organisation(*, by: Actor, organisation: Organisation, at: datetime) -> None:
    """Take a closing back."""
    if organisation.parent and organisation.parent.is_closed:
        raise wrong(None, _("%s above it is closed. Reopen that first.") % organisation.parent.name)
    organisation.closed_on = None
    organisation.save(update_fields=["closed_on"])
    note(by=by, deed="reopen_organisation", of=organisation, at=at, payload={})


@transaction.atomic
def load_organisations(*, by: Actor, drafts: Iterable[OrganisationDraft], at: datetime) -> Counts:
    """Bring the tree to what a pack says; units the pack does not name stay as they are."""
    wanted = list(drafts)
    refuse_bad_parents(wanted)
    known = {unit.code: unit for unit in Organisation.objects.select_related("parent")}
    total = Counts()
    for order, draft in parents_first(wanted):
        if draft.code not in known:
            known[draft.code] = _add(by, draft, at, order=order)
            total += CREATED
        else:
            total += CHANGED if _change(by, known[draft.code], draft, at) else UNCHANGED
    return total


def refuse_bad_parents(drafts: Collection[OrganisationDraft]) -> None:
    """Refuse a parent nobody knows, a closed one, and a ring, each in words that name it."""
    parents = parents_by_code()
    parents.update({draft.code: draft.parent or None for draft in drafts})
    for code, parent in parents.items():
        if parent and parent not in parents:
            words = _("“%(code)s” stands under “%(parent)s”, which nobody knows.")
            raise wrong("parent", words % {"code": code, "parent": parent})
    if ring := cycle_in(parents):
        raise wrong("parent", ring_in_words(ring, {draft.code: draft.name for draft in drafts}))


def ring_in_words(ring: tuple[str, ...], names: dict[str, str]) -> str:
    """A ring of codes as a sentence with the names of the units."""
    known = dict(Organisation.objects.filter(code__in=ring).values_list("code", "name")) | names
    way = " → ".join(known.get(code, code) for code in ring)
    return _("A unit cannot stand above itself: %s. Put one of them elsewhere.") % way


def parents_first(drafts: list[OrganisationDraft]) -> list[tuple[int, OrganisationDraft]]:
    """Drafts with their place in the pack, every parent before its children."""
    by_code = {draft.code: draft for draft in drafts}

    def depth(draft: OrganisationDraft) -> int:
        steps, above = 0, by_code.get(draft.parent)
        while above is not None:
            steps, above = steps + 1, by_code.get(above.parent)
        return steps

    return sorted(enumerate(drafts), key=lambda pair: depth(pair[1]))


def _add(by: Actor, draft: OrganisationDraft, at: datetime, order: int, asked: int = 0) -> Organisation:
    row = Organisation(**_values(draft), code=draft.code, order=order)
    _refuse_closed(row.parent)
    checked(row).save()
    note(by=by, deed="add_organisation", of=row, at=at, payload=plain(draft), asked=asked)
    return row


def _change(
    by: Actor, organisation: Organisation, draft: OrganisationDraft, at: datetime, asked: int = 0
) -> bool:
    values = _values(draft)
    before = {name: getattr(organisation, name) for name in values}
    if before == values:
        return False
    if before["parent"] != values["parent"]:
        _refuse_closed(values["parent"])
    for name, value in values.items():
        setattr(organisation, name, value)
    checked(organisation).save()
    payload = changed(_codes(before), _codes(values))
    note(by=by, deed="change_organisation", of=organisation, at=at, payload=payload, asked=asked)
    return True


def _values(draft: OrganisationDraft) -> dict[str, Any]:
    """The fields of a row; the parent's code becomes its row."""
    values = asdict(draft)
    del values["code"]
    values["parent"] = Organisation.objects.get(code=draft.parent) if draft.parent else None
    return values


def _refuse_closed(parent: Organisation | None) -> None:
    """Nothing new goes under a closed unit; what already stood there stays."""
    if parent and parent.is_closed:
        raise wrong("parent", _("%s is closed: nothing can be put under it.") % parent.name)


def _codes(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a row for the record: the parent as its code."""
    return {**values, "parent": values["parent"].code if values["parent"] else None}

"""Units by their codes, and the unit that sorts what comes in from the public."""

from collections.abc import Iterable

from minhu.cases.bridge.compiling import compiled
from minhu.cases.models import Kind
from minhu.people.models import Organisation, Post
from minhu.people.rules import Reader
from minhu.people.states import Kind as UnitKind
from minhu.people.states import Role
from minhu.voices.states.hearing import CENTRE, KIND


def units(codes: Iterable[str]) -> dict[str, Organisation]:
    """Standing units by code."""
    rows = Organisation.objects.standing().filter(code__in={code for code in codes if code})
    return {row.code: row for row in rows}


def sorting_desk() -> str:
    """The unit that takes in what the public says: the centre of the kind of case, else the reform office."""
    kind = Kind.objects.filter(code=KIND, is_current=True).first()
    roles = compiled(kind).spec.role if kind else ()
    named = next((role.organisation for role in roles if role.code == CENTRE), "")
    if named:
        return named
    post = Post.objects.filter(role=Role.OFFICE).select_related("organisation").first()
    return post.organisation.code if post else ""


def street_choices() -> list[tuple[str, str]]:
    """Towns and streets, to choose a place from."""
    rows = Organisation.objects.standing().filter(kind__in=(UnitKind.TOWN, UnitKind.STREET))
    return list(rows.values_list("code", "name"))


def own_units(reader: Reader) -> list[tuple[str, str]]:
    """The units in whose name a reader may write down what people said."""
    if reader.may("hear_voice"):
        return list(Organisation.objects.standing().values_list("code", "name"))
    rows = Organisation.objects.standing().filter(code=reader.organisation)
    return list(rows.values_list("code", "name"))


def managed_units(reader: Reader) -> list[tuple[str, str]]:
    """The units in whose name a reader may call for suggestions."""
    rows = Organisation.objects.standing()
    mine = rows if reader.may("manage_calls") else rows.filter(code=reader.organisation)
    return list(mine.values_list("code", "name"))

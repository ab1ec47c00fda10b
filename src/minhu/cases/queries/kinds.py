"""Kinds of case as pages choose among them."""

from dataclasses import dataclass

from minhu.cases import rules
from minhu.cases.models import Kind
from minhu.cases.states import Doer


@dataclass(frozen=True, slots=True)
class Openable:
    """A kind somebody may open a case of."""

    code: str
    title: str
    group: str
    summary: str
    basis: str


def kinds_to_open(doer: Doer) -> list[Openable]:
    """The current kinds of which this post may open a case, in the order of the pack."""
    rows = Kind.objects.filter(is_current=True)
    return [
        Openable(row.code, row.title, row.group, row.spec.get("summary", ""), row.spec.get("basis", ""))
        for row in rows
        if rules.may_open(doer, row.spec.get("opens", ("office", "lead")), row.spec.get("opened_by", ()))
    ]


def current_kind(code: str) -> Kind | None:
    """The current version of a kind."""
    return Kind.objects.filter(code=code, is_current=True).first()


def current_kinds() -> list[Kind]:
    """The current version of every kind, in the order of the pack."""
    return list(Kind.objects.filter(is_current=True))

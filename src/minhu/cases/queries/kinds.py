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
    """The current kinds of which this post may open a case, in the order of the pack.

    A kind whose cases another kind opens is not among them: by itself it would have nobody to answer to.
    """
    rows = current_kinds()
    served = {code for row in rows for code in kinds_opened_by(row)}
    return [
        Openable(row.code, row.title, row.group, row.spec.get("summary", ""), row.spec.get("basis", ""))
        for row in rows
        if row.code not in served
        and rules.may_open(doer, row.spec.get("opens", ("office", "lead")), row.spec.get("opened_by", ()))
    ]


def kinds_opened_by(kind: Kind) -> set[str]:
    """Codes of the kinds of which its steps open cases."""
    effects = (effect for step in kind.spec.get("step", ()) for effect in step.get("effect", ()))
    return {effect["of"] for effect in effects if effect.get("kind") == "open"}


def current_kind(code: str) -> Kind | None:
    """The current version of a kind."""
    return Kind.objects.filter(code=code, is_current=True).first()


def current_kinds() -> list[Kind]:
    """The current version of every kind, in the order of the pack."""
    return list(Kind.objects.filter(is_current=True))

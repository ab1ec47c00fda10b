"""Kinds of case: which there are, and all that one of them asks."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from django.db.models import Count
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Path, Query
from pydantic import Field

from minhu.cases import rules
from minhu.cases.api.asking import Code
from minhu.cases.api.kind_shapes import KindRowShape, KindShape, Plain
from minhu.cases.api.mounted import operations
from minhu.cases.bridge.compiling import Compiled, compiled
from minhu.cases.bridge.guard_words import guard_words
from minhu.cases.bridge.interchange import bpmn_of
from minhu.cases.bridge.pages.kind_page import known_limit, who
from minhu.cases.models import Case, Kind
from minhu.cases.queries.readings import day_of
from minhu.cases.states import Status
from minhu.packs.kinds import ClockSpec, FieldSpec, KindSpec, RoleSpec, StepSpec
from minhu.people.rules import Reader
from minhu.people.wire import Asked, Call, Page, PageAsked, Problem, paged

BPMN = "application/xml"


class KindVersionAsked(Asked):
    """Which version of a kind."""

    version: Annotated[str, Field(pattern=r"^([0-9a-f]{8,64})?$")] = Field(
        "", description=gettext_noop("The beginning of its digest; empty: the current one.")
    )


@operations.get("/kinds", right="see_cases", answer=Page[KindRowShape], words=_("List kinds of case"))
def list_kinds(request: Call, asked: Query[PageAsked]) -> dict[str, Any]:
    """The kinds in force, in the order of the pack; a confidential one only for whoever meets its cases."""
    rows = [row for row in Kind.objects.filter(is_current=True) if knows(request.reader, row)]
    counts = open_cases(request.reader)
    return paged(request, rows, asked, lambda row: row_of(request.reader, row, counts))


@operations.get("/kinds/{code}", right="see_cases", answer=KindShape, words=_("Read a kind of case"))
def read_kind(request: Call, code: Path[Code], asked: Query[KindVersionAsked]) -> dict[str, Any]:
    """Fields, roles, places, steps with who may do them and what they ask, clocks with their basis."""
    row = kind_at(request.reader, code, version=asked.version)
    ready = compiled(row)
    bpmn = request.build_absolute_uri(f"{request.path}/bpmn?version={row.version}")
    head = row_of(request.reader, row, open_cases(request.reader))
    return {**head, **opening_of(ready.spec), **parts_of(ready), "bpmn": bpmn}


@operations.get("/kinds/{code}/bpmn", right="see_cases", answer=None, words=_("Download a kind as BPMN"))
def download_kind(request: Call, code: Path[Code], asked: Query[KindVersionAsked]) -> HttpResponse:
    """The course of a kind as a file, no JSON: BPMN 2.0."""
    row = kind_at(request.reader, code, version=asked.version)
    headers = {"Content-Disposition": f'attachment; filename="{row.code}.bpmn"'}
    return HttpResponse(bpmn_of(compiled(row)), content_type=BPMN, headers=headers)


def kind_at(reader: Reader, code: str, *, version: str = "", where: str = "path.code") -> Kind:
    """A kind by its code, the current version unless another is named. Raises what the program is told."""
    rows = Kind.objects.filter(code=code)
    chosen = rows.filter(digest__startswith=version) if version else rows.filter(is_current=True)
    row = chosen.order_by("-is_current", "-published_at").first()
    if row is None or not knows(reader, row):
        words = _("There is no kind of case with the code %(code)s.") % {"code": code}
        raise Problem(404, words, where)
    return row


def knows(reader: Reader, row: Kind) -> bool:
    """Whether a kind is told to a reader: a confidential one to its readers, its roles, and its parties."""
    if not row.is_confidential:
        return True
    spec, by = compiled(row).spec, rules.doer_of(reader)
    named = {role.organisation for role in spec.role if role.organisation and by.role in role.posts}
    if by.role in spec.readers or reader.organisation in named:
        return True
    if rules.may_open(by, spec.opens, spec.opened_by):
        return True
    return Case.objects.filter(rules.visible(reader), kind__code=row.code).exists()


def open_cases(reader: Reader) -> Counter[str]:
    """How many open cases of each kind a reader sees."""
    rows = Case.objects.filter(rules.visible(reader), status=Status.OPEN).order_by()
    return Counter(dict(rows.values_list("kind__code").annotate(n=Count("pk", distinct=True))))


def row_of(reader: Reader, row: Kind, counts: Counter[str]) -> Plain:
    """A kind in a list."""
    spec = compiled(row).spec
    return {
        "code": row.code, "title": row.title, "group": row.group, "summary": spec.summary,
        "basis": spec.basis, "version": row.version, "is_confidential": row.is_confidential,
        "may_open": row.is_current and rules.may_open(rules.doer_of(reader), spec.opens, spec.opened_by),
        "open_cases": counts[row.code],
    }  # fmt: skip


def opening_of(spec: KindSpec) -> Plain:
    """What opening a case takes."""
    return {
        "headline": spec.headline, "matter": spec.matter, "opens": spec.opens, "opened_by": spec.opened_by,
        "asks": spec.asks, "assigns": spec.assigns,
    }  # fmt: skip


def parts_of(kind: Compiled) -> Plain:
    """The parts of a kind."""
    return {
        "fields": [field_of(one) for one in kind.spec.field],
        "roles": [role_of(one) for one in kind.roles.values()],
        "places": [
            {"code": one.code, "title": one.title or one.code, "kind": one.kind, "role": one.role,
             "pauses": one.pauses}
            for one in kind.spec.place
        ],
        "steps": [step_of(kind, one) for one in kind.spec.step],
        "clocks": [clock_of(kind, place, one) for place, one in enumerate(kind.spec.clock)],
        "papers": [
            {"code": one.code, "title": one.title, "form": one.form, "number": one.number}
            for one in kind.spec.paper
        ],
    }  # fmt: skip


def field_of(spec: FieldSpec) -> Plain:
    """A field."""
    return {
        "code": spec.code, "title": spec.title, "type": spec.type.value, "unit": spec.unit, "help": spec.help,
        "choices": [{"value": one.value, "title": one.title} for one in spec.choices],
        "is_personal": spec.personal, "purpose": spec.purpose,
    }  # fmt: skip


def role_of(spec: RoleSpec) -> Plain:
    """A role."""
    return {
        "code": spec.code, "title": spec.title or spec.code, "posts": spec.posts,
        "organisation": spec.organisation, "is_assigned": spec.assigned, "is_many": spec.many,
    }  # fmt: skip


def step_of(kind: Compiled, spec: StepSpec) -> Plain:
    """A step."""
    return {
        "code": spec.code, "title": spec.title or spec.code, "by_itself": bool(spec.on), "on": spec.on,
        "role": "" if spec.on else rules.role_of(kind, spec), "who": who(kind, spec, today()),
        "takes": spec.takes, "puts": spec.puts, "reads": spec.reads, "clears": spec.clears,
        "guard": spec.guard, "guard_words": guard_words(kind, kind.net.index.transition[spec.code].guard),
        "asks": spec.asks, "assigns": spec.assigns, "apart": spec.apart, "paper": spec.paper,
        "is_serious": spec.serious,
    }  # fmt: skip


def clock_of(kind: Compiled, place: int, spec: ClockSpec) -> Plain:
    """A clock with its limits as they hold today."""
    return {
        "code": spec.code, "title": spec.title, "is_first": place == 0, "limits": list(limits_of(kind, spec)),
        "starts": spec.starts, "stops": spec.stops, "pauses": spec.pauses,
    }  # fmt: skip


def limits_of(kind: Compiled, spec: ClockSpec) -> Iterator[Plain]:
    """The limit of a clock, or one for each answer of the field that tells its kinds apart."""
    on = today()
    for choice in kind.choices.get(spec.by, {"": ""}):
        row = known_limit(spec.limit, on, choice)
        if row is None:
            yield {"choice": choice, "value": None, "unit": "", "basis": "", "article": "", "strength": ""}
        else:
            yield {"choice": choice, "value": spelled(row.value), "unit": row.unit, "basis": row.basis,
                   "article": row.article, "strength": row.strength}  # fmt: skip


def spelled(value: Decimal) -> str:
    """A number in its one spelling: nothing is rounded."""
    return f"{value.normalize():f}"


def today() -> date:
    """The legal day."""
    return day_of(timezone.now())

"""For other systems and for the printer: linked data, the process in BPMN, the guide as a document."""

from dataclasses import replace
from datetime import date
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from minhu.people.gate import Request, allow
from minhu.services.bridge.definitions import BadBundle, Solved, Whole, whole_of
from minhu.services.bridge.exports import bpmn, document
from minhu.services.bridge.exports.cpsv import catalogue_graph, service_graph
from minhu.services.bridge.exports.plain import Facts
from minhu.services.bridge.exports.process import process_of
from minhu.services.bridge.exports.triples import Graph, json_ld, turtle
from minhu.services.models import ThingVersion
from minhu.services.queries import exports as queries
from minhu.services.queries.things import days_of_things
from minhu.services.views.finding import answers_of, published_at, thing_at, version_at

JSON_LD, TURTLE = "application/ld+json; charset=utf-8", "text/turtle; charset=utf-8"


@allow("public")
@require_safe
def guide_json_ld(request: Request, code: str) -> HttpResponse:
    """The published version by CPSV-AP, as JSON-LD."""
    return linked(json_ld(graph_of(published_at(code))), JSON_LD)


@allow("public")
@require_safe
def guide_turtle(request: Request, code: str) -> HttpResponse:
    """The published version by CPSV-AP, as Turtle."""
    return linked(turtle(graph_of(published_at(code))), TURTLE)


@allow("public")
@require_safe
def catalogue_json_ld(request: Request) -> HttpResponse:
    """All that is published, as JSON-LD."""
    return linked(json_ld(whole_catalogue()), JSON_LD)


@allow("public")
@require_safe
def catalogue_turtle(request: Request) -> HttpResponse:
    """All that is published, as Turtle."""
    return linked(turtle(whole_catalogue()), TURTLE)


@allow("public")
@require_safe
def guide_bpmn(request: Request, code: str) -> HttpResponse:
    """The flow of the published version in one situation, in BPMN."""
    return process_file(request, published_at(code))


@allow("see_things")
@require_safe
def thing_bpmn(request: Request, code: str) -> HttpResponse:
    """The flow of any version in one situation, in BPMN."""
    return process_file(request, version_at(thing_at(code), request.GET.get("version", "")))


@allow("public")
@require_safe
def guide_document(request: Request, code: str) -> HttpResponse:
    """The guide as a document, in one situation."""
    version = published_at(code)
    whole, solved = solved_in(request, version)
    units = queries.full_names()
    page = f"{settings.MINHU_ADDRESS}/services/guide/{quote(code)}/"
    edition = document.Edition(version.thing.lead.name, version.number, day_of(version), page)
    with override(settings.LANGUAGE_CODE):
        made = document.docx_of(whole, solved, units, edition)
        name = _("Guide to “%s”") % version.thing.name
    return attached(made, document.MEDIA, f"{name}.docx")


def process_file(request: Request, version: ThingVersion) -> HttpResponse:
    """A flow as a file."""
    whole, solved = solved_in(request, version)
    with override(settings.LANGUAGE_CODE):
        text = bpmn.bpmn_of(process_of(whole, solved, queries.full_names()))
    return attached(text.encode(), bpmn.MEDIA, f"{version.thing.code}-v{version.number}.bpmn")


def solved_in(request: Request, version: ThingVersion) -> tuple[Whole, Solved]:
    """A version in the situation the address asks for. Raises Http404 where it has no plan."""
    whole = whole_of(version)
    try:
        solved = whole.solve(answers_of(whole, request.GET.dict()))
    except BadBundle as error:
        raise Http404(str(error)) from None
    if solved.solution.proof is None:
        raise Http404(_("There is no plan in this situation."))
    return whole, solved


def graph_of(version: ThingVersion) -> Graph:
    """One version as linked data, in the language of the data."""
    with override(settings.LANGUAGE_CODE):
        return service_graph(whole_of(version), facts_of([version])[0])


def whole_catalogue() -> Graph:
    """The catalogue as linked data, in the language of the data."""
    versions = queries.published_versions()
    with override(settings.LANGUAGE_CODE):
        rows = zip(map(whole_of, versions), facts_of(versions), strict=True)
        return catalogue_graph(rows, house())


def house() -> Facts:
    """What an export knows of this house."""
    names = queries.full_names()
    return Facts(
        settings.MINHU_ADDRESS, settings.MINHU_PLACE, settings.LANGUAGE_CODE, names, queries.publisher()
    )


def facts_of(versions: list[ThingVersion]) -> list[Facts]:
    """What an export knows of each version."""
    days = days_of_things([one.thing_id for one in versions])
    here, families = house(), queries.family_names()
    return [
        replace(
            here, number=one.number, published_on=day_of(one), days=days.get(one.thing_id),
            family=families.get(one.thing_id, ""),
        )
        for one in versions
    ]  # fmt: skip


def day_of(version: ThingVersion) -> date | None:
    """The day of publishing where the house stands."""
    return timezone.localdate(version.published_at) if version.published_at else None


def linked(text: str, media: str) -> HttpResponse:
    """Linked data; any page may read it."""
    return HttpResponse(text, content_type=media, headers={"Access-Control-Allow-Origin": "*"})


def attached(content: bytes, media: str, name: str) -> HttpResponse:
    """A file to keep."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    return HttpResponse(content, content_type=media, headers=headers)

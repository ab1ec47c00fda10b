"""The API as a whole: its description, and its addresses with a doorkeeper at each."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.http import HttpResponse
from django.urls import URLPattern, path
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI
from ninja.operation import Operation, PathView
from ninja.params.models import BodyModel, FileModel, FormModel, QueryModel
from ninja.utils import replace_path_param_notation

from minhu.people.gate import ADMIT, MARK, right_of
from minhu.people.wire.admitting import admit
from minhu.people.wire.asking import Call
from minhu.people.wire.problems import KINDS, Problem, problem_of

GOOD = {200: _("Done."), 201: _("Made."), 304: _("Nothing new since.")}
JSON, FORM = "application/json", "multipart/form-data"


class Api(NinjaAPI):
    """An API whose errors have one shape and whose description speaks the language asked for."""

    def set_default_exception_handlers(self) -> None:
        """Whatever is raised leaves in the one shape."""
        self.add_exception_handler(
            Exception, lambda request, error: problem_of(request, error).response()  # type: ignore[arg-type]
        )  # fmt: skip

    def get_openapi_schema(self, **kwargs: Any) -> Any:
        """The description, with the headers errors carry, in the language of the reader."""
        schema = super().get_openapi_schema(**kwargs)
        for operations in schema["paths"].values():
            for operation in operations.values():
                tell_answers(operation["responses"])
                operation["parameters"] = [without_null(one) for one in operation["parameters"]]
        for shape in schema["components"]["schemas"].values():
            shape.pop("description", None)  # captions of our classes: for who reads the code
        return in_words(schema)


def tell_answers(responses: dict[Any, Any]) -> None:
    """Say of every answer what it means, and which headers come with it."""
    meanings = GOOD | {status: kind.message for status, kind in KINDS.items()}
    for status, answer in responses.items():
        answer["description"] = str(meanings[status])
    plain = {"schema": {"type": "string"}}
    responses[401]["headers"] = {"WWW-Authenticate": plain}
    responses[429]["headers"] = {"Retry-After": {"schema": {"type": "integer"}}}
    if 304 in responses:
        responses[200]["headers"] = {"ETag": plain}


def without_null(parameter: dict[str, Any]) -> dict[str, Any]:
    """A parameter of an address: it can be left out, but it cannot be null."""
    schema = dict(parameter["schema"])
    choices = [one for one in schema.pop("anyOf", ()) if one.get("type") != "null"]
    return {**parameter, "schema": {**schema, **choices[0]} if choices else schema}


def in_words(node: Any) -> Any:
    """A copy in which every description is in the language of the reader, and no lazy word is left."""
    if isinstance(node, dict):
        return {key: said(value) if key == "description" else in_words(value) for key, value in node.items()}
    if isinstance(node, list):
        return [in_words(value) for value in node]
    return node if isinstance(node, str | int | float | type(None)) else str(node)


def said(value: Any) -> Any:
    """A description in the language of the reader; a property may be called so too."""
    return gettext(value) if isinstance(value, str) and value else in_words(value)


def addresses(api: Api) -> list[URLPattern]:
    """Every address of the API, behind the gate's doorkeeper, each method marked with its right."""
    views: dict[str, PathView] = {}
    for bound in api._get_bound_routers():
        for route, view in bound.path_operations.items():
            if views.setdefault(route, view) is not view:
                raise LookupError(f"two rooms offer the address {route}: one must name its own")
    # Words before numbers: documents/file must not be taken for the document called “file”.
    routes = sorted(views, key=lambda route: [step.startswith("{") for step in route.split("/")])
    return [path(replace_path_param_notation(one).lstrip("/"), kept(views[one])) for one in routes]


def kept(path_view: PathView) -> Callable[..., HttpResponse]:
    """One address: marked, guarded, and answered with 304 where nothing is new."""
    inner = path_view.get_view()
    operations = {method: one for one in path_view.operations for method in one.methods}

    def view(request: Call, **values: Any) -> HttpResponse:
        operation = operations[str(request.method)]
        try:
            check_media(request, operation)
            check_names(request, operation)
        except Problem as problem:
            return problem.response()
        answer: HttpResponse = inner(request, **values)
        return (
            answer if request.method != "GET" or answer.status_code != 200 else only_if_new(request, answer)
        )

    setattr(view, MARK, {method: right_of(one.view_func) for method, one in operations.items()})
    setattr(view, ADMIT, admit)
    view.csrf_exempt = True  # type: ignore[attr-defined]
    return view


def only_if_new(request: Call, answer: HttpResponse) -> HttpResponse:
    """The answer with its ETag, or 304 where the program has the same already."""
    etag = quote_etag(sha256(answer.content + (get_language() or "").encode()).hexdigest()[:32])
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"
    return get_conditional_response(request, etag=etag, response=answer) or answer


def check_media(request: Call, operation: Operation) -> None:
    """Refuse a body of another kind than the operation reads."""
    kinds = {FORM if issubclass(model, FileModel | FormModel) else JSON for model in operation.models
             if issubclass(model, BodyModel | FileModel | FormModel)}  # fmt: skip
    wanted = FORM if FORM in kinds else next(iter(kinds), None)
    if wanted and request.content_type != wanted:
        raise Problem(415, where="header.Content-Type", hint=f"Content-Type: {wanted}")


def check_names(request: Call, operation: Operation) -> None:
    """Refuse a filter nobody knows: a slip of the pen must not look like an empty filter."""
    known = {name for model in operation.models if issubclass(model, QueryModel)
             for name in model.__ninja_flatten_map__}  # fmt: skip
    unknown = sorted(set(request.GET) - known)
    if unknown:
        raise Problem(422, gettext("is not a name this operation knows"), f"query.{unknown[0]}",
                      gettext("It knows: %s.") % ", ".join(sorted(known)))  # fmt: skip

"""The API of the house: every room's operations at one address, their description, and its page."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.utils.module_loading import module_has_submodule
from django.utils.translation import get_language, gettext_noop, override
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from minhu.people.gate import Request, allow
from minhu.people.wire import Api, Operations, addresses, numbers_from
from minhu.rulebook import queries
from minhu.site.describing import chapters_of

ABOUT = gettext_noop(
    "What the pages of the house show and do, for programs. Every request carries a token of a post and may "
    "do exactly what that post may do; every deed is in the record."
)


def limit(code: str, on: date) -> Decimal:
    """Where the API reads its limits."""
    return queries.limit(code, on=on).value


def rooms_with_operations() -> Iterator[Operations]:
    """The operations of every room that has an `api.py`, in the order of the stair."""
    for room in apps.get_app_configs():
        is_ours = room.name.startswith("minhu.") and room.name != "minhu.site"
        if is_ours and room.module and module_has_submodule(room.module, "api"):
            yield import_module(f"{room.name}.api").operations


def build() -> Api:
    """The API with every room mounted."""
    numbers_from(limit)
    house = Api(title="Minhu", version="1", description=ABOUT, docs_url=None, openapi_url=None,
                urls_namespace="api-1")  # fmt: skip
    for operations in rooms_with_operations():
        house.add_router("", operations.router)
    return house


api = build()


@cache
def schema_in(language: str) -> dict[str, Any]:
    """The description of the API in a language, made once."""
    with override(language):
        found: dict[str, Any] = api.get_openapi_schema(path_prefix="/api/v1/")
        return found


def schema() -> dict[str, Any]:
    """The description of the API in the language of the reader."""
    return schema_in(get_language() or "en")


@allow("public")
@require_safe
@vary_on_headers("Accept-Language")
def openapi(request: Request) -> HttpResponse:
    """The description, for programs (OpenAPI 3.1)."""
    return JsonResponse(schema(), json_dumps_params={"ensure_ascii": False, "indent": 1})


@allow("public")
@require_safe
def page(request: Request) -> HttpResponse:
    """The description, for people; drawn on the server, without a script."""
    said = schema()
    context = {"chapters": chapters_of(said), "about": said["info"]["description"]}
    return render(request, "site/api.html", context)


app_name = "api"
urlpatterns = [
    path("", page, name="page"),
    path("openapi.json", openapi, name="openapi"),
    *addresses(api),
]

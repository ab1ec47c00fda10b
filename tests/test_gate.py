"""Every view of the house says which right it needs; one that does not is refused to everybody."""

from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, path
from django.views import View

from minhu.people.gate import allow, marks_of
from minhu.people.rules import DOORS, RIGHTS, Refused
from minhu.people.states import Role
from tests.factories.people import PostFactory, UserFactory


def hello(request: HttpRequest) -> HttpResponse:
    """A view."""
    return HttpResponse("hello")


@allow("edit_reform")
class Hello(View):
    """A marked class."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Say hello."""
        return HttpResponse("hello")


class Child(Hello):
    """Inherits the mark."""


@allow("see_desk")
def deep(request: HttpRequest) -> HttpResponse:
    """Finds out only late that a right is missing."""
    raise Refused("accept_proof")


def marked(right: str):
    """A marked view of its own for each right."""

    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse(f"{request.reader.post}")

    return allow(right)(view)


urlpatterns = [
    *get_resolver("minhu.site.urls").url_patterns,
    path("test/unmarked/", hello),
    path("test/class/", Hello.as_view()),
    path("test/child/", Child.as_view()),
    path("test/edit/", marked("edit_reform")),
    path("test/desk/", marked("see_desk")),
    path("test/submit/", marked("submit_proof")),
    path("test/open/", marked("public")),
    path("test/account/", marked("signed_in")),
    path("test/deep/", deep),
]
here = override_settings(ROOT_URLCONF=__name__)


def views(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, object]]:
    """Every view below a resolver, with its address."""
    for pattern in resolver.url_patterns:
        address = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield address, pattern.callback
        else:
            yield from views(pattern, address)


def test_every_view_of_the_house_is_marked() -> None:
    found = list(views(get_resolver("minhu.site.urls")))
    unmarked = [address for address, view in found if None in marks_of(view).values()]
    assert unmarked == []
    # The walk reaches the API too, method by method.
    assert [marks_of(view) for address, view in found if address == "api/v1/documents"] == [
        {"GET": "see_mandates", "POST": "load_document"}
    ]


def test_every_mark_is_a_known_right() -> None:
    found = views(get_resolver("minhu.site.urls"))
    marks = {right for _, view in found for right in marks_of(view).values()}
    assert marks - set(RIGHTS) - set(DOORS) == set()


def test_an_unknown_right_cannot_be_marked() -> None:
    with pytest.raises(LookupError):
        allow("see_everything")


@here
@pytest.mark.parametrize("role", [Role.OFFICE, None])
def test_an_unmarked_view_is_refused_to_everybody(client_as, role) -> None:
    answer = client_as(role).get("/test/unmarked/")
    assert answer.status_code == 403
    assert answer.templates[0].name == "people/unmarked.html"


@here
@pytest.mark.parametrize("address", ["/test/class/", "/test/child/", "/test/edit/"])
def test_functions_classes_and_their_children_are_guarded(client_as, address: str) -> None:
    assert client_as(Role.OFFICE).get(address).status_code == 200
    assert client_as(Role.LEADER).get(address).status_code == 403


@here
def test_a_right_within_the_own_unit_opens_the_page(client_as) -> None:
    assert client_as(Role.LEAD).get("/test/submit/").status_code == 200
    assert client_as(Role.AUDITOR).get("/test/submit/").status_code == 403


@here
def test_nobody_is_led_to_the_log_in_and_back(client_as) -> None:
    answer = client_as(None).get("/test/desk/?a=1")
    assert (answer.status_code, answer["Location"]) == (302, "/people/log-in/?next=/test/desk/%3Fa%3D1")


@here
def test_a_fragment_asked_by_nobody_moves_the_whole_page(client_as) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/reforms/?state=running"}
    answer = client_as(None).get("/test/desk/", headers=headers)
    assert answer["HX-Redirect"] == "/people/log-in/?next=/reforms/%3Fstate%3Drunning"


@here
def test_what_was_typed_survives_the_end_of_a_session(client_as) -> None:
    client = client_as(None)
    lost = client.post("/test/edit/?x=1", {"title": "办法 <b>", "tags": ["a", "b"]})
    assert lost.status_code == 401
    user = UserFactory(role=Role.OFFICE, password="a-long-password-1")
    typed = {"username": user.username, "password": "a-long-password-1"}
    kept = {name: lost.context[name] for name in ("kept", "next")}
    again = client.post("/people/log-in/", typed | kept)
    assert again.status_code == 200
    assert again.context["target"] == "/test/edit/?x=1"
    assert again.context["fields"] == [("title", "办法 <b>"), ("tags", "a"), ("tags", "b")]


@here
def test_a_wrong_password_does_not_lose_it_either(client_as) -> None:
    client = client_as(None)
    lost = client.post("/test/edit/", {"title": "办法"})
    wrong = {"username": "x", "password": "y", "kept": lost.context["kept"], "next": lost.context["next"]}
    answer = client.post("/people/log-in/", wrong)
    assert answer.context["kept"] == lost.context["kept"]


@here
def test_it_is_offered_too_to_who_signed_in_elsewhere_meanwhile(client_as) -> None:
    lost = client_as(None).post("/test/edit/", {"title": "办法"})
    kept = {name: lost.context[name] for name in ("kept", "next")}
    again = client_as(Role.OFFICE).post("/people/log-in/", {"username": "", "password": ""} | kept)
    assert again.context["fields"] == [("title", "办法")]


@here
def test_it_is_never_sent_to_another_host(client_as) -> None:
    user = UserFactory(role=Role.OFFICE, password="a-long-password-1")
    typed = {"username": user.username, "password": "a-long-password-1", "kept": "[]"}
    answer = client_as(None).post("/people/log-in/", typed | {"next": "https://elsewhere.example/"})
    assert (answer.status_code, answer["Location"]) == (302, "/")


@here
def test_the_refusal_says_which_right_is_missing_and_who_has_it(client_as) -> None:
    office = UserFactory(role=Role.OFFICE).posts.get()
    PostFactory(role=Role.OFFICE)  # held by nobody: no use to ask there
    answer = client_as(Role.SUPERVISOR).get("/test/edit/")
    assert answer.status_code == 403
    assert answer.context["rule"] is RIGHTS["edit_reform"]
    assert answer.context["roles"] == (Role.OFFICE,)
    assert list(answer.context["posts"]) == [office]
    assert office.title in answer.content.decode()


@here
def test_a_refusal_deep_inside_is_told_on_the_same_page(client_as) -> None:
    answer = client_as(Role.LEADER).get("/test/deep/")
    assert (answer.status_code, answer.context["rule"]) == (403, RIGHTS["accept_proof"])


@here
def test_an_account_without_a_post_is_told_so(client_as) -> None:
    client = Client()
    client.force_login(UserFactory())
    answer = client.get("/test/desk/")
    assert answer.status_code == 403
    assert answer.templates[0].name == "people/no_post.html"
    assert client.get("/test/account/").status_code == 200


@here
def test_open_pages_ask_nothing_of_the_database(client, django_assert_num_queries, db) -> None:
    with django_assert_num_queries(0):
        assert client.get("/test/open/").status_code == 200


@here
def test_a_reader_costs_one_query(client_as, django_assert_num_queries) -> None:
    client = client_as(Role.LEAD)
    with django_assert_num_queries(3):  # session, account, reader
        client.get("/test/desk/")

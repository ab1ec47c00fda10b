"""The frame of every page: rail, look, language, errors."""

import re

import pytest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from minhu.ui import looks
from minhu.ui.context import Shell
from tests.ui import gallery


@pytest.mark.parametrize(
    ("said", "look"),
    [
        ("", "light"),
        ("dark", "dark"),
        ("large dark", "dark large"),
        ("contrast large nonsense", "contrast large"),
        ("large", "light large"),
        ('"><script>', "light"),
    ],
)
def test_a_look_is_always_a_known_one(said: str, look: str) -> None:
    assert looks.look_of(said) == looks.look_of(said.split()) == look


def choose(**said: object) -> HttpResponse:
    return Client().post("/ui/look/", said)


def test_choosing_a_look_keeps_it_in_a_cookie_and_goes_back() -> None:
    response = choose(look=["dark", "large"], next="/desk/?a=1")
    assert (response.status_code, response["Location"]) == (302, "/desk/?a=1")
    cookie = response.cookies[looks.COOKIE]
    assert (cookie.value, cookie["samesite"], cookie["max-age"]) == ("dark large", "Lax", looks.COOKIE_AGE)


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_choosing_a_look_never_leads_to_another_host(wanted: str) -> None:
    assert choose(look="dark", next=wanted)["Location"] == "/"


def test_choosing_a_look_needs_a_post_and_no_account() -> None:
    assert Client().get("/ui/look/").status_code == 405


def test_the_cookie_the_script_writes_is_understood() -> None:
    for written in ("dark large", '"dark large"'):
        request = RequestFactory().get("/", headers={"cookie": f"{looks.COOKIE}={written}"})
        assert Shell(request).look == "dark large"


def test_choosing_a_language_changes_the_page() -> None:
    client = Client()
    client.post("/ui/language/", {"language": "en", "next": "/"})
    assert client.cookies["django_language"].value == "en"


def test_the_rail_shows_the_loop_and_only_what_exists_and_may_be_seen() -> None:
    with gallery.standing():
        rail = Shell(gallery.ask(path="/ui/language/")).rail
    assert [door.title for door in rail["above"]] == ["驾驶舱", "我的工作台"]
    assert "".join(door.glyph for door in rail["loop"]) == "听接列谋办"
    assert [door.title for door in rail["below"]] == ["依据"]


def test_a_right_held_for_some_things_opens_its_door() -> None:
    class Partly(gallery.Somebody):
        """May nothing everywhere, and one thing somewhere."""

        def may(self, right: str) -> bool:
            return False

        def may_somewhere(self, right: str) -> bool:
            return right == "forbidden"

    with gallery.standing():
        request = gallery.ask(path="/ui/language/")
        request.reader = Partly()
        titles = [door.title for part in Shell(request).rail.values() for door in part]
    assert titles == ["看不见的"]


def test_the_door_the_page_lies_behind_is_marked() -> None:
    with gallery.standing():
        rail = Shell(gallery.ask(path="/ui/look/deeper/")).rail
    assert [door.title for part in rail.values() for door in part if door.current] == ["驾驶舱"]


def test_nobody_signed_in_sees_no_rail() -> None:
    request = gallery.ask()
    request.reader = gallery.Somebody(signed_in=False)
    with gallery.standing():
        assert Shell(request).rail == {"above": [], "loop": [], "below": []}
    assert Shell(RequestFactory().get("/")).reader is None


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("look", ["light", "dark large", "contrast"])
def test_the_frame_says_its_language_and_look(language: str, look: str) -> None:
    html = gallery.render(language, look)
    lang = {"zh-hans": "zh-Hans", "en": "en"}[language]
    assert f'<html lang="{lang}" data-theme="{look}">' in html
    assert len(re.findall(r"<h1", html)) == 1
    assert html.count("<main") == 1


def test_ids_are_unique_and_style_carries_only_data() -> None:
    html = gallery.render()
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))
    assert [
        style
        for style in re.findall(r'style="([^"]*)"', html)
        if not re.fullmatch(r"(--[\w-]+:[\d.]+;?)+", style)
    ] == []
    assert re.findall(r"<script(?![^>]*src=)", html) == []
    assert re.findall(r"\son\w+=", html) == []


def test_english_pages_hold_no_chinese_of_the_frame() -> None:
    with translation.override("en"):
        html = render_to_string("ui/base.html", {}, gallery.ask())
    said = set(re.findall(r"[\u3400-\u9fff]+", re.sub(r"<b aria-hidden=.*?</b>", "", html)))
    assert said == {"呼", "中文", "区委改革办", "综合科科长", "营商"}


@pytest.mark.parametrize("name", ["400.html", "403.html", "404.html", "500.html", "403_csrf.html"])
def test_error_pages_stand_even_without_a_request(name: str) -> None:
    html = render_to_string(name)
    assert html.count("<h1") == 1
    assert 'href="/"' in html
    assert ("data-failed" in html) == (name in {"400.html", "500.html", "403_csrf.html"})


@pytest.mark.django_db
def test_a_missing_page_names_its_address_and_escapes_it() -> None:
    response = Client().get("/no/<b>such/")
    assert response.status_code == 404
    assert "/no/&lt;b&gt;such/" in response.content.decode()


@pytest.mark.django_db
def test_a_form_open_too_long_is_told_so() -> None:
    response = Client(enforce_csrf_checks=True).post("/ui/look/", {"look": "dark"})
    assert response.status_code == 403
    assert "data-failed" in response.content.decode()

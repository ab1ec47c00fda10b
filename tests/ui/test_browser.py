"""Every component in a real browser: nothing spills, nothing shuts anybody out, scripts do what they say."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import hatch_build
from tests.journeys.browser import faults_of_access, faults_of_layout, start_browser
from tests.ui import gallery

pytestmark = pytest.mark.journey
BUILT = Path(hatch_build.HERE) / hatch_build.UI / "built"
ORIGIN = "http://house.test/"
LOOKS = ["light", "dark", "contrast", "light large", "dark large"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    hatch_build.build()
    yield from start_browser()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    yield page
    page.close()


def show(page: Page, html: str, width: int = 1280) -> None:
    """Serve a page and the bundle from memory; every form is taken."""
    kinds = {"app.css": "text/css", "app.js": "text/javascript"}

    def answer(route) -> None:
        name = route.request.url.rsplit("/", 1)[1]
        if name in kinds:
            route.fulfill(body=(BUILT / name).read_bytes(), content_type=kinds[name])
        elif route.request.url == ORIGIN:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        else:
            route.fulfill(body="<p>taken</p>", content_type="text/html")

    page.route("**/*", answer)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(ORIGIN)


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("look", LOOKS)
def test_nothing_spills_and_nobody_is_shut_out(page: Page, look: str, width: int) -> None:
    language = "en" if "large" in look else "zh-hans"
    show(page, gallery.render(language, look), width)
    assert faults_of_layout(page) == []
    assert faults_of_access(page) == []


def test_the_look_changes_at_once_and_is_kept(page: Page) -> None:
    show(page, gallery.render("en"))
    page.get_by_text("Look", exact=True).click()
    page.get_by_text("Dark", exact=True).click()
    page.get_by_text("Large print").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark large"
    assert page.evaluate("document.cookie") == "minhu_look=dark large"


def test_the_menu_is_a_sheet_that_keeps_and_gives_back_the_focus(page: Page) -> None:
    show(page, gallery.render("en"), 360)
    menu = page.get_by_text("Menu", exact=True)
    menu.click()
    assert page.locator("#nav").is_visible()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.getElementById('nav').contains(document.activeElement)")
    page.keyboard.press("Escape")
    assert not page.locator("#nav").is_visible()
    assert page.evaluate("document.activeElement.textContent") == "Menu"


def test_a_drop_closes_and_gives_back_the_focus(page: Page) -> None:
    show(page, gallery.render("en"))
    page.get_by_text("Look", exact=True).click()
    page.keyboard.press("Escape")
    assert page.locator("[data-drop][open]").count() == 0
    assert page.evaluate("document.activeElement.textContent") == "Look"


def test_a_folded_table_stays_a_table_for_screen_readers(page: Page) -> None:
    show(page, gallery.render("en"), 360)
    table = page.get_by_role("table").first
    assert table.get_by_role("rowheader").count() == 5
    assert table.get_by_role("cell").count() == 10


def test_without_scripts_the_menu_opens_by_its_address(browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    show(page, gallery.render("en"), 360)
    page.get_by_text("Menu", exact=True).click()
    assert page.locator("#nav").is_visible()
    context.close()


def test_keys_walk_a_list_and_press_its_buttons(page: Page) -> None:
    show(page, gallery.render("en"))
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("j")
    assert page.locator(".is-here").count() == 1
    assert (
        page.evaluate(
            "[...document.querySelectorAll('[data-keys] > li')].findIndex(e => e.matches('.is-here'))"
        )
        == 1
    )
    page.keyboard.press("y")
    page.wait_for_url(ORIGIN + "#e")
    page.keyboard.press("/")
    page.keyboard.type("jjy")
    assert page.locator("#find").input_value() == "jjy"


def test_help_lists_the_keys(page: Page) -> None:
    show(page, gallery.render("en"))
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    assert page.locator("dialog[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0


FORM = (
    '<body data-draft-back="back" data-draft-drop="drop"><form method="post" action="/save/">{extra}'
    '<input name="title"><input name="word" type="password"><input type="checkbox" name="sure">'
    '<button>send</button></form><script src="/static/app.js"></script>'
)


def test_what_was_typed_comes_back_and_can_be_dropped(page: Page) -> None:
    show(page, FORM.format(extra=""))
    page.locator("[name=title]").fill("half a sen")
    page.locator("[name=word]").fill("secret")
    page.locator("[name=sure]").check()
    page.goto(ORIGIN)
    assert page.locator("[name=title]").input_value() == "half a sen"
    assert page.locator("[name=word]").input_value() == ""
    assert page.locator("[name=sure]").is_checked()
    assert "secret" not in page.evaluate("JSON.stringify(sessionStorage)")
    page.get_by_text("drop").click()
    page.goto(ORIGIN)
    assert page.locator("[name=title]").input_value() == ""


def test_what_was_sent_does_not_come_back_unless_it_failed(page: Page) -> None:
    show(page, FORM.format(extra=""))
    page.locator("[name=title]").fill("sent")
    page.get_by_text("send").click()
    page.get_by_text("taken").wait_for()
    page.goto(ORIGIN)
    assert page.locator("[name=title]").input_value() == ""
    page.locator("[name=title]").fill("sent again")
    page.get_by_text("send").click()
    page.get_by_text("taken").wait_for()
    show(page, '<body><main data-failed><p data-failed>500</p></main><script src="/static/app.js"></script>')
    show(page, FORM.format(extra=""))
    assert page.locator("[name=title]").input_value() == "sent again"


def test_a_form_that_came_back_with_errors_keeps_what_the_server_shows(page: Page) -> None:
    show(page, FORM.format(extra=""))
    page.locator("[name=title]").fill("old draft")
    page.evaluate("dispatchEvent(new Event('pagehide'))")
    show(page, FORM.format(extra='<p data-errors tabindex="-1">mend</p>'))
    assert page.locator("[name=title]").input_value() == ""

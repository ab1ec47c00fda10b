"""Every page looked at: both languages, a desktop and a phone, by axe, on paper, large, without scripts."""

import re
from functools import cache

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from minhu.ui import looks
from tests import words
from tests.journeys import browser as chromium
from tests.journeys import pages
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.journey
TAGS = {"zh-hans": "zh-Hans", "en": "en"}
TEXTS = """() => {
  const seen = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const { data, parentElement } = walk.currentNode;
    if (!parentElement.closest('script, style, code, kbd, [lang]:not(html)')) seen.push(data.trim());
  }
  return seen.filter(Boolean);
}"""


@cache
def msgids() -> set[str]:
    """Words of the rooms that may not stand in a Chinese page as they are."""
    said = {word.single for room in words.rooms() for word in words.words_of(room)}
    return {one for one in said if re.search("[a-z]{3}", one) and not words.PLACEHOLDER.search(one)}


def faults_of(page: Page, sight: pages.Sight, lang: str) -> list[str]:
    """What is wrong with an opened page in a language, in words."""
    faults = [f"{sight.name}: {fault}" for fault in chromium.faults_of_layout(page)]
    if page.get_attribute("html", "lang") != TAGS[lang]:
        faults.append(f"{sight.name}: lang is {page.get_attribute('html', 'lang')}")
    if (headings := page.locator("h1").count()) != 1:
        faults.append(f"{sight.name}: {headings} h1")
    english = sorted(set(page.evaluate(TEXTS)) & msgids())
    if lang == "zh-hans":
        faults += [f"{sight.name}: in English {words!r}" for words in english]
    elif not english:
        faults.append(f"{sight.name}: says nothing in English")
    return faults


def walk(visit: Visit, lang: str, width: int, half: int) -> list[str]:
    """Open every second page at a width in a language; what is wrong with any of them."""
    size = {"width": width, "height": 900}
    open_pages = {
        pages.OFFICE: visit.slip_in(pages.OFFICE, lang=lang, size=size),
        pages.NOBODY: visit.open(lang=lang, size=size),
    }
    faults: list[str] = []
    for sight in pages.sights()[half::2]:
        page = open_pages[sight.username]
        if (answer := page.goto(visit.url + sight.url)).status != 200:
            faults.append(f"{sight.name}: status {answer.status}")
            continue
        faults += faults_of(page, sight, lang)
        if width == 1280 and lang == "zh-hans":
            faults += [f"{sight.name}: {fault}" for fault in chromium.faults_of_access(page)]
    return faults


@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_every_page_is_whole(visit: Visit, lang: str, width: int, half: int) -> None:
    assert walk(visit, lang, width, half) == []


def test_every_page_is_listed(visit: Visit, client) -> None:
    """An address that is not looked at takes no GET (or is a file): a new page has to be listed."""
    client.force_login(visit.account(pages.OFFICE))
    seen = {sight.name for sight in pages.sights()} | pages.NOT_LOOKED_AT
    for name, pattern in pages.named():
        if name not in seen:
            dummy = dict.fromkeys(pattern.pattern.converters, "1")
            assert client.get(reverse(name, kwargs=dummy)).status_code == 405, f"{name}: add it to pages.py"


@pytest.mark.parametrize("look", ["dark", "contrast", "light large"])
def test_the_cockpit_shuts_nobody_out_in_any_look(visit: Visit, look: str) -> None:
    page = visit.slip_in(pages.LEADER)
    visit.cookie(page.context, looks.COOKIE, f'"{look}"')
    page.goto(visit.url + "/cockpit/")
    assert page.get_attribute("html", "data-theme") == look
    assert chromium.faults_of_access(page) == []
    assert chromium.faults_of_layout(page) == []


def test_large_print_fits_a_phone(visit: Visit) -> None:
    page = visit.slip_in(pages.OFFICE, size=chromium.PHONE)
    visit.cookie(page.context, looks.COOKIE, '"light large"')
    faults = []
    for sight in pages.sights():
        if sight.username == pages.OFFICE:
            page.goto(visit.url + sight.url)
            faults += [f"{sight.name}: {fault}" for fault in chromium.faults_of_layout(page)]
    assert faults == []


@pytest.mark.parametrize("path", ["/cockpit/", "/reforms/GG-2024-14/", "/reforms/coverage/"])
def test_twice_the_size_still_fits(visit: Visit, path: str) -> None:
    page = visit.slip_in(pages.OFFICE, size={"width": 640, "height": 450}, device_scale_factor=2)
    page.goto(visit.url + path)
    assert chromium.faults_of_layout(page) == []


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_the_cockpit_prints_on_one_page(visit: Visit, lang: str) -> None:
    page = visit.slip_in(pages.LEADER, lang=lang)
    page.goto(visit.url + "/cockpit/")
    paper = page.pdf(format="A4", print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1


def test_everything_can_be_read_without_scripts(visit: Visit) -> None:
    page = visit.slip_in(pages.OFFICE, java_script_enabled=False)
    for path, words_there in (
        ("/cockpit/", "驾驶舱"), ("/desk/", "我的工作台"), ("/reforms/", "GG-20"),
        ("/reforms/GG-2024-14/", "首批上级文件拆条认领"), ("/mandates/", "示例〔2024〕1号"),
        ("/basis/", "蓝灯"),
    ):  # fmt: skip
        page.goto(visit.url + path)
        expect(page.locator("main")).to_contain_text(words_there)
    page.goto(visit.url + "/reforms/?light=red")
    expect(page.locator("main tbody tr").first.locator(".l-red")).to_be_visible()


def test_a_phone_opens_the_menu_and_a_look_is_kept_without_scripts(visit: Visit) -> None:
    page = visit.slip_in(pages.OFFICE, size=chromium.PHONE, java_script_enabled=False)
    page.goto(visit.url + "/cockpit/")
    page.click("a.menu")
    page.locator("nav#nav a[href='/desk/']").click()
    expect(page.locator("h1")).to_have_text("我的工作台")

"""Every page looked at: both languages, a desktop and a phone, by axe, on paper, large, and without scripts."""

import re
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page

from tests.journeys import browser as chromium
from tests.journeys import pages
from tests.journeys.conftest import Visit
from tests.words import entries

pytestmark = pytest.mark.journey
HOUSE = Path(__file__).resolve().parents[2]
TAGS = {"zh-hans": "zh-Hans", "en": "en"}
CHROME = """() => {
  const seen = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const parent = walk.currentNode.parentElement;
    if (!parent.closest('script, style, code, kbd, [lang]:not(html)')) seen.push(walk.currentNode.data.trim());
  }
  return seen.filter(Boolean);
}"""


def msgids() -> set[str]:
    """Words of the rooms that must not stand in a Chinese page as they are: no numbers, no names."""
    files = sorted(HOUSE.glob("src/minhu/*/locale/zh_Hans/LC_MESSAGES/django.po"))
    found = {entry for file in files for entry in entries(file)}
    return {words for words in found if re.fullmatch(r"[A-Z][a-z]+[A-Za-z ,:’“”.;-]*", words) and "%" not in words}


def faults_of(page: Page, sight: pages.Sight, lang: str) -> list[str]:
    """What is wrong with an opened page in a language, in words."""
    faults = [f"{sight.name}: {fault}" for fault in chromium.faults_of_layout(page)]
    if page.get_attribute("html", "lang") != TAGS[lang]:
        faults.append(f"{sight.name}: lang is {page.get_attribute('html', 'lang')}")
    if (headings := page.locator("h1").count()) != 1:
        faults.append(f"{sight.name}: {headings} h1")
    if lang == "zh-hans":
        raw = sorted(set(page.evaluate(CHROME)) & msgids())
        faults += [f"{sight.name}: in English {words!r}" for words in raw]
    return faults

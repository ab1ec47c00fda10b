"""A real Chromium for the journeys: found on the machine, never downloaded."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

HOUSE = Path(__file__).resolve().parents[2]
PLACES = (
    "/usr/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 780}


def find_chromium() -> str | None:
    """Path of a Chromium on this machine, or nothing."""
    named = [
        os.environ.get("MINHU_CHROMIUM"),
        *PLACES,
        shutil.which("chromium"),
        shutil.which("google-chrome"),
    ]
    return next((path for path in named if path and Path(path).exists()), None)


def start_browser() -> Iterator[Browser]:
    """The browser of a whole run; without one the journeys skip, or fail where that is demanded."""
    path = find_chromium()
    if path is None:
        if os.environ.get("MINHU_DEMAND_LEGS"):
            pytest.fail("the browser leg is demanded, but there is no Chromium on this machine")
        pytest.skip("no Chromium on this machine: install it to run the browser leg")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        yield browser
        browser.close()


def faults_of_layout(page: Page) -> list[str]:
    """What spills: the page sideways, or a text out of its own box."""
    return page.evaluate(
        """() => {
          const faults = [];
          const root = document.documentElement;
          if (root.scrollWidth > root.clientWidth + 1)
            faults.push(`page is ${root.scrollWidth} wide in ${root.clientWidth}`);
          const inside = (el) => {
            for (let up = el.parentElement; up; up = up.parentElement) {
              const flow = getComputedStyle(up).overflowX;
              if (flow === 'auto' || flow === 'scroll' || flow === 'hidden') return true;
            }
            return false;
          };
          for (const el of document.querySelectorAll('main *, header *, nav *')) {
            const box = el.getBoundingClientRect();
            if (!box.width || !el.textContent.trim() || el.closest('.sr, svg, details:not([open])')) continue;
            if (box.right > root.clientWidth + 1 && !inside(el))
              faults.push(`<${el.tagName} class="${el.className}"> ends at ${Math.round(box.right)}`);
          }
          return faults.slice(0, 5);
        }"""
    )


def faults_of_access(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.1 AA, in words."""
    page.evaluate((HOUSE / "node_modules" / "axe-core" / "axe.min.js").read_text())
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
    found = page.evaluate("async (runOnly) => (await axe.run(document, {runOnly})).violations", rules)
    return [f"{fault['id']}: {node['html'][:140]}" for fault in found for node in fault["nodes"][:2]]

"""Every ink on every ground it stands on reaches 4.5:1, in every theme; marks and borders 3:1."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "minhu" / "ui" / "static" / "ui" / "src"
TOKENS = (SOURCE / "tokens.css").read_text()
SELECTORS = {"light": ":root", "dark": '[data-theme~="dark"]', "contrast": '[data-theme~="contrast"]'}
TEXT = [
    *[(ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in ("paper", "card", "sunk")],
    *[(ink, ground) for ink in ("navy-ink", "red-ink") for ground in ("paper", "card", "sunk")],
    *[("ink-2", ground) for ground in ("navy-tint", "red-tint", "green-tint", "ochre-tint")],
    ("ink", "navy-tint"), ("ink", "red-tint"), ("ink", "mark"), ("ink-3", "navy-tint"), ("ink-3", "red-tint"),
    ("navy-ink", "navy-tint"), ("red-ink", "red-tint"), ("green-ink", "green-tint"),
    ("ochre-ink", "ochre-tint"),
    ("green-ink", "card"), ("green-ink", "paper"), ("green-ink", "sunk"),
    ("ochre-ink", "card"), ("ochre-ink", "paper"), ("ochre-ink", "sunk"), ("ochre-ink", "navy-tint"),
    ("green-ink", "navy-tint"), ("red-ink", "navy-tint"),
    ("on-solid", "navy"), ("on-solid", "red"), ("on-solid", "green"), ("card", "ink"),
    ("on-heat-low", "heat-1"), ("on-heat-low", "heat-2"), ("on-heat-low", "heat-3"),
    ("on-heat-high", "heat-4"), ("on-heat-high", "heat-5"),
]  # fmt: skip
SHAPES = [
    ("edge", "card"), ("edge", "paper"), ("focus", "card"), ("focus", "paper"), ("red", "card"),
    ("green", "card"), ("navy-ink", "card"), ("navy-2", "card"), ("mark-line", "card"),
]  # fmt: skip


def block(css: str, selector: str) -> dict[str, str]:
    """The custom properties of a rule."""
    found = re.search(re.escape(selector) + r"\s*\{(.*?)\}", css, re.DOTALL)
    assert found, selector
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", found[1]))


def theme(name: str) -> dict[str, str]:
    """All tokens of a theme: what it does not say, it takes from the light one."""
    return {**block(TOKENS, SELECTORS["light"]), **block(TOKENS, SELECTORS[name])}


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.1)."""
    assert re.fullmatch(r"#[0-9a-f]{6}", colour), colour
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("name", SELECTORS)
def test_text_reaches_four_and_a_half(name: str) -> None:
    tokens = theme(name)
    pale = {f"{ink} on {ground}": round(ratio, 2) for ink, ground in TEXT
            if (ratio := contrast(tokens[ink], tokens[ground])) < 4.5}  # fmt: skip
    assert pale == {}


@pytest.mark.parametrize("name", SELECTORS)
def test_shapes_and_borders_of_controls_reach_three(name: str) -> None:
    tokens = theme(name)
    pale = {f"{ink} on {ground}": round(ratio, 2) for ink, ground in SHAPES
            if (ratio := contrast(tokens[ink], tokens[ground])) < 3}  # fmt: skip
    assert pale == {}


def test_high_contrast_reaches_seven() -> None:
    tokens = theme("contrast")
    assert (
        min(contrast(tokens[ink], tokens[ground]) for ink, ground in TEXT if not ink.startswith("on-heat"))
        >= 7
    )


def test_every_token_used_is_defined_and_colours_stand_only_in_tokens() -> None:
    styles = {path.name: path.read_text() for path in SOURCE.glob("*.css") if path.name != "tokens.css"}
    data = {"x", "w", "i", "v", "lane", "lanes", "lane-no", "name"}  # set by pages and components, not tokens
    known = set(block(TOKENS, ":root")) | data
    assert {name for css in styles.values() for name in re.findall(r"var\(--([\w-]+)", css)} - known == set()
    written = {name: re.findall(r"(?<!%23)#[0-9a-fA-F]{3,8}\b", css) for name, css in styles.items()}
    assert {name: found for name, found in written.items() if found} == {}


def test_the_style_stays_small() -> None:
    assert sum(len(path.read_text().splitlines()) for path in SOURCE.glob("*.css")) < 700

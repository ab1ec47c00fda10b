"""The looks a reader may choose: one tone of paper, and large print or not; kept in a cookie."""

from collections.abc import Iterable

from django.utils.translation import pgettext_lazy

COOKIE = "minhu_look"
COOKIE_AGE = 400 * 24 * 3600
PAPERS = {
    "light": pgettext_lazy("look", "Light"),
    "dark": pgettext_lazy("look", "Dark"),
    "contrast": pgettext_lazy("look", "High contrast"),
}
LARGE = "large"


def look_of(words: str | Iterable[str]) -> str:
    """A known look from whatever a cookie or form says (`dark large`); nonsense becomes `light`."""
    said = words.split() if isinstance(words, str) else list(words)
    paper = next((word for word in said if word in PAPERS), "light")
    return f"{paper} {LARGE}" if LARGE in said else paper

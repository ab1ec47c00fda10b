"""Bounds of fields that leave nothing to enter."""

import re
from typing import Any

from minhu.methods.composing import Constraint
from minhu.packs.guides.linting.lens import Lens
from minhu.packs.guides.parts import BoundsSpec
from minhu.packs.sections import Located

EMPTY = "nothing can be entered: {why}"


def check_bounds(
    lens: Lens, located: Located[Any], path: tuple[str | int, ...], bounds: BoundsSpec, whole: Constraint
) -> None:
    """Patterns that cannot be read; bounds that contradict each other, or those of the dictionary."""
    for number, pattern in enumerate(bounds.patterns):
        try:
            re.compile(pattern)
        except re.error as error:
            at = located.where(*path, "patterns", number)
            lens.wrong(at, "the pattern cannot be read: {why}", why=error)
            return
    if len(set(bounds.options)) < len(bounds.options):
        lens.wrong(located.where(*path, "options"), "an option stands twice")
    if whole.is_empty:
        key = next((one for one in ("options", "least", "greatest", "shortest") if spoken(bounds, one)), "")
        lens.wrong(located.where(*path, *([key] if key else [])), EMPTY, why=why(bounds, whole))


def spoken(bounds: BoundsSpec, key: str) -> bool:
    """Whether bounds say something under a key."""
    return getattr(bounds, key) not in ((), None)


def why(bounds: BoundsSpec, whole: Constraint) -> str:
    """What contradicts what."""
    if whole.options is not None:
        left = ", ".join(bounds.options) or "none"
        return f"of the options ({left}) none is allowed by the other bounds and the dictionary"
    if whole.least is not None and whole.greatest is not None and whole.least > whole.greatest:
        return f"at least {whole.least}, at most {whole.greatest}"
    return f"at least {whole.shortest} characters, at most {whole.longest}"

"""Every word on the screen in both languages: `python -m tests.words [room]` lists what is missing."""

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

HOUSE = Path(__file__).resolve().parents[1]
SOURCE = HOUSE / "src" / "minhu"
PO = Path("locale", "zh_Hans", "LC_MESSAGES", "django.po")
SINGLE = {"_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None}
PLURAL = {"ngettext": (1, 2), "ngettext_lazy": (1, 2)}
CONTEXT = {"pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2)}
BOTH = {"npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3)}
KEYWORDS = {**SINGLE, **PLURAL, **CONTEXT, **BOTH}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
# What stands in tags is for the catalogue, or a comment.
SAID = re.compile(r"{% (blocktrans\w*|comment) .*?{% end\1 %}|{%.*?%}|{#.*?#}", re.DOTALL)
CHINESE = re.compile(r"[\u3400-\u9fff]+")
# The seal, and the name of the language in itself.
KNOWN_CHINESE = {"呼", "中文"}


@dataclass(frozen=True, slots=True)
class Word:
    """A msgid with its plural and context, and one place where it stands."""

    context: str
    single: str
    plural: str
    place: str

    @property
    def key(self) -> tuple[str, str]:
        """What gettext looks it up by."""
        return self.context, self.single

    def __str__(self) -> str:
        context = f"[{self.context}] " if self.context else ""
        return f"{self.place}: {context}{self.single!r}"


def rooms() -> list[str]:
    """Every folder of the house that speaks on the screen."""
    return [path.name for path in sorted(SOURCE.iterdir()) if path.is_dir() and words_of(path.name)]


@cache
def words_of(room: str) -> tuple[Word, ...]:
    """Every msgid of a room, once, from its Python files and its templates."""
    found: dict[tuple[str, str], Word] = {}
    for path in sorted((SOURCE / room).rglob("*")):
        if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
            for word in words_in(path):
                found.setdefault(word.key, word)
    return tuple(found.values())


def words_in(path: Path) -> Iterator[Word]:
    """The msgids of one file."""
    text = path.read_text()
    if path.suffix == ".py" and "gettext" not in text:
        return
    code = with_contexts(text) if path.suffix == ".py" else as_python(text, path)
    name = str(path.relative_to(HOUSE))
    for line, keyword, said, _ in extract_python(io.BytesIO(code.encode()), KEYWORDS, (), {}):
        parts = [part or "" for part in (said if isinstance(said, tuple) else (said,))]
        context = parts.pop(0) if keyword in {**CONTEXT, **BOTH} else ""
        plural = parts[1] if keyword in {**PLURAL, **BOTH} and len(parts) > 1 else ""
        if parts[0]:
            yield Word(context, parts[0], plural, f"{name}:{line}")


def with_contexts(code: str) -> str:
    """The code with contexts that stand as a constant of the same file written out."""
    said = dict(re.findall(r'^([A-Z_]+) = ("[^"\n]*")$', code, re.MULTILINE))
    return re.sub(
        r"(pgettext(?:_lazy)?\(\s*)([A-Z_]+)\b", lambda hit: hit[1] + said.get(hit[2], hit[2]), code
    )


def as_python(text: str, path: Path) -> str:
    """A template as Django's own tool reads it; it needs settings for its parser."""
    if not settings.configured:
        settings.configure()
    # In brackets, because what is left of a template is indented as no Python is.
    return f"({templatize(text, origin=str(path))})"


@cache
def catalog_of(room: str) -> Catalog:
    """The Chinese words of a room; a room without a file has none."""
    path = SOURCE / room / PO
    if not path.exists():
        return Catalog(locale="zh_Hans")
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans", abort_invalid=True)


def translations(room: str) -> dict[tuple[str, str], tuple[str, ...]]:
    """What is translated in a room: (context, msgid) to its forms; fuzzy and empty ones do not count."""
    said: dict[tuple[str, str], tuple[str, ...]] = {}
    for message in catalog_of(room):
        single = message.id[0] if isinstance(message.id, tuple) else message.id
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        if single and all(forms) and not message.fuzzy:
            said[message.context or "", single] = forms
    return said


def missing(room: str) -> list[str]:
    """Msgids of a room without Chinese."""
    said = translations(room)
    return [str(word) for word in words_of(room) if word.key not in said]


def uneven(room: str) -> list[str]:
    """Msgids whose Chinese holds other placeholders than the English."""
    said = translations(room)
    return [
        f"{word} -> {form!r}"
        for word in words_of(room)
        for form in said.get(word.key, ())
        if set(PLACEHOLDER.findall(form)) != set(PLACEHOLDER.findall(word.plural or word.single))
    ]


def clashes() -> list[str]:
    """Msgids that two rooms say differently: Django knows one catalogue only, so one of them would lose."""
    said: dict[tuple[str, str], dict[tuple[str, ...], str]] = {}
    for room in rooms():
        used = {word.key for word in words_of(room)}
        for key, forms in translations(room).items():
            if key in used:
                said.setdefault(key, {}).setdefault(forms, room)
    return [f"{key}: {forms}" for key, forms in said.items() if len(forms) > 1]


def stray(room: str) -> list[str]:
    """Chinese written straight into a template: it would be shown to English readers too."""
    return [
        f"{path.relative_to(HOUSE)}: {said}"
        for path in sorted((SOURCE / room).rglob("*.html"))
        for said in CHINESE.findall(SAID.sub("", path.read_text()))
        if said not in KNOWN_CHINESE
    ]


def unused(room: str) -> list[str]:
    """Chinese for msgids that stand nowhere any more; told, not refused."""
    used = {word.key for word in words_of(room)}
    return [single for context, single in translations(room) if (context, single) not in used]


def main(names: list[str]) -> int:
    """Print every fault, one a line; the exit code says whether there is any."""
    faults = [f"no Chinese       {said}" for room in names or rooms() for said in missing(room)]
    faults += [f"placeholders     {said}" for room in names or rooms() for said in uneven(room)]
    faults += [f"in a template    {said}" for room in names or rooms() for said in stray(room)]
    faults += [f"said differently {said}" for said in clashes()]
    spare = [f"unused           {room}: {said!r}" for room in names or rooms() for said in unused(room)]
    sys.stdout.write(("\n".join([*spare, *faults]) or "every word stands in both languages") + "\n")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

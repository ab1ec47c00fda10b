"""Two readings of one text, as long as it is: as written, and with every spelling of a digit as a digit."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

BLOT = "*"
SPELLED = dict(
    zip("零〇○◯一二三四五六七八九幺壹贰叁肆伍陆柒捌玖", "0000123456789112345678" + "9", strict=True)
)
ALIKE = {"O": "0", "o": "0", "l": "1", "I": "1"}  # letters typed for digits


@dataclass(frozen=True, slots=True)
class Views:
    """`plain`: each character in its plain form; `spelled`: 一, ①, 幺 and O read as digits besides."""

    plain: str
    spelled: str

    @classmethod
    def of(cls, text: str) -> "Views":
        """The readings of a text; a place in them is a place in the text."""
        signs = set(text)
        plain = {ord(sign): simple(sign) for sign in signs}
        spelled = {ord(sign): digit(sign) for sign in signs}
        return cls(text.translate(plain), text.translate(spelled))

    def without(self, spans: Iterable[tuple[int, int]]) -> "Views":
        """The same with these places blotted out."""
        places = list(spans)
        return Views(blotted(self.plain, places), blotted(self.spelled, places)) if places else self

    def both(self) -> Iterator[str]:
        """The readings that differ, as written first."""
        yield from dict.fromkeys((self.plain, self.spelled))


@lru_cache(maxsize=65536)
def simple(sign: str) -> str:
    """One character for one: full-width forms and foreign decimal digits become plain (NFKC)."""
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    plain = unicodedata.normalize("NFKC", sign)
    return plain if len(plain) == 1 and not unicodedata.category(sign).startswith("No") else sign


@lru_cache(maxsize=65536)
def digit(sign: str) -> str:
    """The digit that a character may stand for; itself in plain form where it stands for none."""
    value = unicodedata.digit(sign, None)
    if value is not None:
        return str(value)
    plain = simple(sign)
    return SPELLED.get(plain) or ALIKE.get(plain) or plain


def blotted(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text of the same length with these places, sorted or not, blotted out."""
    parts, at = [], 0
    for start, end in sorted(spans):
        if end > at:
            start = max(start, at)
            parts += [text[at:start], BLOT * (end - start)]
            at = end
    return "".join([*parts, text[at:]])

"""From a cell to a value: one reader for each column, made once for a sheet."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, TypeAlias

from minhu.methods.sheets.columns import Column, Type, Value, plain
from minhu.methods.sheets.days import day_of
from minhu.methods.sheets.numbers import number_of
from minhu.methods.sheets.raws import EXACT, Bad, Failed, clean, one_line, shortened, words_of

Reader: TypeAlias = Callable[[Any], Value]
YES = frozenset(map(plain, ("是", "有", "对", "√", "✓", "✔", "☑", "已", "y", "yes", "t", "true", "1")))
NO = frozenset(
    map(plain, ("否", "无", "没有", "不", "×", "✗", "✘", "☐", "n", "no", "f", "false", "0", "off"))
)
NOTHING = frozenset({"/", "-", "--", "—", "——", "–", "无", "n/a", "暂无"})
WORDY = frozenset({Type.TEXT, Type.LONG, Type.CODE})
SEPARATORS = re.compile(r"[、，,;；\n]")
NARROW = {0xFF01 + n: 0x21 + n for n in range(94) if chr(0x21 + n).isalnum()} | {ord("－"): "-"}
POWER = re.compile(r"\d(?:\.\d+)?e\+(\d{1,4})", re.IGNORECASE)
MOST_CHOICES = 20
MOST_WRONG, MOST_NEAR = 500, 100  # words compared with the choices, and their length
ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})


def reader_of(column: Column, shown: str = "", order: str = "") -> Reader:
    """A function from a raw cell to the value of the column, which raises `Bad`.

    `shown`: the unit the sheet's heading names; `order` of days whose year stands last.
    """
    inner = MAKERS[column.type](column, shown, order)

    def read(raw: Any) -> Value:
        if isinstance(raw, Failed) or (isinstance(raw, str) and raw.strip() in ERRORS):
            words = words_of(raw).strip()
            raise Bad("failed", found=words) if words else Bad("not_computed")
        value = None if is_nothing(raw, column.type) else inner(raw)
        if column.required and value in (None, ()):
            raise Bad("required")
        return () if value is None and column.type is Type.LIST else value

    return read


def is_nothing(raw: Any, kind: Type) -> bool:
    """Whether a cell is empty, or holds a stroke that stands for nothing."""
    if raw is None:
        return True
    if not isinstance(raw, str):
        return False
    words = clean(raw)
    if not words or kind in WORDY or kind in {Type.FLAG, Type.CHOICE}:
        return not words
    return words.casefold() in NOTHING and "\n" not in raw  # a list of one, parted by lines, may name it


def words_reader(column: Column, shown: str, order: str) -> Reader:
    """Words on one line, or on several (LONG)."""
    is_long = column.type is Type.LONG

    def read(raw: Any) -> Value:
        words = clean(all_digits(raw))
        words = words if is_long else one_line(words)
        bounded(len(words), column, ("long", "short"))
        return words or None

    return read


def code_reader(column: Column, shown: str, order: str) -> Reader:
    """A code: no blanks, digits and letters of half width, as the pattern says."""
    pattern = re.compile(column.pattern) if column.pattern else None

    def read(raw: Any) -> Value:
        words = code_words(all_digits(raw))
        lost = POWER.fullmatch(words)
        if lost and int(lost[1]) >= 11:
            raise Bad("digits_lost", found=words)
        bounded(len(words), column, ("long", "short"))
        if pattern and words and not pattern.fullmatch(words):
            raise Bad("bad_code", found=shortened(words), example=column.example or column.pattern)
        return words or None

    return read


def code_words(words: str) -> str:
    """A code as it is kept."""
    return "".join(clean(words).translate(NARROW).split())


def all_digits(raw: Any) -> str:
    """Words of a cell; a number of more than fifteen digits has lost some."""
    if isinstance(raw, (int, float)) and not isinstance(raw, bool) and abs(raw) >= EXACT:
        raise Bad("digits_lost", found=words_of(raw))
    return words_of(raw)


def number_reader(column: Column, shown: str, order: str) -> Reader:
    """A number within its bounds."""

    def read(raw: Any) -> Value:
        number = number_of(raw, column, shown)
        bounded_value(number, column, ("low", "high"))
        if column.type is Type.WHOLE:
            if number != number.to_integral_value():
                raise Bad("no_whole", found=shortened(words_of(raw)))
            return int(number)
        if column.places is not None and decimals(number) > column.places:
            raise Bad("places", found=f"{number:f}", places=column.places)
        return number

    return read


def decimals(number: Decimal) -> int:
    """How many decimals a number has."""
    power = number.normalize().as_tuple().exponent
    return max(-power, 0) if isinstance(power, int) else 0


def day_reader(column: Column, shown: str, order: str) -> Reader:
    """A day within its bounds."""

    def read(raw: Any) -> Value:
        if isinstance(raw, bool):
            raise Bad("no_date", found=words_of(raw))
        day = day_of(raw, column.month, order)
        bounded_value(day, column, ("early", "late"))
        return day

    return read


def flag_reader(column: Column, shown: str, order: str) -> Reader:
    """Yes or no."""

    def read(raw: Any) -> Value:
        if isinstance(raw, bool):
            return raw
        words = plain(words_of(raw))
        if words in YES:
            return True
        if words in NO:
            return False
        raise Bad("no_flag", found=shortened(words_of(raw)))

    return read


def choice_reader(column: Column, shown: str, order: str) -> Reader:
    """One of the choices, by title, value or alias."""
    known, near = known_choices(column), Near(column)

    def read(raw: Any) -> Value:
        words = clean(words_of(raw))
        found = known.get(plain(words))
        if found is None and words.casefold() in NOTHING:
            return None
        return found if found is not None else near.refuse(words)

    return read


def list_reader(column: Column, shown: str, order: str) -> Reader:
    """Several words or choices; where the cell has line breaks, only these part them."""
    known, near = known_choices(column), Near(column)

    def read(raw: Any) -> Value:
        words = words_of(raw).replace("\r\n", "\n").replace("\r", "\n")
        parts = words.split("\n") if "\n" in words else SEPARATORS.split(words)
        named = [part for part in map(clean, parts) if part]
        if column.choices:
            named = [known.get(plain(part)) or near.refuse(part) for part in named]
        unique = tuple(dict.fromkeys(named))
        bounded(len(unique), column, ("many", "few"))
        return unique

    return read


def known_choices(column: Column) -> dict[str, str]:
    """Everything a choice may be called, and its value; titles win over aliases."""
    known = {plain(alias): choice.value for choice in column.choices for alias in choice.aliases}
    known |= {plain(choice.value): choice.value for choice in column.choices}
    return known | {plain(choice.title): choice.value for choice in column.choices}


class Near:
    """The refusal of words that are no choice; the nearest one is looked for once, and not for ever."""

    def __init__(self, column: Column) -> None:
        self.titles = [choice.title for choice in column.choices]
        self.seen: dict[str, str] = {}

    def refuse(self, words: str) -> str:
        """Raise `Bad`, with the choice that was meant perhaps."""
        if words not in self.seen and len(self.seen) < MOST_WRONG:
            close = get_close_matches(words[:MOST_NEAR], self.titles, n=1, cutoff=0.5)
            self.seen[words] = close[0] if close else ""
        near, more = self.seen.get(words, ""), "…" if len(self.titles) > MOST_CHOICES else ""
        facts: dict[str, object] = {
            "found": shortened(words),
            "choices": "、".join(self.titles[:MOST_CHOICES]) + more,
        }
        if near:
            raise Bad("near_choice", near=near, **facts)
        raise Bad("no_choice", **facts)


def bounded(length: int, column: Column, names: tuple[str, str]) -> None:
    """Refuse what is too long or too short."""
    if column.most is not None and length > column.most:
        raise Bad(names[0], length=length, most=column.most, over=length - column.most)
    if column.least is not None and 0 < length < column.least:
        raise Bad(names[1], length=length, least=column.least)


def bounded_value(value: Decimal | date, column: Column, names: tuple[str, str]) -> None:
    """Refuse a number or a day out of its bounds."""
    shown = f"{value:f}" if isinstance(value, Decimal) else value.isoformat()
    if column.low is not None and value < column.low:  # type: ignore[operator]
        raise Bad(names[0], found=shown, low=column.low)
    if column.high is not None and value > column.high:  # type: ignore[operator]
        raise Bad(names[1], found=shown, high=column.high)


MAKERS: dict[Type, Callable[[Column, str, str], Reader]] = {
    Type.TEXT: words_reader,
    Type.LONG: words_reader,
    Type.CODE: code_reader,
    Type.WHOLE: number_reader,
    Type.DECIMAL: number_reader,
    Type.DATE: day_reader,
    Type.FLAG: flag_reader,
    Type.CHOICE: choice_reader,
    Type.LIST: list_reader,
}

"""Days as people write them; what names no day, or two, is refused with its reason."""

import re
import unicodedata
from calendar import monthrange
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from minhu.methods.sheets.raws import Bad, exact, shortened, words_of

TIME = r"(?:[T ]*(?:上午|下午)?\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[-+]\d{2}:?\d{2})?)?"
WEEKDAY = r"(?:[(]?(?:星期|周)?[一二三四五六日天][)]?)?"
DAY = re.compile(
    rf"(\d{{4}})\s*[-/.年\s]\s*(\d{{1,2}})\s*[-/.月\s]\s*(\d{{1,2}})\s*[日号]?\s*{WEEKDAY}\s*{TIME}"
)
PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{4}|\d{6})?")
MONTH = re.compile(r"(\d{4})\s*(?:[-/.]|年)\s*(\d{1,2})\s*(?:月份?)?\s*(底|末|初)?|(\d{4})(\d{2})")
YEAR = re.compile(
    r"\d{4}\s*年?\s*(?:底|末|初|第?[一二三四1-4]季度|[上下]半年)?|\d{1,2}月(?:份|\d{1,2}[日号])?"
)
TURNED = re.compile(rf"(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}})\s*{TIME}")
SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
FIRST_DAY = date(1899, 12, 30)  # day 0 of spreadsheets, for days after February 1900
SERIALS = (20_000, 80_000)  # 1954 to 2119: other bare numbers are no days
YEARS = (1900, 2200)
MOST_SIGNS = 60
DIGITS = {sign: str(value) for value, signs in enumerate(("〇零○", *"一二三四五六七八九")) for sign in signs}
HAN = re.compile(
    r"([〇零○一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})[日号])?"
)


def day_of(raw: Any, month: str = "", order: str = "") -> date:
    """The day in a cell. `month`: what a month without a day stands for (first, last); `order`: mdy or dmy.

    Raises `Bad` (no_date, no_day, no_such_day, day_or_month).
    """
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if isinstance(raw, (int, float, Decimal)) and not isinstance(raw, bool):
        return day_of_number(exact(raw), month)
    words = words_of(raw)
    text = han_digits(unicodedata.normalize("NFKC", words[: MOST_SIGNS + 1]).strip())
    if len(words) > MOST_SIGNS:
        raise Bad("no_date", found=shortened(words))
    found = DAY.fullmatch(text) or PACKED.fullmatch(text)
    if found:
        return made(found[1], found[2], found[3], words)
    if turned := TURNED.fullmatch(text):
        return turned_day(turned[1], turned[2], turned[3], order, words)
    if SERIAL.fullmatch(text) and SERIALS[0] <= Decimal(text) < SERIALS[1]:
        return FIRST_DAY + timedelta(days=int(Decimal(text)))
    return month_of(text, month, words)


def day_of_number(number: Decimal, month: str) -> date:
    """A bare number: the serial of a spreadsheet, 20260305, 202603 or 2026."""
    if SERIALS[0] <= number < SERIALS[1]:
        return FIRST_DAY + timedelta(days=int(number))
    words = f"{number:f}"
    if number == number.to_integral_value() and YEARS[0] <= int(words[:4]) <= YEARS[1]:
        found = PACKED.fullmatch(words)
        return made(found[1], found[2], found[3], words) if found else month_of(words, month, words)
    raise Bad("no_date", found=words)


def month_of(text: str, month: str, words: str) -> date:
    """A month that stands for its first or last day, where the column says so."""
    found = MONTH.fullmatch(text)
    shown = shortened(words)
    if found is None:
        raise Bad("no_day" if YEAR.fullmatch(text) else "no_date", found=shown)
    year, number = int(found[1] or found[4]), int(found[2] or found[5])
    if not 1 <= number <= 12 or not YEARS[0] <= year <= YEARS[1]:
        raise Bad("no_such_day" if found[1] else "no_date", found=shown)
    if not month:
        raise Bad("no_day", found=shown)
    return date(year, number, 1 if month == "first" else monthrange(year, number)[1])


def turned_day(one: str, two: str, year: str, order: str, words: str) -> date:
    """A day with its year last: by the order of the mapping, or where only one reading is a day."""
    if order == "mdy" or (not order and int(two) > 12):
        return made(year, one, two, words)
    if order == "dmy" or int(one) > 12 or one == two:
        return made(year, two, one, words)
    raise Bad("day_or_month", found=shortened(words))


def made(year: str, month: str, day: str, words: str) -> date:
    """A day of the calendar, or the refusal of one that is none."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise Bad("no_such_day", found=shortened(words)) from None


def han_digits(text: str) -> str:
    """二〇二六年三月五日 as 2026年3月5日; other words as they are."""
    found = HAN.fullmatch(text)
    if not found:
        return text
    year = "".join(DIGITS[sign] for sign in found[1])
    day = f"{han_number(found[3])}日" if found[3] else ""
    return f"{year}年{han_number(found[2])}月{day}"


def han_number(words: str) -> int:
    """三, 十, 十二, 二十, 三十一."""
    tens, ten, ones = words.rpartition("十")
    if not ten:
        return int(DIGITS[words]) if len(words) == 1 else 0
    return int(DIGITS.get(tens, "1")) * 10 + int(DIGITS.get(ones, "0"))

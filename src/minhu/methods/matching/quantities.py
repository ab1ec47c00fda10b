"""Numbers with their units: periods, sums, shares; what a copied clause may have kept from before."""

import re

DIGITS = "零〇一二两三四五六七八九十百千万亿"
UNITS = "个工作日|工作日|个月|年|日|天|小时|万元|元|倍|人|%"
QUANTITY = re.compile(rf"(百分之[{DIGITS}]+|\d+(?:\.\d+)?|[{DIGITS}]+)(?:以[上下])?({UNITS})?")
DATE = re.compile(r"\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?")
PLACE = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8,
         "九": 9}  # fmt: skip
SCALE = {"十": 10, "百": 100, "千": 1000}


def quantities(text: str) -> dict[tuple[float, str], str]:
    """Every number that carries a unit (日, 个月, 万元, 倍, 百分之 …) as (value, unit) → the words it was in.

    Days of the calendar are left out. 三十日 and 30日 are the same; 五万元 and 50000元 are too.
    """
    found: dict[tuple[float, str], str] = {}
    for match in QUANTITY.finditer(DATE.sub("", text)):
        number, unit = match[1], match[2] or ""
        if number.startswith("百分之"):
            number, unit = number[3:], "%"
        value = value_of(number)
        if not unit or value is None:
            continue
        if unit == "万元":
            value, unit = value * 10_000, "元"
        found.setdefault((value, {"个工作日": "工作日", "天": "日"}.get(unit, unit)), match[0])
    return found


def value_of(number: str) -> float | None:
    """The value of 12.5, 三十, 十五, 二百, 五万; None where the characters are no number."""
    if number[0].isdigit():
        return float(number)
    head, sign, rest = number.partition("万")
    if sign:
        thousands, ones = value_of(head) if head else None, value_of(rest) if rest else 0.0
        return None if thousands is None or ones is None else thousands * 10_000 + ones
    total, digit = 0, 0
    for character in number:
        if character in PLACE:
            digit = PLACE[character]
        elif character in SCALE:
            total, digit = total + (digit or 1) * SCALE[character], 0
        else:
            return None
    return float(total + digit)


def differing(clause: str, answer: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Quantities that stand only in the clause, and only in what answers it; nothing if either has none
    of that unit: what one leaves unsaid is no contradiction."""
    ours, theirs = quantities(clause), quantities(answer)
    units = {unit for _value, unit in ours} & {unit for _value, unit in theirs}
    only = [
        tuple(words for key, words in some.items() if key not in other and key[1] in units)
        for some, other in ((ours, theirs), (theirs, ours))
    ]
    return (only[0], only[1]) if all(only) else ((), ())

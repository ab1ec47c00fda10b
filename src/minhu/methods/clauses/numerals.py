"""Ordinals as documents print them: 二十三, 23, ②, iv, c."""

HAN = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
UNITS = {"十": 10, "百": 100, "千": 1000}
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
CIRCLED = {chr(0x2460 + n): n + 1 for n in range(20)} | {chr(0x3251 + n): n + 21 for n in range(15)}


def ordinal(word: str) -> int:
    """The number a printed ordinal means, 0 if it means none."""
    if word.isdecimal():
        return int(word)
    if word in CIRCLED:
        return CIRCLED[word]
    return han(word) if word[:1] in HAN or word[:1] in UNITS else 0


def han(word: str) -> int:
    """A Chinese numeral below ten thousand: 一百一十八 is 118, 二〇 is 20."""
    if not any(sign in UNITS for sign in word):
        return int("".join(str(HAN.get(sign, 0)) for sign in word) or 0)
    total, digit = 0, 0
    for sign in word:
        if sign in UNITS:
            total += (digit or 1) * UNITS[sign]
            digit = 0
        else:
            digit = HAN.get(sign, 0)
    return total + digit


def roman(word: str) -> int:
    """A Roman numeral below four hundred: xiv is 14."""
    values = [ROMAN[sign] for sign in word.lower()]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)

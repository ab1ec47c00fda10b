"""The measures of GB/T 9704-2012, in twips (1/20 pt), so rounded that lines and characters fit."""

from math import floor

TWIPS_PER_MM = 1440 / 25.4
TWIPS_PER_POINT = 20

SIZE_2 = 22.0  # 2号, points
SIZE_3 = 16.0  # 3号
SIZE_4 = 14.0  # 4号
SIZE_TABLE = 12.0  # 小四; the standard leaves tables open

LINES = 22
CHARACTERS = 28


def mm(length: float) -> int:
    """Millimetres as the nearest whole twip."""
    return round(length * TWIPS_PER_MM)


PAGE_WIDTH, PAGE_HEIGHT = mm(210), mm(297)
TOP, LEFT = mm(37), mm(28)
TYPE_WIDTH, TYPE_HEIGHT = mm(156), mm(225)
RIGHT = PAGE_WIDTH - LEFT - TYPE_WIDTH
BOTTOM = PAGE_HEIGHT - TOP - TYPE_HEIGHT

# Rounded down: 22 lines of 580 twips would be 4 twips too high for the type area and lose the last line,
# 28 characters of 316 twips 3 twips too wide and lose the last character. Justified lines fill the rest.
LINE = floor(TYPE_HEIGHT / LINES)
CHARACTER = floor(TYPE_WIDTH / CHARACTERS)
SPACING = CHARACTER - round(SIZE_3 * TWIPS_PER_POINT)

HEAD_LARGEST, HEAD_SMALLEST = 48.0, 20.0  # points; the standard asks only for a striking head
HEAD_NARROWEST = 70  # percent: long heads are set narrow rather than small
RULE_GAP = 11  # points: the red rule stands 4 mm under the number
LETTER_RULE = mm(170)
LETTER_HEAD, LETTER_FOOT = mm(30), mm(20)  # from the edges of the page to the head and to the lower rule
PAGE_NUMBER_GAP = mm(7)

THICK, THIN = 8, 6  # eighths of a point: 0.35 mm and 0.25 mm
RED_RULE = 12


def characters(count: float) -> int:
    """The width of so many characters of the body."""
    return round(count * CHARACTER)


def width(text: str) -> float:
    """How many characters wide a text is: ASCII counts half."""
    return sum(0.5 if ord(sign) < 128 else 1.0 for sign in text)


def head_size(words: str) -> tuple[float, int]:
    """Size in points (halves) and width in percent at which a red head fits one line of the type area."""
    fits = TYPE_WIDTH / TWIPS_PER_POINT / (width(words) + 0.5)
    size = min(max(floor(fits * 2 * 100 / HEAD_NARROWEST) / 2, HEAD_SMALLEST), HEAD_LARGEST)
    return size, min(max(floor(fits / size * 100), HEAD_NARROWEST), 100)

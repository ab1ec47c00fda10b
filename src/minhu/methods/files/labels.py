"""Numbers in the writings that Word counts in (ST_NumberFormat of ISO/IEC 29500-1, 17.18.59)."""

DIGITS = "〇一二三四五六七八九"
LEGAL = "零壹贰叁肆伍陆柒捌玖"
STEPS = ("", "十", "百", "千")
LEGAL_STEPS = ("", "拾", "佰", "仟")
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
         (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def numbered(number: int, form: str) -> str:
    """A number in a number format of Word; bullets and "none" give nothing, an unknown format digits.

    12 in chineseCounting is 十二, in upperRoman XII.
    """
    if form in {"bullet", "none"}:
        return ""
    if form in CHINESE:
        return counted(number, DIGITS.replace("〇", "零"), STEPS)
    if form in LEGAL_FORMS:
        return counted(number, LEGAL, LEGAL_STEPS, with_one=True)
    if form in DIGIT_FORMS:
        return "".join(DIGITS[int(sign)] for sign in str(number))
    return western(number, form)


CHINESE = frozenset({"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
                     "taiwaneseCountingThousand", "koreanCounting"})  # fmt: skip
LEGAL_FORMS = frozenset({"chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"})
DIGIT_FORMS = frozenset({"ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"})


def counted(number: int, digits: str, steps: tuple[str, ...], *, with_one: bool = False) -> str:
    """Chinese counting up to 9999: 十, 一百零五; digits beyond."""
    if not 0 < number < 10_000:
        return digits[0] if number == 0 else str(number)
    out, waits = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit == 0:
            waits = bool(out)
            continue
        out += (digits[0] if waits else "") + digits[digit] + steps[place]
        waits = False
    return out.removeprefix(digits[1]) if out.startswith(digits[1] + steps[1]) and not with_one else out


def western(number: int, form: str) -> str:
    """Digits, letters, Roman numbers, circles, stems and branches."""
    if form == "decimalZero":
        return f"{number:02d}"
    if form == "decimalFullWidth":
        return str(number).translate(FULL_WIDTH)
    if form.startswith("decimalEnclosedCircle") and 0 < number <= len(CIRCLED):
        return CIRCLED[number - 1]
    if form in {"upperRoman", "lowerRoman"} and 0 < number < 4000:
        return roman(number) if form == "upperRoman" else roman(number).lower()
    if form in {"upperLetter", "lowerLetter"} and number > 0:
        letters = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if form == "upperLetter" else letters.lower()
    if form in {"ideographTraditional", "ideographZodiac"} and number > 0:
        row = STEMS if form == "ideographTraditional" else BRANCHES
        return row[(number - 1) % len(row)]
    return str(number)


def roman(number: int) -> str:
    """A Roman number."""
    out = ""
    for worth, sign in ROMAN:
        while number >= worth:
            out += sign
            number -= worth
    return out

"""Phones, resident identity numbers and bank cards, however their digits are set apart."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain

from minhu.methods.text.masking.views import Views

HIDDEN = "\u00ad\u200b-\u200f\u2060\ufeff\ufe0f\u20e3"  # signs nobody sees, between digits
GAP = rf"[\s{HIDDEN}.·•・。_/\\,，、~|:：()（）\-‐-―－+]"
THIN = rf"[\s{HIDDEN}\-‐-―－·•・._]"
NOT_A_SUM = r"(?!\d|[万亿]?[元块]|万|亿)"

MOBILE = re.compile(
    rf"(?<!\d)(?:(?:\+|00)?86{GAP}{{0,2}})?0?1{GAP}{{0,2}}[3-9](?:{GAP}{{0,2}}\d){{9}}{NOT_A_SUM}"
)
GLUED = re.compile(r"(?<!\d)(?:1[3-9]\d{9}){2,6}(?!\d)")
AREA = r"0(?:10|2\d|[3-9]\d\d)"
EXTENSION = rf"(?:{GAP}{{0,2}}(?:转|分机号?|[Ee]xt\.?)[\s:：]{{0,2}}\d{{1,5}}|[-－—]\d{{1,5}}(?!\d))?"
LANDLINE = re.compile(
    rf"(?<!\d)(?:(?:\+|00)?86{GAP}{{0,2}})?[(（]?{AREA}{GAP}{{0,3}}[2-9](?:{THIN}{{0,2}}\d){{6,7}}(?!\d){EXTENSION}"
)
ABROAD = re.compile(
    rf"\+?(?<!\d)86{GAP}{{0,2}}(?:10|2\d|[3-9]\d\d){GAP}{{1,2}}[2-9](?:{THIN}{{0,2}}\d){{6,7}}(?!\d)"
)
SPACED = re.compile(rf"(?<!\d)0(?:{THIN}\d){{9,11}}(?!\d)")
LOCAL = re.compile(
    rf"(?<!\d)(?<!\d[-－—])[2-8]\d{{2,3}}{THIN}?\d{{4}}(?!\d|[-－—]\d|[元块万年户人个份])(?:{EXTENSION})"
)
CALL = re.compile(
    r"(?:电话|座机|固话|联系方式|手机|号码|传真|致电|拨打|家电|宅电|打给?|[Tt][Ee][Ll]|[Pp]hone)号?码?[^\d。；;]{0,5}$"
)
REACHED = re.compile(r"电话|手机|联系|号码|微信|致电|拨打|短信|打给|[Tt][Ee][Ll]|[Pp]hone|呼叫|打")
PUBLIC = re.compile(
    r"(?:(?:监督|举报|咨询|投诉|服务|值班|报修|客服|便民|救助)电话|热线(?:电话)?)[:：是为\s]{0,3}$"
)
SERIAL = re.compile(
    r"(?:编号|单号|工单|案号|文号|代码|流水号?|受理号|登记号|批号|条码|合同号?)[:：是为\s]{0,3}$"
)
SHAPES = {(11,), (3, 4, 4), (3, 8), (3, 3, 5), (4, 3, 4), (4, 4, 3), (3, 2, 2, 2, 2), (3, 2, 3, 3), (7, 4)}

ID_18 = re.compile(rf"(?<![\dA-Za-z])[1-9](?:{THIN}{{0,2}}\d){{16}}{THIN}{{0,2}}[\dXx×](?![\dA-Za-z])")
ID_15 = re.compile(rf"(?<![\dA-Za-z])[1-9](?:{THIN}{{0,2}}\d){{14}}(?![\dA-Za-z])")
ID_WORD = re.compile(
    r"身份证|身份号|身分证|公民身份|证件号|驾驶?证|居民证|户口本|\bID\b|(?:^|[^A-Za-z])[Ii][Dd](?:号|:|：)"
)
ID_TAIL = re.compile(
    r"身份证(?:号码?)?的?(?:后|末|尾)(?:[46]|四|六)?位?(?:数字?|号码?)?[是为:：\s]{0,3}([\dXx]{4,6})(?![\dA-Za-z])"
)
PROVINCES = frozenset(
    f"{code}"
    for tens, last in enumerate((0, 5, 3, 7, 6, 4, 5, 1, 3))
    for code in range(10 * tens + 1, 10 * tens + last + 1)
) | {"50", "91"}
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

CARD = re.compile(rf"(?<![\dA-Za-z])[1-9](?:{THIN}{{0,2}}\d){{11,22}}(?![\dA-Za-z])")
CARD_WORD = re.compile(
    r"卡号|[银工建农中交招邮信商]行卡|储蓄|信用卡|借记卡|[账帐][号户]|开户|存折|银行|信用社|[工建农中交]行|医保|社保|一卡通"
)


def both(
    views: Views, pattern: re.Pattern[str], holds: Callable[[str, re.Match[str]], bool]
) -> Iterator[tuple[int, int]]:
    """Where a pattern is met and a test holds: as written, then in what is left with spelled digits."""
    found = [match.span() for match in pattern.finditer(views.plain) if holds(views.plain, match)]
    yield from found
    spelled = views.without(found).spelled
    if spelled != views.plain:
        yield from (match.span() for match in pattern.finditer(spelled) if holds(spelled, match))


def before(text: str, at: int, reach: int) -> str:
    """What stands in the `reach` characters before a place."""
    return text[max(0, at - reach) : at]


def phones(views: Views) -> Iterator[tuple[int, int]]:
    """Mobile and landline numbers; short public lines are too short to be met, named ones are left."""
    yield from both(views, GLUED, lambda text, match: True)
    rest = views.without(found := list(both(views, MOBILE, is_mobile)))
    yield from found
    for pattern in (LANDLINE, ABROAD, SPACED):
        yield from both(rest, pattern, lambda text, match: not is_public(text, match.start()))
    yield from both(rest, LOCAL, lambda text, match: is_called(text, match.start()))


def is_mobile(text: str, match: re.Match[str]) -> bool:
    """Whether eleven digits are set apart as a number is, or are spoken of as a number."""
    if SERIAL.search(before(text, match.start(), 8)):
        return False
    digits = re.sub(r"^(?:\+|00)?86(?=\D*0?\D*1)", "", match[0])
    shape = tuple(len(part) for part in re.findall(r"\d+", re.sub(rf"[{HIDDEN}]", "", digits)))
    first = shape[0] - 1 if digits.lstrip("()（） -").startswith("0") else shape[0]
    if (first, *shape[1:]) in SHAPES or set(shape) == {1}:
        return True
    return bool(REACHED.search(before(text, match.start(), 12)) or REACHED.match(text, match.end()))


def is_public(text: str, at: int) -> bool:
    """Whether a number is given as a line that an office keeps for all."""
    return bool(PUBLIC.search(before(text, at, 10))) and "我" not in before(text, at, 14)


def is_called(text: str, at: int) -> bool:
    """Whether seven or eight digits are spoken of as a number to call."""
    return bool(CALL.search(before(text, at, 16))) and not is_public(text, at)


def identities(views: Views) -> Iterator[tuple[int, int]]:
    """Resident identity numbers of eighteen and fifteen places, and ends of them that are given as such."""
    yield from both(views, ID_18, is_identity)
    yield from both(views, ID_15, is_identity)
    for text in views.both():
        yield from (match.span(1) for match in ID_TAIL.finditer(text))


def is_identity(text: str, match: re.Match[str]) -> bool:
    """Whether it is spoken of as one, or has a province and a day of birth, or its last place fits."""
    if ID_WORD.search(before(text, match.start(), 14)):
        return True
    number = re.sub(r"[^\dXx]", "", match[0].replace("×", "X")).upper()
    if number[:2] not in PROVINCES or SERIAL.search(before(text, match.start(), 8)):
        return False
    return born(number) or (len(number) == 18 and ends_well(number))


def born(number: str) -> bool:
    """Whether a day of birth stands where it should."""
    digits = number[6:14] if len(number) == 18 else "19" + number[6:12]
    if not digits.isdecimal() or not "1850" <= digits[:4] <= "2199":
        return False
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


def ends_well(number: str) -> bool:
    """Whether the last place is what GB 11643 makes of the others (ISO 7064, MOD 11-2)."""
    total = sum(weight * int(sign) for weight, sign in zip(WEIGHTS, number[:17], strict=True))
    return "10X98765432"[total % 11] == number[17]


def cards(views: Views) -> Iterator[tuple[int, int]]:
    """Bank cards and accounts: spoken of as such, or sixteen digits and more that pass as a card."""
    yield from both(views, CARD, is_card)


def is_card(text: str, match: re.Match[str]) -> bool:
    """Whether it is spoken of as a card, or is set apart, begins and ends as one."""
    ahead = before(text, match.start(), 16)
    if SERIAL.search(ahead[-8:]):
        return False
    if CARD_WORD.search(ahead):
        return True
    parts = re.findall(r"\d+", match[0])
    number = "".join(parts)
    apart = len(parts) == 1 or all(len(part) == 4 for part in parts[:-1])
    return (
        apart and 16 <= len(number) <= 19 and (number[:2] == "62" or (number[0] in "3456" and luhn(number)))
    )


def luhn(number: str) -> bool:
    """Whether the last digit is the check of the others (ISO/IEC 7812)."""
    doubled = (2 * int(sign) for sign in number[-2::-2])
    return sum(chain((int(sign) for sign in number[::-2]), (d - 9 * (d > 9) for d in doubled))) % 10 == 0

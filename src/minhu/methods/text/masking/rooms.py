"""Rooms and house numbers, where they tell a home; offices and roads are left."""

import re
from collections.abc import Iterator

from minhu.methods.text.masking.numbers import before
from minhu.methods.text.masking.views import Views

S = r"\s{0,2}"
N = r"[\d十百]{1,4}"
DASH = r"[-－—–―#]"
BUILDING = rf"(?:[A-Za-z]?{N}|[A-Za-z甲乙丙丁])[甲乙丙丁]?{S}(?:幢|栋|撞|号楼|楼栋|座|号院|号门|#楼?|号|弄)"
UNIT = rf"(?:{N}|[甲乙丙丁东西南北中A-Ea-e]){S}(?:单元|单位|门洞|梯)"
FLOOR = r"(?:[\d十]{1,3}|顶|底)(?:楼|层)"
SIDE = r"(?:[东西南北中左右]{1,2}(?:边|面|侧|手边?)?(?:户|室|门|套|间)|[东西左右][边手]那?[户家])"
NUMBER = r"[A-Za-z]?\d{2,4}"
SUFFIX = r"(?:号房|号室|室|房间?|号|户)"
NO_COUNT = r"(?![\d*]|[多余]|[户个人名位年月日元块万米平㎡m亩家间套度次层台盏路]|天(?!天)|车位|公里|公交)"
LINK = rf"{S}(?:的|,|，)?{S}"

WITH_ROOM = re.compile(
    rf"{BUILDING}{LINK}(?:{UNIT}{LINK}|\d{{1,2}}{DASH})?(?:{FLOOR}{LINK})?"
    rf"(?:[A-Za-z]?\d{{1,4}}(?:号房|号室|室|房(?!屋|产|价))|[A-Za-z]?\d{{3,4}}号?{NO_COUNT})"
)
UNIT_ROOM = re.compile(
    rf"(?:{BUILDING}{LINK})?{UNIT}{LINK}(?:{FLOOR}{LINK})?(?:{NUMBER}{SUFFIX}|\d{{3,4}}{NO_COUNT})"
)
FLOOR_ROOM = re.compile(
    rf"(?:{BUILDING}{LINK})?{FLOOR}{LINK}(?:{NUMBER}(?:号房|室)|\d{{3,4}}(?:号|{NO_COUNT}))"
)
WITH_SIDE = re.compile(
    rf"(?:{BUILDING}{LINK}(?:{UNIT}{LINK})?(?:{FLOOR}{LINK})?|{UNIT}{LINK}(?:{FLOOR}{LINK})?|{FLOOR}{LINK}){SIDE}"
    rf"|{BUILDING}{LINK}{UNIT}{LINK}{FLOOR}"
)
BARE = re.compile(rf"(?<![\dA-Za-z.第]){NUMBER}{S}(?:室(?![内外温])|号房间?|房间|号室)")
DASHED = re.compile(
    rf"(?<![\d*A-Za-z.-])(?:[A-Za-z]?\d{{1,3}}{DASH}\d{{1,2}}{DASH}\d{{3,4}}|[A-Za-z]?\d{{1,3}}{DASH}\d{{3,4}})"
    r"(室|房|号房?|户)?(?![\d*]|[-－—.]\d|[元万年月米平㎡]|公里)"
)
DWELLERS = re.compile(
    r"(?<![\d.*])\d{1,2}(?:0[1-9]|1[0-5])(?:号|室)?(?:的|那个?|这)?(?:业主|住户|租户|租客|房东|邻居|户主|房客|人家)"
)
BESIDE = re.compile(
    r"(?:楼上|楼下|隔壁|对门|对面)(?:的|是|邻居|那家)?(\d{1,2}(?:0[1-9]|1[0-5]))(?![\d*元路年]|公交)"
)
VILLAGE = re.compile(
    rf"(?:村|屯|庄|组|队|湾|屋场|自然村){S}({N}组)?{S}({N}(?:-\d{{1,2}})?号)(?!楼|线|桥|井|机|地|台|水|路|公|文|院|门(?!口|前))"
)
HOME = re.compile(
    r"(?:家住|住在|居住在|居住地|居住于|住址|住所|户籍|现住|我家在|我家是|家在|家庭地址|房产证|收件地址|收货地址|本人住|我住|暂住|租住)[^。；;!！?？\n]{0,24}?"
    rf"({N}(?:[-－之]\d{{1,2}})?号)(?!楼|线|桥|院)"
)
DOOR = re.compile(rf"门牌号?码?[:：是为\s]{{0,3}}({N}(?:[-－]\d{{1,4}})*号?)(?![\d年个])")
AT_HOME = re.compile(r"住|家|业主|房号|房间|户主|小区|花园|[苑寓墅庭邸府]|新村|家园|花苑|公馆")
OFFICE = re.compile(
    r"中心|大厅|政府|[局委厅]|法院|医院|学院|学校|大学|中学|小学|机关|办公|窗口|派出所|街道办|检察院|会议|大楼|服务站|图书馆"
)


def rooms(views: Views) -> Iterator[tuple[int, int]]:
    """Rooms in a building, sides of a floor, house numbers of villages and of homes."""
    for text in views.both():
        yield from rooms_in(text)


def rooms_in(text: str) -> Iterator[tuple[int, int]]:
    """The same in one reading."""
    for pattern in (WITH_ROOM, UNIT_ROOM, FLOOR_ROOM, WITH_SIDE, BARE):
        yield from (match.span() for match in pattern.finditer(text) if not is_office(text, match.start()))
    yield from (match.span() for match in DASHED.finditer(text) if is_home(text, match))
    yield from (match.span() for match in DWELLERS.finditer(text))
    for pattern in (BESIDE, HOME, DOOR):
        yield from (match.span(1) for match in pattern.finditer(text))
    yield from (match.span(2) for match in VILLAGE.finditer(text))


def is_office(text: str, at: int) -> bool:
    """Whether the room is one of an office: the last of such words and of words of homes decides."""
    ahead = before(text, at, 10)
    offices = [match.end() for match in OFFICE.finditer(ahead)]
    homes = [match.end() for match in AT_HOME.finditer(ahead)]
    return bool(offices) and (not homes or max(offices) > max(homes))


def is_home(text: str, match: re.Match[str]) -> bool:
    """Whether numbers with dashes are a room: said so, or a home is spoken of and they are no date."""
    if is_office(text, match.start()):
        return False
    if match[1]:
        return match[1] in ("室", "房", "号房") or bool(AT_HOME.search(before(text, match.start(), 10)))
    last = re.split(DASH, match[0])[-1]
    return not last.startswith(("19", "20")) and bool(AT_HOME.search(before(text, match.start(), 10)))

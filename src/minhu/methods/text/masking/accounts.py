"""Mails, accounts of chat programs, papers of persons and plates of cars."""

import re
from collections.abc import Iterator

from minhu.methods.text.masking.numbers import HIDDEN, before, both
from minhu.methods.text.masking.views import Views

LOCAL = r"(?:(?<![A-Za-z0-9])(?:[A-Za-z0-9]\s){2,24}[A-Za-z0-9]?|(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+)"
DOMAIN = r"[A-Za-z0-9-]+(?:\s?(?:\.|点|dot)\s?[A-Za-z]{2,}){1,4}"
MAIL = re.compile(rf"{LOCAL}\s?(?:@|＠|[(\[（【]at[)\]）】]|\sat\s|艾特|#(?=\w+\.com))\s?{DOMAIN}", re.I)

APART = rf"[\s{HIDDEN}\-－—.·]"
ENDS = r"(?![A-Za-z0-9]|[元块人个名年万次户米%])"
CHAT = re.compile(
    r"(?:微信|[薇威徽]信|微x|we\s?chat|v\s?x|v信|w\s?x|加[微v薇]|(?<![a-z])q\s?q|扣扣|企鹅|(?<![a-z])q号?(?=[\s:：]{0,2}\d)|抖音|快手|小红书|支付宝|钉钉|陌陌|旺旺|"
    r"telegram|whatsapp|微博)"
    rf"(?:号码?|[账帐]号|群号?|名|ID|同号|联系|加我|加)?{APART}{{0,2}}[:：是为=,，]{{0,2}}{APART}{{0,2}}"
    rf"([a-z][a-z0-9_-]{{4,24}}|\d(?:{APART}?\d){{4,11}}){ENDS}",
    re.I,
)
CHAT_KEY = re.compile(r"(?<![A-Za-z0-9_])wxid_[A-Za-z0-9_-]{4,30}")
NO_KEYS = frozenset(("wechat", "weixin", "alipay", "android", "iphone", "douyin"))
ACCOUNT = re.compile(
    rf"(?:[账帐][号户]|户号|会员号|工号|学号|学籍号|病历号|住院号|就诊号)[:：是为\s]{{0,3}}((?:\d{APART}?){{5,23}}\d){ENDS}"
)

PAPER = re.compile(
    rf"(?:护照|通行证|军官证|士兵证|台胞证|回乡证|居留证|学生证|残疾证|passport)(?:证?号码?|编号)?[:：是为\s]{{0,3}}"
    rf"([A-Za-z\u4e00-\u9fff]{{0,2}}字?第?{APART}?\d(?:{APART}?\d){{5,19}}[A-Za-z]?\d?)号?(?![A-Za-z0-9])",
    re.I,
)

PROVINCE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
DOT = rf"[\s{HIDDEN}\-－—.·•・。_*]"
PLATE = re.compile(
    rf"(?:WJ{DOT}?)?[{PROVINCE}]{DOT}?[A-Z]{DOT}{{0,2}}"
    rf"(?:[A-HJ-NP-Z0-9](?:{DOT}?[A-HJ-NP-Z0-9]){{4,5}}|[A-HJ-NP-Z0-9]{{4}}[挂学警港澳领使])(?![A-Z0-9])",
    re.I,
)
PLATE_KEY = re.compile(
    r"(?:车牌|牌照|车号|牌号)(?:号码?)?[:：是为\s]{0,3}([A-Z][A-Z0-9]{5,6}|(?=[A-Z]{0,3}\d)[A-Z0-9]{5})(?![A-Z0-9])",
    re.I,
)


def mails(views: Views) -> Iterator[tuple[int, int]]:
    """Mail addresses, also with 点 or (at)."""
    return (match.span() for match in MAIL.finditer(views.plain))


def accounts(views: Views) -> Iterator[tuple[int, int]]:
    """Names and numbers of chat accounts, and numbers spoken of as an account; 公众号 and 小程序 are left."""
    yield from (match.span() for match in CHAT_KEY.finditer(views.plain))
    for text in views.both():
        for match in CHAT.finditer(text):
            latin = not match[1][0].isdigit()
            if match[1].lower() in NO_KEYS or (latin and text is not views.plain):
                continue
            if "公众号" not in before(text, match.start(), 6):
                yield match.span(1)
        yield from (match.span(1) for match in ACCOUNT.finditer(text))


def papers(views: Views) -> Iterator[tuple[int, int]]:
    """Passports, permits and other papers that are named before their number."""
    for text in views.both():
        yield from (match.span(1) for match in PAPER.finditer(text))


def plates(views: Views) -> Iterator[tuple[int, int]]:
    """Plates, of new-energy cars too; at least two of their places are digits."""
    yield from both(views, PLATE, lambda text, match: sum(sign.isdigit() for sign in match[0]) >= 2)
    yield from (match.span(1) for match in PLATE_KEY.finditer(views.plain))

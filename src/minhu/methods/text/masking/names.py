"""Names of people, where a title, a label, kin or a number beside them marks them as names."""

import re
from collections.abc import Iterator

from minhu.methods.text.masking.views import Views
from minhu.methods.text.masking.words import (
    ABOUT,
    CIVIL,
    DOUBLE,
    ENDS_IN_SURNAME,
    FAMILY,
    FIRM,
    KIN,
    LOOSE,
    NEVER_GIVEN,
    NOT_NAMES,
    VERBS,
)

HAN = r"\u4e00-\u9fff"
GIVEN = rf"(?:(?![{NEVER_GIVEN}])[{HAN}])"
WIDE = rf"(?:(?![的了是我你他她被把])[{HAN}])"  # where a name is announced, more may be given
SURNAME = rf"[{FIRM}{LOOSE}]"
FULL = rf"(?:(?:{DOUBLE}){GIVEN}{{1,2}}|{SURNAME}{GIVEN}{{1,2}})"
FIRM_FULL = rf"(?:(?:{DOUBLE}){GIVEN}{{1,2}}|[{FIRM}]{GIVEN}{{1,2}})"
FOREIGN = rf"[{HAN}]{{2,6}}(?:[·•・‧][{HAN}]{{2,6}}){{1,2}}"
LATIN = r"[A-Z][a-z]{1,15}(?:\s[A-Z][a-z]{1,15}){0,2}"
END = (
    rf"(?=$|[^{HAN}]|身份证|电话|手机|联系|男|女|现[年住在]|住|家住|家在|系|是|今年|来自|因|于|在|反映|想|要|向|的|和|与|及|同志|先生|女士|先|"
    rf"被|年|已|有|到|从|说|称|[{HAN}]{{0,2}}[省市县区镇乡村]人|就读|于|患|去世|等|及其|先后|不|把|对|将|这|我|也|都|又|出生|户籍|籍|{VERBS})"
)
HARD_END = rf"(?=$|[^{HAN}\w]|[男女]|身份证|电话|手机|系|现住|家住|今年|\d)"
SEPARATED = r"[:：=\s是为叫]{0,3}"

MORE = rf"(?:(?:[、,，/ ]|和|与|及){FULL}{END}){{0,5}}"
LABELLED = re.compile(rf"(?:{ABOUT})(?:和电话|及电话)?{SEPARATED}({FOREIGN}|{LATIN}|{FULL}{END}{MORE})")
ANY_LABELLED = re.compile(rf"(?:姓名|名字|署名|户名|签名)\s?[:：]\s?([{HAN}]{{2,4}})(?=$|[^{HAN}·])")
NO_PERSON = re.compile(
    r"(?:公司|局|中心|社|厂|店|院|校|所|会|匿名|保密|无|某|不详|不便|网友|市民|群众|居民|业主|村民|家长)"
)
SELF = re.compile(rf"(?:本人|我是|我名|在下|你好我是|这里是)({FULL}){HARD_END}")
KINDRED = re.compile(rf"(?:{KIN})(?:叫|名叫|名字叫|姓名|是|[:：])?\s?({FIRM_FULL}){END}")
FAMILIAL = re.compile(rf"(?:{FAMILY})({SURNAME}{GIVEN}{{2}}){END}")
CALLED = re.compile(
    rf"(?:{KIN}|孩|人|他|她)(?:叫|名叫|名字叫|名字是)((?:{DOUBLE}|{SURNAME}){WIDE}{{1,2}}){END}"
)
TITLE = re.compile(rf"(?<![{HAN}])[{HAN}]{{1,2}}$")
TITLED = re.compile(rf"(?=({DOUBLE}|[{HAN}])(?:{CIVIL}))")
SURNAMED = re.compile(
    rf"([{HAN}])姓(?:{CIVIL}|夫妇|夫妻|司机|老师|人家|男子|女子|村民|业主|居民|负责人|老人|主任|干部)"
)
MEANT = re.compile(rf"姓({SURNAME})(?=[^{HAN}]|的|叫|$)")
SEX = re.compile(rf"(?<![{HAN}])({FULL})(?=[,，、(（\s]{{1,2}}[男女][,，、。;；)）\s])")
BEFORE_BLOT = re.compile(
    rf"(?:(?<![{HAN}])|(?<=联系)|(?<=找)|(?<=请)|(?<=人)|(?<=是)|(?<=叫)|(?<=主)|(?<=打)|(?<=和))({FULL})"
    rf"(?=[\s,，:：、(（;；\-]{{0,2}}(?:联系)?(?:电话|手机|身份证|微信|[Tt][Ee][Ll])?(?:号码?)?[是为]?[\s:：]{{0,2}}\*{{7}})"
)
AFTER_BLOT = re.compile(
    rf"\*{{7}}[\s,，(（]{{0,2}}(?:联系)?(?:人|找)?[:：]?\s?({FULL})(?=$|[^{HAN}]|收|先生|女士)"
)
SIGNED = re.compile(
    rf"(?:\n\s*|敬礼[!！。,，\s]{{0,4}})({FULL})[。\s]*(?:[\d*]{{4}}[年.\-/][\d*]{{1,2}}[月.\-/][\d*]{{1,2}}日?\s*)?$"
)
BRANDS = re.compile(r"(?:牛肉|加州|工作室|烘焙|火锅|包子|煎饼|凉皮|炖)")
LINKS = frozenset("的是由与跟找给对叫让被请谢位名为在该和向说听见问托问问替帮同及或像跟即")


def names(views: Views) -> Iterator[tuple[int, int]]:
    """Names beside a label, kin, a title, a blotted number, or at the very end."""
    text = views.plain
    yield from labelled(text)
    for pattern in (SELF, KINDRED, FAMILIAL, CALLED, SEX, BEFORE_BLOT, AFTER_BLOT):
        yield from (match.span(1) for match in pattern.finditer(text) if is_name(match[1]))
    for pattern in (SURNAMED, MEANT):
        yield from (match.span(1) for match in pattern.finditer(text))
    yield from titled(text)
    if (match := SIGNED.search(text, max(0, len(text) - 40))) and is_name(match[1]):
        yield match.span(1)


def labelled(text: str) -> Iterator[tuple[int, int]]:
    """Names after 姓名, 我叫, 联系人 and their like."""
    yield from (match.span(1) for match in LABELLED.finditer(text) if is_name(match[1]))
    yield from (match.span(1) for match in ANY_LABELLED.finditer(text) if not NO_PERSON.search(match[1]))


def is_name(found: str) -> bool:
    """Whether what looks like a name is no common word, and no name already left open (张某)."""
    return found[:2] not in NOT_NAMES and "某" not in found


def titled(text: str) -> Iterator[tuple[int, int]]:
    """Names right before 先生, 女士, 老师 and their like; titles are looked for from the left."""
    for match in TITLED.finditer(text):
        if BRANDS.match(text, match.end(1) + 2):
            continue
        start = begins(text, match.start(1), match.end(1))
        if start is not None and is_name(text[start : match.end(1)]):
            yield start, match.end(1)


def begins(text: str, last: int, end: int) -> int | None:
    """Where the name whose last character (or whole double surname) stands at `last` begins."""
    if end - last == 2:
        return last
    if text[last] in FIRM and not ends_a_word(text, last):
        full = last - 2 if last >= 2 and re.fullmatch(FIRM_FULL, text[last - 2 : end]) else last
        return full if full < last and opens(text, full) else last
    for length in (4, 3, 2):
        start = end - length
        if start >= 0 and re.fullmatch(FIRM_FULL, text[start:end]) and opens(text, start):
            return start
    if text[last] in LOOSE and not ends_a_word(text, last):
        return last if opens(text, last) or text[last - 1] in "小老" else None
    return None


def opens(text: str, start: int) -> bool:
    """Whether a name can begin here: after no letter, or after a word that joins."""
    return start == 0 or not re.match(rf"[{HAN}]", text[start - 1]) or text[start - 1] in LINKS


def ends_a_word(text: str, last: int) -> bool:
    """Whether a surname is the end of a longer word."""
    return (
        text[max(0, last - 1) : last + 1] in ENDS_IN_SURNAME
        or text[max(0, last - 2) : last + 1] in ENDS_IN_SURNAME
    )

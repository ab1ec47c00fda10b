"""What stands over a document: title, number, when it was issued and takes effect."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

NUMBER = re.compile(
    r"(?:[\u4e00-\u9fa5]{2,12}[〔［\[(（]\d{4}[〕］\])）]\s?第?\d{1,5}号|[\u4e00-\u9fa5]{2,12}令\s?第\s?\d{1,5}号)"
)
GENRE = re.compile(
    r"(条例|办法|规定|意见|通知|方案|报告|决定|细则|措施|法|规划|公告|复函|批复|要点|计划|规则|制度)(（[^）]*）|\([^)]*\))*$"
)
DAY = re.compile(r"(\d{4})\s?[年\-./]\s?(\d{1,2})\s?[月\-./]\s?(\d{1,2})\s?日?")
MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
          "november", "december")  # fmt: skip
ENGLISH_DAY = re.compile(rf"\b(\d{{1,2}})\s+({'|'.join(MONTHS)})\s+(\d{{4}})\b", re.IGNORECASE)
EFFECT = re.compile(r"(施行|实施|生效|执行|in force|takes effect|enters into force)", re.IGNORECASE)
ISSUE = re.compile(r"(公布|印发|发布|issued|published)", re.IGNORECASE)
IN_BODY = re.compile(
    r"自\s?(\d{4}年\d{1,2}月\d{1,2}日)\s?起(?:正式)?(?:施行|实施|生效|执行)"
    r"|(?:in force|takes? effect) on (\d{1,2} \w+ \d{4})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Head:
    """What could be read; empty where the document does not say."""

    title: str = ""
    number: str = ""
    issued_on: date | None = None
    effective_on: date | None = None


def read_head(lines: Sequence[str], signed: str, text: str, page: Sequence[str]) -> Head:
    """Read the lines before the body, the day under the signature, the body and the lines of the page."""
    dated = [(day, line) for line in lines if (day := day_in(line))]
    return Head(
        title=title_among(lines),
        number=next((found[0].replace(" ", "") for line in lines if (found := NUMBER.search(line))), ""),
        issued_on=issued(dated, signed, page),
        effective_on=effective(dated, text),
    )


def issued(dated: Sequence[tuple[date, str]], signature: str, page: Sequence[str]) -> date | None:
    """The day of publication, else of the latest decision, else of the signature, else of the web page."""
    days = [day for day, line in dated if not (EFFECT.search(line) and not ISSUE.search(line))]
    published = [day for day, line in dated if ISSUE.search(line)]
    signed = [day] if (day := day_in(signature)) else []
    paged = [day for line in page if (day := day_in(line))]
    return next((max(found) for found in (published, days, signed, paged) if found), None)


def effective(dated: Sequence[tuple[date, str]], text: str) -> date | None:
    """The day it takes effect: a line of the head, else the last "自…起施行" of the body."""
    for day, line in dated:
        if EFFECT.search(line) and not ISSUE.search(line):
            return day
    found = list(IN_BODY.finditer(text))
    return day_in(found[-1][1] or found[-1][2]) if found else None


def title_among(lines: Sequence[str]) -> str:
    """The line that names the document; a title over two lines is put together."""
    plain = [re.sub(r"^[#\s]+|[*_]+", "", line).strip() for line in lines]
    for i, line in enumerate(plain):
        if lines[i].lstrip().startswith("# "):
            return line
        if GENRE.search(line) and not day_in(line) and len(line) > 3:
            opened = i > 0 and "关于" not in line and "关于" in plain[i - 1]
            return plain[i - 1] + line if opened else line
    return next(
        (line for line in plain if len(line) > 3 and not day_in(line) and not NUMBER.search(line)), ""
    )


def day_in(line: str) -> date | None:
    """The first day a line names, in Chinese, ISO or English; None if there is none or it cannot be."""
    if found := DAY.search(line):
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    elif found := ENGLISH_DAY.search(line):
        year, month, day = int(found[3]), MONTHS.index(found[2].lower()) + 1, int(found[1])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None

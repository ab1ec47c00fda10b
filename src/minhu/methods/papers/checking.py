"""The check of a paper before it is written: everything that is wrong, in words."""

import re
from collections.abc import Iterator

from minhu.methods.papers.faults import DEADLY, BadPaper, Fault, Finding
from minhu.methods.papers.measures import SIZE_2, TWIPS_PER_POINT, TYPE_WIDTH, width
from minhu.methods.papers.paper import Block, Form, Paper, Paragraph, Table, texts
from minhu.methods.papers.wording import ORDER, divided

# A measure of this house, not of the standard: a longer title is no title.
TITLE_LINES = 3
TITLE_CHARACTERS = int(TYPE_WIDTH / TWIPS_PER_POINT / SIZE_2)
NUMBER = re.compile(r"[^\s\d〔〕]+〔(\d{4})〕[1-9]\d*号", re.ASCII)
LOOSE_NUMBER = re.compile(
    r"\D+?(?P<open>[〔\[(（【［<〈《{「﹝])(?P<year>\d{4})(?P<close>[〕\])）】］>〉》}」﹞])"
    r"(?P<ordinal>第?)(?P<serial>\d+)号",
    re.ASCII,
)
SECRECY = re.compile(r"(绝密|机密|秘密)(★.+)?")
OWN_NUMBER = re.compile(
    r"[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十\d]{1,3}）|\d{1,2}[.．、](?!\d)"
)
# What XML 1.0 cannot hold; a tab or a line break it can.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def check(paper: Paper) -> list[Finding]:
    """All that is wrong with a paper, in the order of its parts; empty if it may go out.

    `write` refuses only what cannot be written (characters XML forbids, tables without a shape).
    Source: GB/T 9704-2012, 7 (elements of a paper) and 10.1 (letters).
    """
    found = [*_title(paper), *_number(paper), *_marks(paper), *_body(paper), *_ending(paper)]
    return found + list(_characters(paper))


def refuse_deadly(paper: Paper) -> None:
    """Raise BadPaper if a paper cannot be written."""
    if deadly := [finding for finding in check(paper) if finding.fault in DEADLY]:
        raise BadPaper(deadly)


def _title(paper: Paper) -> Iterator[Finding]:
    lines = divided(paper.title)
    if not lines:
        yield Finding(Fault.NO_TITLE, "title")
        return
    needed = sum(int(-(-width(line) // TITLE_CHARACTERS)) for line in lines)
    if needed > TITLE_LINES:
        yield Finding(Fault.LONG_TITLE, "title", str(needed))
    if lines[-1][-1] in "。，；、.,;":
        yield Finding(Fault.STOPPED_TITLE, "title", lines[-1][-1])


def _number(paper: Paper) -> Iterator[Finding]:
    if not paper.number:
        if paper.form is not Form.PLAIN:
            yield Finding(Fault.NO_NUMBER, "number")
        return
    if right := NUMBER.fullmatch(paper.number):
        if paper.signed_on and int(right[1]) != paper.signed_on.year:
            yield Finding(Fault.OTHER_YEAR, "number", paper.number)
        return
    loose = LOOSE_NUMBER.fullmatch(paper.number)
    faults = _number_faults(loose) if loose else []
    for fault in faults or [Fault.BAD_NUMBER]:
        yield Finding(fault, "number", paper.number)


def _number_faults(loose: re.Match[str]) -> list[Fault]:
    """What sets a number apart from a right one, where it can be told."""
    told = {
        Fault.BRACKETS: (loose["open"], loose["close"]) != ("〔", "〕"),
        Fault.ORDINAL: bool(loose["ordinal"]),
        Fault.PADDED: loose["serial"].startswith("0"),
    }
    return [fault for fault, is_so in told.items() if is_so]


def _marks(paper: Paper) -> Iterator[Finding]:
    marks = paper.marks
    if marks.copy_number and not re.fullmatch(r"\d{6}", marks.copy_number, re.ASCII):
        yield Finding(Fault.COPY_NUMBER, "marks.copy_number", marks.copy_number)
    if marks.secrecy and not SECRECY.fullmatch(marks.secrecy):
        yield Finding(Fault.SECRECY, "marks.secrecy", marks.secrecy)
    if marks.secrecy and not marks.copy_number:
        yield Finding(Fault.NO_COPY_NUMBER, "marks.copy_number")
    if marks.urgency and marks.urgency not in ("特急", "加急"):
        yield Finding(Fault.URGENCY, "marks.urgency", marks.urgency)


def _body(paper: Paper) -> Iterator[Finding]:
    if paper.form is Form.LETTER and not paper.addressee.strip():
        yield Finding(Fault.NO_ADDRESSEE, "addressee")
    if not any(text.strip() for where, text in texts(paper) if where.startswith("body[")):
        yield Finding(Fault.NO_BODY, "body")
    yield from _blocks("body", paper.body)


def _blocks(place: str, blocks: tuple[Block, ...]) -> Iterator[Finding]:
    for at, block in enumerate(blocks):
        where = f"{place}[{at}]"
        if isinstance(block, Table):
            yield from _table(where, block)
        else:
            yield from _heading(where, block)


def _heading(where: str, block: Paragraph) -> Iterator[Finding]:
    if block.level in ORDER and (own := OWN_NUMBER.match(block.text.strip())):
        yield Finding(Fault.NUMBERED_TWICE, where, own[0])


def _table(where: str, table: Table) -> Iterator[Finding]:
    lengths = {len(row) for row in table.rows}
    if len(lengths) != 1 or lengths == {0}:
        yield Finding(Fault.RAGGED, where)
    elif table.shares and (len(table.shares) != len(table.rows[0]) or min(table.shares) < 1):
        yield Finding(Fault.SHARES, where)


def _ending(paper: Paper) -> Iterator[Finding]:
    for at, attachment in enumerate(paper.attachments):
        where, name = f"attachments[{at}]", attachment.title.strip()
        if not name:
            yield Finding(Fault.NO_ATTACHMENT, where)
        elif name[-1] in "。，；、.,;":
            yield Finding(Fault.MARKED_ATTACHMENT, where, name[-1])
        yield from _blocks(f"{where}.body", attachment.body)
    if not paper.issuer.strip():
        yield Finding(Fault.NO_ISSUER, "issuer")
    if paper.signed_on is None:
        yield Finding(Fault.NO_DATE, "signed_on")
    if bool(paper.imprint.printed_by.strip()) != bool(paper.imprint.printed_on):
        yield Finding(Fault.NO_PRINTER, "imprint")


def _characters(paper: Paper) -> Iterator[Finding]:
    """Each forbidden character with its position, counted from 1."""
    for where, text in texts(paper):
        for bad in FORBIDDEN.finditer(text):
            yield Finding(Fault.CHARACTER, where, f"{bad.start() + 1} (U+{ord(bad[0]):04X})")

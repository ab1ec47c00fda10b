"""A table of voices, Excel or CSV, across to `methods.sheets`: cells become drafts, faults become words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from minhu.methods import sheets
from minhu.methods.sheets import CellProblem, Choice, Column, Limits, Refused, Row, Shape, Sheet, Type
from minhu.voices.bridge.cleaning import cleaned
from minhu.voices.states.hearing import LONGEST, Draft, Identity, Sort, VoiceRefused
from minhu.voices.states.importing import Wrong

ROWS, MEGABYTES = 20_000, 20


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it was read: drafts of its sound rows, and what is wrong in the others."""

    sheet: Sheet
    shape: Shape
    drafts: tuple[Draft, ...]

    @property
    def wrong(self) -> list[Wrong]:
        """What is wrong, cell by cell, in the language of the reader."""
        return [Wrong(one.row, one.cell, one.heading, *one.said(_)) for one in self.sheet.problems]

    @property
    def notes(self) -> list[str]:
        """What was decided on the way."""
        return [note.said(_) for note in self.sheet.notes]

    def marked(self) -> bytes:
        """The same table as a workbook in which every bad cell is marked."""
        return sheets.error_workbook(self.sheet, self.shape, _)


def shape_for(units: Mapping[str, str], on: date) -> Shape:
    """The columns of a table; `units`: codes with the names people write."""
    places = tuple(Choice(code, name, (code,)) for code, name in units.items())
    sorts = tuple(Choice(one.value, str(one.label), OTHER_SORTS.get(one, ())) for one in Sort)
    identities = tuple(Choice(one.value, str(one.label)) for one in Identity)
    columns = (
        Column("number", "编号", Type.TEXT, ("工单编号", "工单号", "受理编号", "信访件编号", "number"),
               required=True, most=80, note="同一渠道内唯一；再次导入时同号的不重复登记"),
        Column("said_on", "反映日期", Type.DATE, ("来电时间", "受理时间", "登记日期", "said on"), high=on),
        Column("title", "标题", Type.TEXT, ("诉求标题", "title"), most=200),
        Column("text", "内容", Type.LONG, ("诉求内容", "反映内容", "来电内容", "text"), required=True,
               most=LONGEST),
        Column("sort", "诉求类别", Type.CHOICE, ("诉求类型", "工单类型", "sort"), choices=sorts),
        Column("identity", "反映人类别", Type.CHOICE, ("identity",), choices=identities),
        Column("street", "镇街", Type.CHOICE, ("所属镇街", "街道", "属地", "street"), choices=places),
        Column("place", "地点", Type.TEXT, ("事发地点", "发生地点", "地址", "place"), most=200),
        Column("name", "称呼", Type.TEXT, ("姓名", "来电人", "反映人", "name"), most=100),
        Column("phone", "联系电话", Type.TEXT, ("电话", "来电号码", "手机", "phone"), most=40),
        Column("mail", "电子邮箱", Type.TEXT, ("邮箱", "mail"), most=100),
    )  # fmt: skip
    return Shape(columns if places else tuple(c for c in columns if c.code != "street"), ("number",), "民声")


OTHER_SORTS: dict[str, tuple[str, ...]] = {
    Sort.HELP: ("求决", "求助", "诉求", "help"),
    Sort.COMPLAINT: ("投诉举报", "complaint"),
    Sort.CONSULT: ("咨询类", "consult"),
    Sort.SUGGESTION: ("建议", "意见建议", "suggestion"),
}


def read_table(data: bytes, shape: Shape) -> Table:
    """Read a table; every bad cell is named. Raises VoiceRefused for a file that cannot be read at all."""
    try:
        sheet = sheets.read(data, shape, limits=Limits(megabytes=MEGABYTES, rows=ROWS))
    except Refused as refused:
        raise VoiceRefused(refused.said(_), "file") from refused
    bad = {problem.row for problem in sheet.problems}
    drafts, problems = [], list(sheet.problems)
    for row in sheet.rows:
        draft = draft_of(row)
        if not says_something(draft):
            if draft.text:
                problems.append(says_nothing(sheet, shape, row))
        elif row.number not in bad:
            drafts.append(draft)
    return Table(replace(sheet, problems=tuple(problems)), shape, tuple(drafts))


def says_something(draft: Draft) -> bool:
    """Whether a text holds words and fits."""
    try:
        cleaned(draft.text, draft.title)
    except VoiceRefused:
        return False
    return True


def says_nothing(sheet: Sheet, shape: Shape, row: Row) -> CellProblem:
    """A cell whose text holds no words."""
    letter = sheets.letters(sheet.columns.index("text"))
    facts = {"length": 0, "least": 2}
    return CellProblem(
        sheet.name, row.number, letter, shape["text"].title, f"{letter}{row.number}", "short", facts
    )


def draft_of(row: Row) -> Draft:
    """A row as a draft; who wrote the table typed it elsewhere."""
    said: Mapping[str, Any] = row.values
    contact = {name: said.get(name) or "" for name in ("name", "phone", "mail")}
    return Draft(
        said["text"] or "", title=said.get("title") or "", said_on=said.get("said_on"),
        sort=said.get("sort") or "", identity=said.get("identity") or "", place=said.get("street") or "",
        place_words=said.get("place") or "", contact=contact, outside_number=said["number"] or "", typed=0,
    )  # fmt: skip


def template(shape: Shape, rows: Iterable[Mapping[str, Any]] = ()) -> bytes:
    """An empty table to be filled in, with its explanations."""
    return sheets.write(shape, rows, title=_("Voices to bring in"), say=_)

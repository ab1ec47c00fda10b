"""Workbooks for tests: made by openpyxl, by xlsxwriter, and by hand where no program would make them."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import Workbook

from minhu.methods.sheets import Choice, Column, Shape, Type

SHAPE = Shape(
    (
        Column("code", "编号", Type.CODE, required=True, aliases=("项目编号", "No.")),
        Column("name", "名称", Type.TEXT, required=True, aliases=("项目名称", "改革事项"), most=60),
        Column("note", "说明", Type.LONG),
        Column("homes", "户数", Type.WHOLE, unit="户", low=0),
        Column("fund", "总投资", Type.DECIMAL, unit="万元", factor=10_000),
        Column("rate", "满意率", Type.DECIMAL, unit="%", low=Decimal(0), high=Decimal(100)),
        Column("due", "完成时限", Type.DATE, low=date(2000, 1, 1)),
        Column("kind", "类别", Type.CHOICE, choices=(Choice("major", "重大改革"), Choice("key", "重点改革"))),
        Column("open", "是否公开", Type.FLAG),
        Column("leads", "牵头单位", Type.LIST),
    ),
    ("code",),
    "台账",
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"


def book(*rows: Any, name: str = "台账", change: Any = None) -> bytes:
    """A workbook by openpyxl; `change(sheet)` may do more to it."""
    made = Workbook()
    sheet = made.active
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    if change:
        change(sheet)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def package(sheet: str, **more: str | bytes) -> bytes:
    """A workbook by hand: `sheet` is what stands in its worksheet; further parts by name, / written as __."""
    parts: dict[str, str | bytes] = {
        "_rels/.rels": f'<Relationships xmlns="{LINKS}"><Relationship Id="a" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="台账" sheetId="1" r:id="b"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{LINKS}">'
        f'<Relationship Id="b" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
    }
    parts |= {name.replace("__", "/"): words for name, words in more.items()}
    return zipped(parts)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A zip of parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, words in parts.items():
            made.writestr(name, words)
    return stream.getvalue()


def cell(reference: str, words: str) -> str:
    """A cell of words."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{words}</t></is></c>'


HEAD = f'<row r="1">{cell("A1", "编号")}{cell("B1", "名称")}{cell("C1", "总投资")}</row>'

"""The paragraph styles of a paper: fonts, sizes and pitch stand here, so that people can go on in Word."""

from dataclasses import dataclass

from minhu.methods.papers.fonts import Fonts
from minhu.methods.papers.markup import (
    AS_NORMAL,
    RED,
    UNSET,
    Node,
    Setting,
    Type,
    lines,
    node,
    settings,
    types,
)
from minhu.methods.papers.measures import LINE, SIZE_2, SIZE_3, SIZE_4, SIZE_TABLE, SPACING, characters

TABLE_LINE = 400  # 20 points for letters of 12


@dataclass(frozen=True, slots=True)
class Style:
    """A named look; every style but Normal builds on Normal."""

    key: str
    name: str
    type: Type = AS_NORMAL
    setting: Setting = UNSET


def styles(fonts: Fonts) -> Node:
    """The style sheet."""
    language = node("lang", val="en-US", eastAsia="zh-CN")
    base = node("rPr", *types(Type(fonts.fangsong, SIZE_3)), language)
    defaults = node("docDefaults", node("rPrDefault", base), node("pPrDefault", node("pPr")))
    return node("styles", defaults, *(_style(style) for style in _sheet(fonts)), _table_style())


def _sheet(fonts: Fonts) -> list[Style]:
    """All paragraph styles."""
    indent = characters(2)
    body = Setting(before=0, after=0, line=LINE, align="both")
    title = Setting(align="center", first=0, after=lines(1), outline=0)
    cell = Setting(line=TABLE_LINE, align="left", first=0)
    headings = [
        Style(f"Heading{level}", f"heading {level}", Type(font), Setting(first=indent, outline=level))
        for level, font in enumerate((fonts.heiti, fonts.kaiti, fonts.fangsong, fonts.fangsong), 1)
    ]
    return [
        Style("Normal", "Normal", Type(fonts.fangsong, SIZE_3, SPACING), body),
        Style("BodyText", "Body Text", setting=Setting(first=indent)),
        Style("Title", "Title", Type(fonts.xiaobiaosong, SIZE_2, 0), title),
        *headings,
        Style(
            "RedHead", "Red Head", Type(fonts.xiaobiaosong, spacing=0, colour=RED), Setting(align="center")
        ),
        Style("Mark", "Corner Mark", Type(fonts.heiti), Setting(align="left")),
        Style("Cell", "Table Cell", Type(size=SIZE_TABLE, spacing=0), cell),
        Style(
            "HeadCell",
            "Table Head",
            Type(fonts.heiti, SIZE_TABLE, 0),
            Setting(line=TABLE_LINE, align="center"),
        ),
        Style("Imprint", "Imprint", Type(size=SIZE_4, spacing=0), Setting(align="left")),
        Style(
            "Footer", "footer", Type(fonts.songti, SIZE_4, 0), Setting(line=round(SIZE_4 * 20), align="left")
        ),
    ]


def _style(style: Style) -> Node:
    """One paragraph style."""
    normal = style.key == "Normal"
    first = {"default": 1} if normal else {}
    made = node("style", node("name", val=style.name), type="paragraph", styleId=style.key, **first)
    if not normal:
        made.append(node("basedOn", val="Normal"))
    made.append(node("qFormat"))
    made.append(node("pPr", *(_grid_free() if normal else ()), *settings(style.setting)))
    made.append(node("rPr", *types(style.type)))
    return made


def _grid_free() -> list[Node]:
    """What could move a line or a character: widows, extra room beside digits, the grid."""
    off = ("widowControl", "autoSpaceDE", "autoSpaceDN", "adjustRightInd", "snapToGrid")
    return [node(tag, val=0) for tag in off]


def _table_style() -> Node:
    """The style every table rests on."""
    margins = node("tblCellMar", node("left", w=108, type="dxa"), node("right", w=108, type="dxa"))
    made = node("style", node("name", val="Normal Table"), type="table", default=1, styleId="TableNormal")
    made.append(node("tblPr", node("tblInd", w=0, type="dxa"), margins))
    return made

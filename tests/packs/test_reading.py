"""Every way a pack can be wrong is said with its file, its line, its column and what was meant."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Literal

import pytest

from minhu.packs import PackError, Section, open_pack

HEAD = '[pack]\ncode = "t"\nname = "Town"\nlanguage = "en"\nversion = "1"\n'


class Kind(StrEnum):
    LAW = "law"
    LOCAL = "local"


@dataclass(frozen=True)
class Step:
    title: str
    due_on: date


@dataclass(frozen=True)
class Rule:
    code: str
    value: Decimal
    kind: Kind
    days: int = 0
    since: date | None = None
    open: bool = False
    tags: tuple[str, ...] = ()
    side: Literal["left", "right"] = "left"
    steps: tuple[Step, ...] = field(default=(), metadata={"key": "step"})

    def __post_init__(self) -> None:
        if self.days < 0:
            raise ValueError("days must not be negative")


RULES = Section("rules", "rule", Rule)
DAY = " (write it like 2024-03-31)"
TRUE = " (write true or false, without quotes)"
COLUMNS = " (save the file with commas between the columns)"
COMMA = ' (a cell with , in it goes in " ")'
GBK = " (it reads as GBK / GB 18030: save the file as UTF-8)"
GOOD = '[[rule]]\ncode = "a"\nvalue = 1.50\nkind = "law"\n'


def folder(tmp_path: Path, **files: str | bytes) -> Path:
    """A pack folder; `rules_toml="…"` becomes rules.toml."""
    for name, content in {"pack_toml": HEAD, **files}.items():
        path = tmp_path / name.replace("__", "/").replace("_toml", ".toml").replace("_csv", ".csv")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return tmp_path


def said(tmp_path: Path, section: Section = RULES, **files: str | bytes) -> list[str]:
    """What reading the section complains of."""
    with pytest.raises(PackError) as caught:
        open_pack(folder(tmp_path, **files)).read(section)
    return [str(problem) for problem in caught.value.problems]


def test_items_come_with_their_places(tmp_path: Path) -> None:
    text = GOOD + 'since = 2024-02-29\ntags = ["x", "y"]\n[[rule.step]]\ntitle = "s"\ndue_on = "2024-03-01"\n'
    row = open_pack(folder(tmp_path, rules_toml=text)).read(RULES)[0]
    assert row.item == Rule(
        "a",
        Decimal("1.50"),
        Kind.LAW,
        0,
        date(2024, 2, 29),
        False,
        ("x", "y"),
        "left",
        (Step("s", date(2024, 3, 1)),),
    )
    assert str(row.at) == "rules.toml:1:1"
    assert str(row.where("value")) == "rules.toml:3:9"
    assert str(row.where("step", 0, "due_on")) == "rules.toml:9:10"
    assert str(row.where("days")) == "rules.toml:1:1"
    assert (
        str(row.problem("no such tag", "tags", 1, hint="mend it")) == "rules.toml:6:14: no such tag (mend it)"
    )


def test_a_section_may_stand_in_several_files(tmp_path: Path) -> None:
    files = {"rules_toml": GOOD, "rules__b_toml": GOOD.replace('"a"', '"b"')}
    pack = open_pack(folder(tmp_path, rules_csv="code,value,kind\nc,2,local\n", **files))
    assert [(str(row.at), row.item.code) for row in pack.read(RULES)] == [
        ("rules.toml:1:1", "a"),
        ("rules/b.toml:1:1", "b"),
        ("rules.csv:2:1", "c"),
    ]


def test_csv_cells_become_what_the_field_asks(tmp_path: Path) -> None:
    text = "\ufeffcode,value,kind,days,since,open,tags\r\n"
    text += "c,2.5,local,3,2024-01-02,yes,a; b\r\n\r\nd,1,law,,,,\r\n"
    rows = open_pack(folder(tmp_path, rules_csv=text)).read(RULES)
    assert rows[0].item == Rule("c", Decimal("2.5"), Kind.LOCAL, 3, date(2024, 1, 2), True, ("a", "b"))
    assert rows[1].item == Rule("d", Decimal(1), Kind.LAW)
    assert [str(row.where("value")) for row in rows] == ["rules.csv:2:2", "rules.csv:4:2"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (GOOD + "valeu = 3\n", "5:1: unknown key “valeu” (did you mean “value”?)"),
        (GOOD + "dayz = 3\n", "5:1: unknown key “dayz” (did you mean “days”?)"),
        (GOOD + "days = 3.5\n", "5:8: days: 3.5 is not a whole number"),
        (GOOD + 'days = "3"\n', '5:8: days: “3” is not a whole number (write it without " ")'),
        (GOOD + "days = true\n", "5:8: days: True is not a whole number"),
        (GOOD + "days = -1\n", "1:1: days must not be negative"),
        (GOOD + 'open = "true"\n', "5:8: open: “true” is neither true nor false" + TRUE),
        (GOOD + 'since = "soon"\n', "5:9: since: “soon” is not a day" + DAY),
        (GOOD + "since = 2024-02-29T10:00:00\n", "5:9: since: 2024-02-29 10:00:00 is not a day" + DAY),
        (GOOD + 'side = "rigth"\n', "5:8: side: “rigth” is not one of left, right (did you mean “right”?)"),
        (GOOD + 'tags = "x"\n', "5:8: tags: “x” is not a list (write tags = [ … ])"),
        (GOOD + 'tags = ["x",\n 3]\n', '6:2: tags: 3 is not text (put it in " ")'),
        (GOOD + 'step = "x"\n', "5:8: step: “x” is not a list (write [[…step]])"),
        (GOOD + "step = [1]\n", "5:9: step: 1 is not a table (write { key = value, … })"),
        (GOOD + '[rule.step]\ntitle = "s"\n', "5:1: step: one table is not a list (write [[…step]])"),
        (GOOD + '[[rule.step]]\ntitle = "s"\n', "5:1: the key “due_on” is missing"),
        (GOOD + '[[rule.step]]\ntitel = "s"\ntitle = "s"\ndue_on = 2024-01-01\n',
         "6:1: unknown key “titel” (did you mean “title”?)"),
        (GOOD.replace('"law"', '"lwa"'), "4:8: kind: “lwa” is not one of law, local (did you mean “law”?)"),
        (GOOD.replace('"a"', '" "'), "2:8: code is empty"),
        (GOOD.replace('"a"', "7"), '2:8: code: 7 is not text (put it in " ")'),
        (GOOD.replace("1.50", '"1.50"'), '3:9: value: “1.50” is not a number (write it without " ")'),
        (GOOD.replace("1.50", "inf"), "3:9: value: Infinity is not a number"),
        (GOOD.replace("value = 1.50\n", ""), "1:1: the key “value” is missing"),
        (GOOD + GOOD, "6:8: code “a” stands twice (first at rules.toml:2:8)"),
        (GOOD.replace("[[rule]]", "[rule]"), "1:1: “rule” is written wrongly (write [[rule]])"),
        (GOOD.replace("[[rule]]", "[[rules]]"), "1:1: unknown key “rules” (did you mean “rule”?)"),
        ('color = "red"\n' + GOOD, "1:1: unknown key “color” (write [[rule]])"),
        ("\n\n", "1:1: the file is empty (fill it or delete it)"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_found_and_explained(tmp_path: Path, text: str, complaint: str) -> None:
    assert said(tmp_path, rules_toml=text) == [f"rules.toml:{complaint}"]


@pytest.mark.parametrize(
    ("text", "place", "hint"),
    [
        (GOOD + "days 3\n", "5:6", "every line is: key = value"),
        (GOOD + "since = 2024-02-30\n", "5:9", "no such day in the calendar"),
        (GOOD + "days = three\n", "5:8", "true and false are small"),
        (GOOD + 'code = "b"\n', "5:11", "stands twice"),
        (GOOD + 'side = "left\n', "5:13", 'a closing " is missing on this line'),
        (GOOD + "side = “left”\n", "5:8", "Chinese quotes"),
        (GOOD + 'side = """left\n', "6:1", 'a closing " is missing'),
    ],
)
def test_a_slip_of_the_pen_is_found_and_explained(tmp_path: Path, text: str, place: str, hint: str) -> None:
    (complaint,) = said(tmp_path, rules_toml=text)
    assert complaint.startswith(f"rules.toml:{place}: not TOML: ")
    assert hint in complaint


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("code,valeu,kind\na,1,law\n", ["2:2: unknown key “valeu” (did you mean “value”?)",
          "2:1: the key “value” is missing"]),
        ("code,value,kind\na,1,law\na,2,law\n", ["3:1: code “a” stands twice (first at rules.csv:2:1)"]),
        ("code,value,kind\na,one,law\n", ["2:2: value: “one” is not a number"]),
        ("code,value,kind\na,1,low\n", ["2:3: kind: “low” is not one of law, local (did you mean “law”?)"]),
        ("code,value,kind,days\na,1,law,x\n", ["2:4: days: “x” is not a whole number"]),
        ("code,value,kind,open\na,1,law,maybe\n", ["2:4: open: “maybe” is neither true nor false" + TRUE]),
        ("code,value,kind,since\n\na,1,law,2024-02-30\n", ["3:4: since: “2024-02-30” is not a day" + DAY]),
        ("code,value,kind\n,1,law\n", ["2:1: the key “code” is missing"]),
        ("code,value,kind\na,1,law,extra\n", ['2:4: 4 cells under 3 headings' + COMMA]),
        ("code,value,,kind\na,1,,law\n", ["1:3: this column has no heading"]),
        ("code,value,code\na,1,law\n", ["1:3: the heading “code” stands twice"]),
        ("code;value\na;1\n", ["1:1: the headings “code;value” are one cell" + COLUMNS]),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_found_and_explained(tmp_path: Path, text: str, complaint: list[str]) -> None:
    assert said(tmp_path, rules_csv=text) == [f"rules.csv:{one}" for one in complaint]


def test_an_open_quote_in_csv_is_found(tmp_path: Path) -> None:
    (complaint,) = said(tmp_path, rules_csv='code,value,kind\n"a,1,law\n')
    assert complaint.startswith("rules.csv:2:1: not CSV:")


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    text = '[[rule]]\ncode = "a"\nvalue = "x"\nkind = "y"\n[[rule]]\nkid = 1\n'
    assert len(said(tmp_path, rules_toml=text, rules_csv="code,value,kind\na,b,law\n")) == 7


@pytest.mark.parametrize(
    ("raw", "complaint"),
    [
        ("[[rule]]\ncode = '区'\n".encode("gb18030"), "2:9: byte 0xc7 is not UTF-8" + GBK),
        (GOOD.encode("utf-16"), "1:1: the file is UTF-16, not UTF-8 (save the file as UTF-8)"),
        ("# 区\n".encode() + b"\xff\xff", "2:1: byte 0xff is not UTF-8 (save the file as UTF-8)"),
        (GOOD.encode() + b"\0", "5:1: the file holds a NUL byte (is it really text?)"),
    ],
)  # fmt: skip
def test_other_encodings_are_named(tmp_path: Path, raw: bytes, complaint: str) -> None:
    assert said(tmp_path, rules_toml=raw) == [f"rules.toml:{complaint}"]


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    assert (
        open_pack(folder(tmp_path, rules_toml=b"\xef\xbb\xbf" + GOOD.encode())).read(RULES)[0].item.code
        == "a"
    )


def test_a_single_table_is_one_item(tmp_path: Path) -> None:
    alone = Section("rules", "rule", Rule, form="toml", single=True)
    rows = open_pack(folder(tmp_path, rules_toml=GOOD.replace("[[rule]]", "[rule]"))).read(alone)
    assert [row.item.code for row in rows] == ["a"]


def test_an_absent_section_is_empty(tmp_path: Path) -> None:
    assert open_pack(folder(tmp_path)).read(RULES) == ()

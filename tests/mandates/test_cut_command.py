"""`minhu cut`: a text falls into clauses and duties, without a database."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from tests.mandates.test_load import TEXT
from tests.methods.files.making import docx, p


def cut(*args: object, **options: object) -> list[str]:
    """What the command prints, in English."""
    out = StringIO()
    with translation.override("en"):
        call_command("cut", *map(str, args), stdout=out, **options)
    return out.getvalue().splitlines()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A text in an old encoding."""
    path = tmp_path / "意见.txt"
    path.write_bytes(TEXT.encode("gb18030"))
    return path


def test_clauses_stand_with_their_places(path: Path) -> None:
    lines = cut(path)
    assert [line.split()[1] for line in lines if "•" in line] == ["•", "•"]
    (first,) = [line for line in lines if "第一条" in line]
    assert first == "    24–56     •   第一条 区人民政府应当于2026年6月底前建成企业综合服务中心。  (1)"
    assert lines[-1] == (
        "关于深化改革的意见: 99 characters, 5 pieces, 2 clauses to answer; "
        "4 duties, 1 of them with a date; 2 characters of page furniture"
    )


def test_duties_say_who_by_when_what(path: Path) -> None:
    first, *_rest, total = cut(path, duties=True)
    assert first == (
        "第一条  [区人民政府 | 2026年6月底前 = 2026-06-30]  区人民政府应当于2026年6月底前建成企业综合服务中心"
    )
    assert total.startswith("关于深化改革的意见: ")


def test_a_column_of_a_table_is_cut_row_by_row(tmp_path: Path) -> None:
    table = tmp_path / "texts.csv"
    table.write_text('title,full_text\n甲,"第一条 区财政局应当保障资金。"\n乙,"第一条 区审计局应当审计。"\n')
    lines = cut(table, column="full_text", duties=True)
    assert [line.split("  ")[1] for line in lines[::2]] == ["[区财政局 | —]", "[区审计局 | —]"]


@pytest.mark.parametrize(
    ("name", "data", "options", "words"),
    [
        ("a.md", b"", {}, "The document is empty"),
        ("a.md", b"%PDF-1.7", {}, "is a PDF file, but a damaged one"),
        ("a.md", "没有编号".encode(), {}, "no clause found"),
        ("a.csv", b"title,text\na,b\n", {"column": "full_text"}, "the columns are: title, text"),
        ("a.csv", b"", {}, "The document is empty"),
        ("a.csv", b"\xff\xfe\x00\xd8", {"column": "x"}, "byte"),
    ],
)
def test_what_cannot_be_cut_is_refused_by_name(tmp_path: Path, name, data, options, words) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(CommandError) as refused:
        cut(path, **options)
    assert str(refused.value).startswith(f"{path}: ") or words.startswith("the columns")
    assert words in str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No such file"):
        cut(tmp_path / "nothing.md")


def test_a_word_file_is_cut_and_what_was_decided_is_said(tmp_path: Path) -> None:
    path = tmp_path / "意见.docx"
    path.write_bytes(
        docx("<w:p><w:ins><w:r><w:t>区财政局应当保障资金。</w:t></w:r></w:ins></w:p>" + p("好。"))
    )
    lines = cut(path)
    assert lines[-3:-1] == [
        "Word: 1 tracked insertion was taken, as if accepted",
        "No numbering was found: every paragraph counts as a clause.",
    ]
    assert [line.split("•")[1].strip() for line in lines if "•" in line] == [
        "区财政局应当保障资金。  (1)",
        "好。",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "一、推进改革，公开账目。\n二、按期答复来信。\n第三章 附则\n第一条 本办法自印发之日起施行。\n",
            ["Two numberings are mixed: 1 articles and 2 other points."],
        ),
        (
            "第一条 公开有关账目。\n第二条 按期答复。\n附件：分工\n1.财政局管账。\n2.审计局审计。\n",
            ["Numbered, but counted as no clause: 1., 2."],
        ),
        (
            "一、总体要求。\n第一条 公开账目。\n二、任务。\n（一）按期答复。\n第二条 保障资金。\n",
            ["Two numberings are mixed: 2 articles and 1 other points."],
        ),
        ("第一条 公开账目：\n（一）收入；\n（二）支出。\n", []),
    ],
)
def test_two_numberings_in_one_text_are_said(tmp_path: Path, text: str, said: list[str]) -> None:
    path = tmp_path / "混.md"
    path.write_text(text)
    assert [line for line in cut(path) if "umber" in line] == said

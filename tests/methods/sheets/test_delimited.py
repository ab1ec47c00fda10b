"""CSV in the encodings and separators offices use."""

import pytest

from minhu.methods.sheets import Refused, read, write_csv
from tests.methods.sheets.making import SHAPE

WORDS = '编号,名称,总投资（万元）\nA1,甲,1.5\n,,\nA2,"乙\n丙",3亿\n'


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("gb18030", "GB 18030"),
        ("gbk", "GB 18030"),
        ("utf-16", "UTF-16"),
    ],
)
def test_encodings_are_found_and_told(encoding, name):
    sheet = read(WORDS.encode(encoding), SHAPE)
    assert [(row.number, row.values) for row in sheet.rows] == [
        (2, {"code": "A1", "name": "甲", "fund": 15_000}),
        (4, {"code": "A2", "name": "乙丙", "fund": 300_000_000}),
    ]  # fmt: skip
    assert [note.facts["encoding"] for note in sheet.notes if note.name == "encoding"] == [name]


def test_a_wrong_encoding_is_refused_with_the_byte():
    with pytest.raises(Refused) as refused:
        read("编号,名称\nA1,甲".encode() + b"\xff\xff", SHAPE)
    assert (refused.value.why, refused.value.facts["offset"]) == ("no_text", 20)
    with pytest.raises(Refused) as refused:
        read(
            "編號,名稱,說明\n".encode("big5")
            + "這是一份很長的說明文字，說明本項改革的內容與要求，請查閱\n".encode("big5"),
            SHAPE,
        )
    assert refused.value.why == "no_text"
    with pytest.raises(Refused, match="The file is empty"):
        read(b" \n ", SHAPE)


@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_separators(sign):
    words = sign.join(("编号", "名称")) + "\r\n" + sign.join(("A1", "甲")) + "\r\n"
    assert read(words.encode(), SHAPE).rows[0].values == {"code": "A1", "name": "甲"}


def test_a_quotation_mark_that_is_not_closed_is_refused_with_its_row():
    with pytest.raises(Refused) as refused:
        read('编号,名称\nA1,甲\nA2,"乙\nA3,丙\n'.encode(), SHAPE)
    assert (refused.value.why, refused.value.facts) == ("quotes", {"row": 3})


@pytest.mark.parametrize("words", ["=1+1", "+86", "-甲", "@甲", "'=1", "''@x", "'", "'甲"])
def test_words_like_formulas_are_escaped_and_come_back(words):
    data = write_csv(SHAPE, [{"code": "A1", "name": words}])
    cell = data.decode("utf-8-sig").splitlines()[1].split(",")[1]
    assert cell[0] not in "=+-@"
    assert cell == (words if words in {"'", "'甲"} else f"'{words}")
    assert read(data, SHAPE).rows[0].values["name"] == words


def test_negative_numbers_are_not_escaped():
    data = write_csv(SHAPE, [{"code": "A1", "name": "甲", "fund": -15_000}])
    assert data.decode("utf-8-sig").splitlines()[1] == "A1,甲,,,-1.5,,,,,"


def test_error_words_in_csv_are_problems():
    sheet = read("编号,名称\nA1,#REF!\n".encode(), SHAPE)
    assert [(problem.cell, problem.why) for problem in sheet.problems] == [("B2", "failed")]

"""What the check finds, each fault in words, and what is refused outright."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhu.methods.papers import (
    Attachment,
    BadPaper,
    Fault,
    Form,
    Imprint,
    Level,
    Marks,
    Paragraph,
    Table,
    check,
    write,
)
from minhu.methods.papers.faults import WORDS
from tests.methods.papers.samples import PAPER, simple


def faults(**changes: object) -> list[Fault]:
    return [finding.fault for finding in check(replace(PAPER, **changes))]


def test_a_right_paper_has_no_faults() -> None:
    assert check(PAPER) == []


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("", [Fault.NO_NUMBER]),
        ("甬北督〔2026〕3号", []),
        ("甬北督〔2026〕120号", []),
        ("甬北督〔2026〕003号", [Fault.PADDED]),
        ("甬北督[2026]3号", [Fault.BRACKETS]),
        ("甬北督（2026）3号", [Fault.BRACKETS]),
        ("甬北督【2026】3号", [Fault.BRACKETS]),
        ("甬北督〔2026]3号", [Fault.BRACKETS]),
        ("甬北督〔2026〕第3号", [Fault.ORDINAL]),
        ("甬北督[2026]第03号", [Fault.BRACKETS, Fault.ORDINAL, Fault.PADDED]),
        ("甬北督〔26〕3号", [Fault.BAD_NUMBER]),
        ("甬北督〔2026〕3", [Fault.BAD_NUMBER]),
        ("甬北督〔2026〕３号", [Fault.BAD_NUMBER]),
        ("甬北督 〔2026〕 3号", [Fault.BAD_NUMBER]),
        ("〔2026〕3号", [Fault.BAD_NUMBER]),
        ("甬北督〔2025〕3号", [Fault.OTHER_YEAR]),
    ],
)
def test_numbers(number: str, expected: list[Fault]) -> None:
    assert faults(number=number) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"title": " "}, [Fault.NO_TITLE]),
        ({"title": "题" * 60}, []),
        ({"title": "题" * 61}, [Fault.LONG_TITLE]),
        ({"title": "关于某事的通知。"}, [Fault.STOPPED_TITLE]),
        ({"body": ()}, [Fault.NO_BODY]),
        ({"body": (Paragraph(" \n"),)}, [Fault.NO_BODY]),
        ({"body": (Table((("甲",),)),)}, []),
        ({"issuer": " "}, [Fault.NO_ISSUER]),
        ({"signed_on": None}, [Fault.NO_DATE]),
        ({"form": Form.LETTER, "addressee": ""}, [Fault.NO_ADDRESSEE]),
        ({"form": Form.PLAIN, "number": "", "addressee": ""}, []),
        ({"marks": Marks("12345")}, [Fault.COPY_NUMBER]),
        ({"marks": Marks("", "机密")}, [Fault.NO_COPY_NUMBER]),
        ({"marks": Marks("000001", "很密")}, [Fault.SECRECY]),
        ({"marks": Marks(urgency="急急")}, [Fault.URGENCY]),
        ({"imprint": Imprint(printed_by="区府办")}, [Fault.NO_PRINTER]),
        ({"imprint": Imprint(printed_on=date(2026, 3, 5))}, [Fault.NO_PRINTER]),
        ({"attachments": (Attachment(" "),)}, [Fault.NO_ATTACHMENT]),
        ({"attachments": (Attachment("清单。"),)}, [Fault.MARKED_ATTACHMENT]),
        ({"body": (Paragraph("一、范围", Level.FIRST),)}, [Fault.NUMBERED_TWICE]),
        ({"body": (Paragraph("（二）范围", Level.SECOND),)}, [Fault.NUMBERED_TWICE]),
        ({"body": (Paragraph("3.5亿元", Level.THIRD),)}, []),
        ({"body": (Paragraph("一、范围"),)}, []),
        ({"body": (Table((("甲", "乙"), ("丙",))),)}, [Fault.RAGGED]),
        ({"body": (Paragraph("甲"), Table(()))}, [Fault.RAGGED]),
        ({"body": (Table((("甲", "乙"),), shares=(1,)),)}, [Fault.SHARES]),
        ({"body": (Table((("甲", "乙"),), shares=(1, 0)),)}, [Fault.SHARES]),
    ],
)
def test_faults(changes: dict[str, object], expected: list[Fault]) -> None:
    assert faults(**changes) == expected


def test_words_say_what_stands_where_and_how_to_mend() -> None:
    (finding,) = check(replace(PAPER, number="甬北督〔2026〕003号"))
    assert finding.words == "the number 甬北督〔2026〕003号 is padded with zeros: write 3号, not 003号"
    assert (finding.where, set(WORDS)) == ("number", set(Fault))


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def test_characters_xml_forbids_are_refused_with_their_position(bad: str) -> None:
    with pytest.raises(BadPaper) as refused:
        write(simple(f"甲乙{bad}丙"))
    (finding,) = refused.value.findings
    assert (finding.fault, finding.where, finding.seen) == (
        Fault.CHARACTER, "body[0].text", f"3 (U+{ord(bad):04X})",
    )  # fmt: skip
    assert (
        str(refused.value)
        == f"the character 3 (U+{ord(bad):04X}) of body[0].text cannot stand in a paper: delete it"
    )


def test_forbidden_characters_are_found_in_every_corner() -> None:
    bad = "甲\x01"
    attachment = Attachment(bad, (Table(((bad,),)),))
    paper = replace(
        PAPER, issuer=bad, head=bad, number=bad, title=bad, addressee=bad, signature=bad,
        body=(Paragraph(bad), Table(((bad,),))), attachments=(attachment,), marks=Marks(bad, bad, bad),
        imprint=Imprint((bad,), bad, PAPER.signed_on),
    )  # fmt: skip
    assert [finding.where for finding in check(paper) if finding.fault is Fault.CHARACTER] == [
        "issuer", "head", "number", "title", "addressee", "signature", "marks.copy_number", "marks.secrecy",
        "marks.urgency", "body[0].text", "body[1].rows[0][0]", "attachments[0].title",
        "attachments[0].body[0].rows[0][0]", "imprint.copies[0]", "imprint.printed_by",
    ]  # fmt: skip


def test_a_shapeless_table_is_refused() -> None:
    with pytest.raises(BadPaper, match=r"body\[0\] has rows of different length"):
        write(replace(PAPER, body=(Table((("甲", "乙"), ("丙",))),)))


@given(st.text(max_size=30), st.sampled_from(Form))
def test_the_check_answers_to_any_text(text: str, form: Form) -> None:
    paper = replace(simple(text, form), title=text, number=text, attachments=(Attachment(text),))
    refused = any(finding.fault is Fault.CHARACTER for finding in check(paper))
    if refused:
        with pytest.raises(BadPaper):
            write(paper)
    else:
        assert write(paper)[:2] == b"PK"

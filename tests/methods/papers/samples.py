"""Papers to test with, and the means to read a written one back."""

import io
from dataclasses import replace
from datetime import date

from docx import Document
from docx.document import Document as Read
from docx.text.paragraph import Paragraph as Line
from hypothesis import strategies as st

from minhu.methods.papers import (
    Attachment,
    Form,
    Heading,
    Imprint,
    Level,
    Marks,
    Paper,
    Paragraph,
    Table,
    write,
)

SIGNED = date(2026, 3, 5)
PAPER = Paper(
    form=Form.DOCUMENT,
    issuer="江北区政府办公室",
    number="甬北政办发〔2026〕3号",
    title="关于开展改革督查的通知",
    addressee="各镇（街道），区级各部门",
    body=(
        Paragraph("现将有关事项通知如下。"),
        Paragraph("范围", Level.FIRST),
        Paragraph("项目", Level.SECOND),
        Paragraph("时间", Level.THIRD),
        Paragraph("自查", Level.FOURTH),
        Paragraph("抽查", Level.FOURTH),
        Paragraph("方式", Level.FIRST),
        Paragraph("名单", Level.SECOND),
        Table((("序号", "单位"), ("1", "慈城镇")), shares=(1, 3)),
    ),
    signed_on=SIGNED,
    attachments=(Attachment("督查清单", (Paragraph("清单内容。"),)), Attachment("联络表")),
    marks=Marks("000001", "机密★1年", "特急"),
    imprint=Imprint(("区委各部门", "区人大办"), "江北区政府办公室", SIGNED),
)
HEADING = Heading("区委改革办", "甬北督〔2026〕3号", SIGNED, Imprint(("区纪委",), "区委改革办", SIGNED))


def simple(text: str, form: Form = Form.PLAIN) -> Paper:
    """A paper of one paragraph."""
    return Paper(form=form, issuer="区委改革办", title="说明", body=(Paragraph(text),), signed_on=SIGNED)


def read(paper: Paper) -> Read:
    """A written paper, opened by a program that is not ours."""
    return Document(io.BytesIO(write(paper)))


def line(document: Read, text: str) -> Line:
    """The only paragraph with exactly this text."""
    (found,) = [paragraph for paragraph in document.paragraphs if paragraph.text == text]
    return found


# Everything XML can hold, markup and signs beyond the basic plane among it.
words = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=40
)
blocks = st.one_of(
    st.builds(Paragraph, words, st.sampled_from(Level)),
    st.builds(lambda cell: Table(((cell, "&<>"), ("x", cell))), words),
)


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    """Papers with any text in any place."""
    return replace(
        PAPER,
        form=draw(st.sampled_from(Form)),
        issuer=draw(words),
        number=draw(words),
        title=draw(words),
        addressee=draw(words),
        body=tuple(draw(st.lists(blocks, max_size=4))),
        attachments=tuple(draw(st.lists(st.builds(Attachment, words, st.tuples(blocks)), max_size=2))),
        marks=draw(st.builds(Marks, words, words, words)),
        imprint=draw(st.builds(Imprint, st.tuples(words), words, st.just(SIGNED))),
    )

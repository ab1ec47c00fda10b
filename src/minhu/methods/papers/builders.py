"""Four papers that cases need, from their fields: every word of law comes in, none stands here."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from minhu.methods.papers.paper import (
    NO_IMPRINT,
    NO_MARKS,
    Attachment,
    Block,
    Form,
    Imprint,
    Level,
    Marks,
    Paper,
    Paragraph,
    Table,
)
from minhu.methods.papers.wording import dated


@dataclass(frozen=True, slots=True)
class Heading:
    """What every paper needs: who issues it, under which number, when, and who gets copies."""

    issuer: str
    number: str
    signed_on: date | None
    imprint: Imprint = NO_IMPRINT
    marks: Marks = NO_MARKS


@dataclass(frozen=True, slots=True)
class Order:
    """The fields of a 督办单. `basis`: the mandate; `post`: whom it lets order; `article`: its limit."""

    matter: str
    organisation: str
    requirement: str
    basis: str
    post: str
    limit_on: date
    article: str
    contact: str
    supporting: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """The fields of a notice: `points` are headings with the text under each."""

    matter: str
    addressee: str
    opening: str
    points: tuple[tuple[str, str], ...]
    closing: str = ""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """The fields of an answer: when the matter came in, what it says, by which articles, what may follow."""

    matter: str
    addressee: str
    received_on: date
    answer: str
    basis: tuple[str, ...] = ()
    next_step: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """The fields of a 裁定书 or 认定书 (`kind`): parties, findings, grounds, and what is decided."""

    kind: str
    matter: str
    parties: tuple[str, ...]
    facts: str
    grounds: str
    basis: tuple[str, ...]
    ruling: tuple[str, ...]
    remedy: str = ""


def order(heading: Heading, fields: Order) -> Paper:
    """A numbered 督办单: one table of labels and words on a plain paper."""
    rows = (
        ("督办事项", fields.matter),
        ("承办单位", fields.organisation),
        ("协办单位", fields.supporting),
        ("督办依据", fields.basis),
        ("交办岗位", fields.post),
        ("办理要求", fields.requirement),
        ("办结时限", f"{dated(fields.limit_on)}\n{fields.article}"),
        ("联系单位", fields.contact),
    )
    shown = tuple(row for row in rows if row[1].strip())
    table = Table(shown, shares=(1, 4), headed=0, labelled=True)
    return _paper(heading, Form.PLAIN, "督办单", [table])


def notice(heading: Heading, fields: Notice) -> Paper:
    """A notice under a red head: opening, numbered points, closing."""
    body = [Paragraph(fields.opening)]
    for head, text in fields.points:
        body += [Paragraph(head, Level.FIRST), Paragraph(text)]
    body.append(Paragraph(fields.closing))
    made = _paper(heading, Form.DOCUMENT, f"关于{fields.matter}的通知", body)
    return replace(made, addressee=fields.addressee, attachments=fields.attachments)


def reply(heading: Heading, fields: Reply) -> Paper:
    """An answer as a letter."""
    body = [
        Paragraph(f"{dated(fields.received_on)}反映的“{fields.matter}”收悉。现答复如下："),
        Paragraph(fields.answer),
        Paragraph(f"依据：{'；'.join(fields.basis)}。" if fields.basis else ""),
        Paragraph(fields.next_step),
        Paragraph(f"联系方式：{fields.contact}" if fields.contact else ""),
    ]
    title = f"关于“{fields.matter}”的答复"
    return replace(_paper(heading, Form.LETTER, title, body), addressee=fields.addressee)


def decision(heading: Heading, fields: Decision) -> Paper:
    """A 裁定书 or 认定书: parties, facts, grounds, and what is decided, point by point."""
    body = [Paragraph(f"当事单位：{'、'.join(fields.parties)}")]
    for head, text in (
        ("事实", fields.facts),
        ("理由", fields.grounds),
        ("依据", "\n".join(fields.basis)),
    ):
        body += [Paragraph(head, Level.FIRST), Paragraph(text)]
    body.append(Paragraph(fields.kind.removesuffix("书"), Level.FIRST))
    body += [Paragraph(f"{at}. {item}") for at, item in enumerate(fields.ruling, 1)]
    body.append(Paragraph(fields.remedy))
    return _paper(heading, Form.PLAIN, f"关于{fields.matter}的{fields.kind}", body)


def _paper(heading: Heading, form: Form, title: str, body: Iterable[Block]) -> Paper:
    """A paper with the fields all four share; paragraphs left blank fall away."""
    kept = tuple(block for block in body if isinstance(block, Table) or block.text.strip())
    return Paper(
        form=form,
        issuer=heading.issuer,
        title=title,
        body=kept,
        signed_on=heading.signed_on,
        number=heading.number,
        marks=heading.marks,
        imprint=heading.imprint,
    )

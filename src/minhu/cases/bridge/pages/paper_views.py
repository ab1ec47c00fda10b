"""A made paper for the screen, and as a .docx by `methods.papers`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from minhu.cases.bridge.papers import written
from minhu.cases.models import Case, Paper
from minhu.methods import papers
from minhu.people.models import Post

FORMS = {"order": papers.Form.PLAIN, "notice": papers.Form.DOCUMENT, "reply": papers.Form.LETTER,
         "decision": papers.Form.PLAIN}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PaperView:
    """What stands on a paper; personal values are masked."""

    head: str
    title: str
    number: str
    to: str
    body: tuple[str, ...]
    issuer: str
    signed: str


def paper_view(row: Paper) -> PaperView:
    """A made paper as the screen shows it."""
    made = paper_of(row, {})
    body = tuple(block.text for block in made.body if isinstance(block, papers.Paragraph))
    on = made.signed_on or row.made_at.date()
    return PaperView(made.red_head, made.title, made.number, made.addressee, body, made.issuer, dated(on))


def dated(on: date) -> str:
    """A day as official papers write it, whatever the language of the screen."""
    return f"{on.year}年{on.month}月{on.day}日"


def docx_of(row: Paper, case: Case) -> BytesIO:
    """A made paper as a Word file; personal values stay masked, whoever takes it along."""
    return BytesIO(papers.write(paper_of(row, {})))


def paper_of(row: Paper, personal: Mapping[str, str]) -> papers.Paper:
    """A made paper as a plain value of `methods.papers`."""
    content: Mapping[str, Any] = row.content or {}
    return papers.Paper(
        form=FORMS.get(str(content.get("form")), papers.Form.PLAIN),
        issuer=issuer_of(row),
        title=str(content.get("title") or row.title),
        body=tuple(papers.Paragraph(text) for text in written({"body": (), **content}, personal)),
        signed_on=date.fromisoformat(content["date"]) if content.get("date") else row.made_at.date(),
        number=row.number or str(content.get("number") or ""),
        addressee=str(content.get("to") or ""),
    )


def issuer_of(row: Paper) -> str:
    """The organisation that issues a paper: that of the post whose step made it."""
    post = Post.objects.select_related("organisation").filter(code=row.who).first()
    return post.organisation.name if post else ""

"""Questions to departments about their guides, and what they answer."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.people.actions import send_notice
from minhu.people.models import Organisation, Post
from minhu.people.states import Role
from minhu.services.actions.refusals import Refusal
from minhu.services.models import Question, Thing
from minhu.services.states import QuestionState
from minhu.trail.actions import record
from minhu.trail.models import ref
from minhu.trail.states import Actor


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: to whom, in which words, on what; `code`: what the software found, if it did."""

    department: Organisation
    words: str
    subject: str = ""
    code: str = ""


@transaction.atomic
def ask_department(*, by: Actor, thing: Thing, asked: Asked, at: datetime) -> Question:
    """Ask a department about its guide; the same question twice is one."""
    words, department = asked.words.strip(), asked.department
    if not words:
        raise Refusal(_("Write the question."))
    facts = {"department": department, "asked_by": by.post, "asked_at": at}
    row, is_new = Question.objects.get_or_create(
        thing=thing, code=asked.code, subject=asked.subject[:160], words=words[:400], defaults=facts
    )
    if is_new:
        payload = {
            "department": department.code,
            "code": asked.code,
            "subject": asked.subject,
            "words": row.words,
        }
        record(
            by=by, deed="services.ask_department", thing=ref(row), book=thing.book, at=at, payload=payload,
            asked=0 if asked.code else 1,
        )  # fmt: skip
        text = _("A question about your guide in “%(thing)s”: %(words)s") % {
            "thing": thing.name,
            "words": row.words,
        }
        for post in Post.objects.filter(organisation=department, role=Role.LEAD):
            send_notice(by=by, to=post, text=text[:300], url=f"{thing.get_absolute_url()}#questions", at=at)
    return row


@transaction.atomic
def answer_question(*, by: Actor, question: Question, answer: str, at: datetime) -> Question:
    """Answer a question, once."""
    row = Question.objects.select_for_update(of=("self",)).select_related("thing").get(pk=question.pk)
    if row.state != QuestionState.ASKED:
        raise Refusal(_("This question has been answered already."))
    if not answer.strip():
        raise Refusal(_("Write the answer."))
    row.state, row.answer, row.answered_by, row.answered_at = (
        QuestionState.ANSWERED,
        answer.strip(),
        by.post,
        at,
    )
    row.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    payload = {"question": row.words, "answer": row.answer}
    record(
        by=by,
        deed="services.answer_question",
        thing=ref(row),
        book=row.thing.book,
        at=at,
        payload=payload,
        asked=1,
    )
    return row

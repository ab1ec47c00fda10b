"""Deeds with words: notices, complaints about the software and their answers."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from minhu.people.actions.record import checked, note, wrong
from minhu.people.models import Complaint, Notice, Post, User
from minhu.trail.states import Actor


@transaction.atomic
def send_notice(*, by: Actor, to: User | Post, text: str, url: str = "", at: datetime) -> Notice:
    """A word to one account or to a post; what it says stays out of the record."""
    whom = {"user": to} if isinstance(to, User) else {"post": to}
    notice = Notice(text=text, url=url, at=at, **whom)
    checked(notice).save()
    note(by=by, deed="send_notice", of=notice, at=at, payload={"url": url})
    return notice


@transaction.atomic
def complain(*, by: Actor, text: str, page: str = "", at: datetime) -> Complaint:
    """What is wrong with the software, said from a post."""
    complaint = Complaint(text=text.strip(), page=page, post=Post.objects.get(code=by.post), at=at)
    checked(complaint).save()
    note(by=by, deed="complain", of=complaint, at=at, payload={"page": page}, asked=1)
    return complaint


@transaction.atomic
def answer_complaint(*, by: Actor, complaint: Complaint, answer: str, at: datetime) -> None:
    """Answer it, and tell the post it came from; a complaint is answered once."""
    row = Complaint.objects.select_for_update(of=("self",)).get(pk=complaint.pk)
    if row.is_answered:
        words = _("%(post)s has answered this in the meantime: “%(answer)s”. Your text is kept below.")
        raise wrong(None, words % {"post": row.answered_post, "answer": row.answer})
    row.answer, row.answered_at = answer.strip(), at
    row.answered_post = Post.objects.get(code=by.post)
    checked(row).save()
    note(by=by, deed="answer_complaint", of=row, at=at, payload={}, asked=1)
    text = _("Your complaint about this system has been answered: %s") % row.answer[:200]
    send_notice(by=by, to=row.post, text=text, url=reverse("people:complaint", args=[row.pk]), at=at)

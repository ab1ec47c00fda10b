"""Made-up documents, wordings, clauses and duties for tests."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from minhu.mandates.models import Clause, Document, Duty, Version
from minhu.mandates.states import ClauseKind, DocumentKind, Level

ADDED = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)


class DocumentFactory(DjangoModelFactory):
    """An upstream document of the city."""

    class Meta:
        model = Document

    number = factory.Sequence(lambda n: f"测试〔2026〕{n}号")
    title = factory.Sequence(lambda n: f"关于第{n}项改革的意见")
    issuer = "市里"
    level = Level.CITY
    kind = DocumentKind.UPSTREAM
    issued_on = date(2026, 3, 2)
    received_on = date(2026, 3, 9)


class VersionFactory(DjangoModelFactory):
    """The first wording of a document."""

    class Meta:
        model = Version

    document = factory.SubFactory(DocumentFactory)
    label = "1"
    text = factory.Sequence(lambda n: f"第一条 办好第{n}件事。")
    sha256 = factory.LazyAttribute(lambda version: hashlib.sha256(version.text.encode()).hexdigest())
    added_at = ADDED
    is_current = True


class ClauseFactory(DjangoModelFactory):
    """The one article of a wording that holds only this article."""

    class Meta:
        model = Clause

    version = factory.SubFactory(VersionFactory)
    order = factory.Sequence(lambda n: n)
    kind = ClauseKind.ARTICLE
    label = "第一条"
    path = factory.LazyAttribute(lambda clause: f"art{clause.order}")
    start = 0
    end = factory.LazyAttribute(lambda clause: len(clause.version.text))
    text = factory.LazyAttribute(lambda clause: clause.version.text[clause.start : clause.end])
    is_unit = True


class DutyFactory(DjangoModelFactory):
    """A duty that covers its whole clause."""

    class Meta:
        model = Duty

    clause = factory.SubFactory(ClauseFactory)
    who = "区有关部门"
    what = "办好这件事"
    start = factory.LazyAttribute(lambda duty: duty.clause.start)
    end = factory.LazyAttribute(lambda duty: duty.clause.end)


NUMBERS = "一二三四五六七八九十"


def make_articles(words: Sequence[str], **head: object) -> list[Clause]:
    """A document whose articles 第一条, 第二条 … say these words (at most ten); returns its clauses."""
    pieces = [f"第{NUMBERS[i]}条 {said}" for i, said in enumerate(words)]
    version = VersionFactory(text="\n".join(pieces), document=DocumentFactory(**head))
    clauses, at = [], 0
    for order, piece in enumerate(pieces):
        clauses.append(
            ClauseFactory(
                version=version,
                order=order,
                label=piece[:3],
                path=f"art{order + 1}",
                start=at,
                end=at + len(piece),
            )
        )
        at += len(piece) + 1
    return clauses

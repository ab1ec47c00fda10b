"""Which upstream documents a local one carries out; and that somebody looked whether it still does."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.mandates.actions.refusals import BadDocument
from minhu.mandates.models import Document, Implementation, Version
from minhu.mandates.states import DocumentKind
from minhu.trail.actions import record
from minhu.trail.models import ref
from minhu.trail.states import Actor


def set_implements(
    *, by: Actor, document: Document, numbers: Collection[str], at: datetime, asked: int = 0
) -> bool:
    """Say which documents (by number) a local one carries out; the same again changes nothing.

    Returns whether anything changed.
    """
    upstreams = list(Document.objects.filter(number__in=numbers).order_by("number"))
    check_sides(document, upstreams, numbers)
    with transaction.atomic():
        Document.objects.select_for_update().get(pk=document.pk)
        before = numbers_of(document)
        after = sorted(one.number for one in upstreams)
        if before == after:
            return False
        document.implements.exclude(upstream__in=upstreams).delete()
        there = set(document.implements.values_list("upstream", flat=True))
        Implementation.objects.bulk_create(
            [Implementation(local=document, upstream=one) for one in upstreams if one.pk not in there]
        )
        record(
            by=by, deed="mandates.set_implements", thing=ref(document), book=document.book, at=at,
            asked=asked, payload={"before": before, "after": after},
        )  # fmt: skip
        return True


def check_sides(document: Document, upstreams: Collection[Document], numbers: Collection[str]) -> None:
    """Only a local document carries something out, and only an upstream one that is here is carried out."""
    if numbers and document.kind != DocumentKind.LOCAL:
        raise BadDocument(
            _("Only a local document implements another; “%s” is an upstream one.") % document.title,
            "implements",
        )
    missing = sorted(set(numbers) - {one.number for one in upstreams})
    if missing:
        raise BadDocument(_("There is no document with the number “%s”.") % missing[0], "implements")
    wrong = next((one for one in upstreams if one.kind != DocumentKind.UPSTREAM), None)
    if wrong:
        raise BadDocument(
            _("“%s” is a local document; a local document implements upstream ones.") % wrong.title,
            "implements",
        )


def numbers_of(document: Document) -> list[str]:
    """The numbers of what a document carries out, sorted as Python sorts: databases do not agree."""
    return sorted(document.implements.values_list("upstream__number", flat=True))


def check_implementation(
    *, by: Actor, link: Implementation, reason: str, at: datetime, asked: int = 1
) -> Implementation:
    """Write down that a local text still fits the upstream wording in force, and why.

    It holds until either side gets another wording.
    """
    if not reason.strip():
        raise BadDocument(_("Please say why the local text still fits."), "reason")
    with transaction.atomic():
        row = Implementation.objects.select_for_update().select_related("local", "upstream").get(pk=link.pk)
        row.checked_version = Version.objects.get(document=row.upstream, is_current=True)
        row.checked_local = Version.objects.get(document=row.local, is_current=True)
        row.checked_at, row.checked_by_post, row.reason = at, by.post, reason.strip()
        row.save()
        payload = {
            "upstream": row.upstream.number,
            "wording": row.checked_version.label,
            "reason": row.reason,
        }
        record(
            by=by, deed="mandates.check_implementation", thing=ref(row.local), book=row.local.book, at=at,
            asked=asked, payload=payload,
        )  # fmt: skip
        return row

"""Local texts that are older than what they carry out, and what a text says it carries out."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from minhu.mandates.models import Document, Implementation, Version
from minhu.mandates.states import DocumentKind


@dataclass(frozen=True, slots=True)
class Standing:
    """A local document beside one it carries out, both in their wordings in force.

    `state` is fresh, stale (older, nobody looked), checked (older, but somebody wrote down why it fits) or
    undated (the day of one of the wordings is not known).
    """

    link: Implementation
    local_version: Version
    upstream_version: Version
    state: str

    @property
    def local(self) -> Document:
        """The local document."""
        return self.link.local

    @property
    def upstream(self) -> Document:
        """The document it carries out."""
        return self.link.upstream

    @property
    def local_on(self) -> date | None:
        """When the local wording was issued."""
        return self.local_version.issued_on

    @property
    def upstream_on(self) -> date | None:
        """When the upstream wording was issued."""
        return self.upstream_version.issued_on

    @property
    def is_older(self) -> bool:
        """Whether the local text is older, looked at or not."""
        return self.state in {"stale", "checked"}


def standings(rows: QuerySet[Implementation], *, on: date) -> list[Standing]:
    """How local documents stand to what they carry out, on a day; in two queries."""
    links = list(rows.select_related("local", "upstream").order_by("local__number", "upstream__number"))
    keys = {key for link in links for key in (link.local_id, link.upstream_id)}
    current = Version.objects.filter(document__in=keys, is_current=True).defer("text", "furniture")
    by_document = {version.document_id: version for version in current}
    return [
        standing(link, by_document[link.local_id], by_document[link.upstream_id], on)
        for link in links
        if link.local_id in by_document and link.upstream_id in by_document
    ]


def standing(link: Implementation, local: Version, upstream: Version, on: date) -> Standing:
    """One local document beside one it carries out; what is issued after `on` is not yet known."""
    looked = (link.checked_local_id, link.checked_version_id) == (local.pk, upstream.pk)
    if local.issued_on is None or upstream.issued_on is None:
        state = "checked" if looked else "undated"
    elif not local.issued_on < upstream.issued_on <= on:
        state = "fresh"
    else:
        state = "checked" if looked else "stale"
    return Standing(link, local, upstream, state)


def stale_documents(*, on: date) -> list[Standing]:
    """Local texts older than the wording in force of what they carry out, checked ones included."""
    return [one for one in standings(Implementation.objects.all(), on=on) if one.is_older]


def implemented_by(document: Document, *, on: date) -> list[Standing]:
    """How a local document stands to what it carries out; of an upstream one, who carries it out."""
    side = {"local": document} if document.kind == DocumentKind.LOCAL else {"upstream": document}
    return standings(Implementation.objects.filter(**side), on=on)


def upstream_documents() -> QuerySet[Document]:
    """Every upstream document, by number."""
    return Document.objects.filter(kind=DocumentKind.UPSTREAM).order_by("number")

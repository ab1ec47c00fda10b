"""Local texts that answer from above, older than the wording they carry out."""

from collections import defaultdict
from datetime import date

from minhu.mandates.models import Document
from minhu.mandates.queries import Standing, implemented_by, stale_documents


def older_texts(document: Document, *, on: date) -> list[Standing]:
    """Local texts that carry a document out and are older than its wording in force, unchecked ones first."""
    found = [one for one in implemented_by(document, on=on) if one.is_older]
    return sorted(found, key=lambda one: one.state != "stale")


def older_by_document(*, on: date) -> dict[int, list[Standing]]:
    """The same of every upstream document, by its key."""
    found: defaultdict[int, list[Standing]] = defaultdict(list)
    for one in stale_documents(on=on):
        found[one.upstream.pk].append(one)
    return dict(found)


def local_keys(older: list[Standing]) -> frozenset[int]:
    """Keys of the local documents nobody has looked at since."""
    return frozenset(one.local.pk for one in older if one.state == "stale")

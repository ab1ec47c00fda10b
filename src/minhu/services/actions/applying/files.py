"""Files applicants hand in: their size, what they are by content, what the scanner says; kept by digest."""

import hashlib
import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path, PurePath

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from minhu.cases.actions.papers import MEGABYTE, fault_of
from minhu.cases.bridge.files import KNOWN
from minhu.services.connectors import ScannerUnreachable, scanned
from minhu.services.states import ApplicationRefused, ScanState

FOLDER = "applications"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that was looked into and lies there."""

    name: str
    file: str
    sha256: str
    size: int
    media_type: str
    scan: str


def taken(name: str, content: bytes, media: Collection[str], most: Decimal) -> Kept:
    """A file checked and kept. Raises ApplicationRefused: what is wrong, and what to do instead."""
    name = PurePath(name).name[-200:]
    if words := fault_of(name, content, int(most * MEGABYTE)):
        raise ApplicationRefused(words, {"file": words})
    media_type = KNOWN[PurePath(name).suffix.lower()][0]
    if media and media_type.split(";")[0] not in {one.split(";")[0] for one in media}:
        known = " ".join(sorted(end for end, (kind, _found) in KNOWN.items() if kind.split(";")[0] in media))
        words = _("“%(name)s” is of a type that is not taken here. Taken: %(known)s.")
        words %= {"name": name, "known": known}
        raise ApplicationRefused(words, {"file": words})
    return keep(name, content, media_type, scan(name, content))


def scan(name: str, content: bytes) -> str:
    """What the scanner says of a content. Raises ApplicationRefused for a virus, or without a verdict."""
    address = settings.MINHU_CLAMD
    if not address and not settings.MINHU_SCAN_REQUIRED:
        return ScanState.SKIPPED
    try:
        verdict = scanned(content, address=address, seconds=settings.MINHU_CLAMD_SECONDS)
    except ScannerUnreachable:
        if not settings.MINHU_SCAN_REQUIRED:
            return ScanState.SKIPPED
        words = _("Files cannot be looked through for viruses just now, so “%(name)s” was not taken. "
                  "Everything else is kept: try again in a few minutes.")  # fmt: skip
        raise ApplicationRefused(words % {"name": name}, {"file": words % {"name": name}}) from None
    if not verdict.is_clean:
        words = _("“%(name)s” holds a virus (%(found)s) and was not kept: look at the device it comes from.")
        words %= {"name": name, "found": verdict.found}
        raise ApplicationRefused(words, {"file": words})
    return ScanState.CLEAN


def keep(name: str, content: bytes, media_type: str, scan_state: str) -> Kept:
    """A file written under its digest and a name of its own: no two rows ever hold the same one."""
    sha256 = hashlib.sha256(content).hexdigest()
    place = f"{FOLDER}/{sha256[:2]}/{sha256}-{secrets.token_hex(6)}"
    whole = Path(settings.MEDIA_ROOT) / place
    whole.parent.mkdir(parents=True, exist_ok=True)
    whole.write_bytes(content)
    return Kept(name, place, sha256, len(content), media_type, scan_state)


def remove(files: Iterable[str]) -> None:
    """Files that no row holds any more go from the disk."""
    for place in files:
        if place.startswith(f"{FOLDER}/"):
            (Path(settings.MEDIA_ROOT) / place).unlink(missing_ok=True)


def remove_once_done(files: Iterable[str]) -> None:
    """The same, once nothing can bring their rows back."""
    gone = [one for one in files if one]
    if gone:
        transaction.on_commit(lambda: remove(gone))

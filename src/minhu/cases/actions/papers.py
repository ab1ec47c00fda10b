"""Files handed in with a deed: looked into and kept under their digest before the deed is tried."""

import hashlib
import os
import tempfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePath
from typing import TypeVar

from django.conf import settings
from django.utils.translation import gettext as _

from minhu.cases.bridge.files import KNOWN, content_of
from minhu.cases.queries.readings import day_of
from minhu.cases.states import Ask, CaseRefused, Fault, Opening, Upload, Why
from minhu.rulebook.queries import limit

Deed = TypeVar("Deed", Ask, Opening)
MEGABYTE = 1024 * 1024
LIMIT = "proof.max_megabytes"


def kept(deed: Deed, at: datetime) -> Deed:
    """A deed whose files are kept; without files it is the same. Raises CaseRefused for all that are bad."""
    files = {key: value for key, value in deed.values.items() if isinstance(value, Upload)}
    if not files:
        return deed
    most = int(limit(LIMIT, on=day_of(at)).value * MEGABYTE)
    found, faults = dict(deed.values), []
    for key, upload in files.items():
        data = bytes_of(upload)
        words = fault_of(upload.name, data, most)
        if words:
            faults.append(Fault(key, words))
        elif data is not None:
            found[key] = keep(upload.name, data)
    if faults:
        raise CaseRefused(Why.VALUE, " ".join(fault.words for fault in faults), faults)
    return replace(deed, values=found)


def bytes_of(upload: Upload) -> bytes | None:
    """The content of a file; None for one that was kept before and is only named."""
    if upload.file is None or isinstance(upload.file, str):
        return None if upload.sha256 else b""
    upload.file.seek(0)
    return bytes(upload.file.read())


def fault_of(name: str, data: bytes | None, most: int) -> str:
    """What is wrong with a file and what to do instead, or nothing."""
    if data is None:
        return ""
    if not data:
        return _("“%(name)s” is empty: choose the file that holds the paper.") % {"name": name}
    if len(data) > most:
        said = {"name": name, "size": f"{len(data) / MEGABYTE:.1f}", "limit": f"{most / MEGABYTE:g}"}
        return _("“%(name)s” has %(size)s MB; the limit is %(limit)s MB: make it smaller.") % said
    ending = PurePath(name).suffix.lower()
    if ending not in KNOWN:
        said = {"ending": ending or name, "known": " ".join(sorted(KNOWN))}
        return _("Files of type “%(ending)s” are not taken: save it as PDF, or one of %(known)s.") % said
    found = content_of(data)
    if found not in KNOWN[ending][1]:
        said = {"name": name, "found": found, "ending": ending}
        return (
            _("“%(name)s” is %(found)s by its content: choose the right file, or save it as %(ending)s.")
            % said
        )
    return ""


def keep(name: str, data: bytes) -> Upload:
    """A file written under its digest, if it does not lie there yet."""
    sha256 = hashlib.sha256(data).hexdigest()
    place = Path("papers") / sha256[:2] / sha256
    whole = Path(settings.MEDIA_ROOT) / place
    if not whole.exists():
        whole.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=whole.parent, delete=False) as copy:
            copy.write(data)
        # Never half a file under a digest: the finished copy takes the name in one step.
        os.replace(copy.name, whole)
    media_type = KNOWN[PurePath(name).suffix.lower()][0]
    return Upload(PurePath(name).name[-200:], str(place), sha256, len(data), media_type)

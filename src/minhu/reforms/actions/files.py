"""Files of proofs: looked into before they are believed, kept once under the hash of their content."""

import hashlib
import os
import re
import tempfile
import zipfile
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path, PurePath
from typing import Any

import puremagic
from django.core.files import File
from django.utils.translation import gettext as _

from minhu.reforms.actions.refusals import Refusal
from minhu.reforms.models.proofs import proof_path

BYTES_A_MEGABYTE = 1024 * 1024
HEAD_BYTES = 64 * 1024
OFFICE = "application/vnd.openxmlformats-officedocument"
# What may be handed in: the ending of the name -> media type and the family its content must belong to.
KNOWN = {
    ".pdf": ("application/pdf", "pdf"),
    ".ofd": ("application/ofd", "ofd"),
    ".docx": (f"{OFFICE}.wordprocessingml.document", "docx"),
    ".xlsx": (f"{OFFICE}.spreadsheetml.sheet", "xlsx"),
    ".pptx": (f"{OFFICE}.presentationml.presentation", "pptx"),
    ".doc": ("application/msword", "ole"),
    ".xls": ("application/vnd.ms-excel", "ole"),
    ".ppt": ("application/vnd.ms-powerpoint", "ole"),
    ".wps": ("application/vnd.ms-works", "ole"),
    ".et": ("application/vnd.ms-excel", "ole"),
    ".png": ("image/png", "png"),
    ".jpg": ("image/jpeg", "jpeg"),
    ".jpeg": ("image/jpeg", "jpeg"),
    ".txt": ("text/plain; charset=utf-8", "text"),
    ".md": ("text/markdown; charset=utf-8", "text"),
    ".csv": ("text/csv; charset=utf-8", "text"),
}
# A zip is known by what lies in it; puremagic sees only that it is one.
IN_ZIP = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/", "ofd": "OFD.xml"}
BY_ENDING = {".pdf": "pdf", ".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg", ".jfif": "jpeg", ".doc": "ole"}
MARKUP = re.compile(rb"^\s*<(!doctype|html|svg|script|\?xml|body|head)", re.IGNORECASE)
CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that has been looked into and kept."""

    file_name: str
    sha256: str
    size: int
    media_type: str


def store(file: "File[Any]", *, most_megabytes: Decimal) -> Stored:
    """Check a file's size and type, and keep it under its hash; refuses with what to do instead."""
    name = PurePath(file.name or "").name
    check_size(file, name, most_megabytes)
    media_type = check_type(file, name)
    sha256 = keep(file)
    return Stored(name[-255:], sha256, file.size, media_type)


def check_size(file: "File[Any]", name: str, most_megabytes: Decimal) -> None:
    """Refuse an empty file and one over the limit of the rulebook."""
    if not file.size:
        raise Refusal(
            _("“%(name)s” is empty. Choose the file that holds the proof.") % {"name": name}, "file"
        )
    if file.size > most_megabytes * BYTES_A_MEGABYTE:
        size = f"{file.size / BYTES_A_MEGABYTE:.1f}"
        raise Refusal(
            _(
                "“%(name)s” has %(size)s MB; the limit is %(limit)s MB. "
                "Make it smaller, or give a link instead."
            )
            % {"name": name, "size": size, "limit": f"{float(most_megabytes):g}"},
            "file",
        )


def check_type(file: "File[Any]", name: str) -> str:
    """The media type of a file whose content is what its name says; refuses a renamed or unknown type."""
    ending = PurePath(name).suffix.lower()
    if ending not in KNOWN:
        raise Refusal(
            _("Files of type “%(ending)s” are not taken. Save it as PDF, or as one of: %(known)s.")
            % {"ending": ending or name, "known": " ".join(sorted(KNOWN))},
            "file",
        )
    media_type, family = KNOWN[ending]
    found = family_of(file)
    if found != family:
        raise Refusal(
            _(
                "“%(name)s” is named %(ending)s, but its content is: %(found)s. "
                "Choose the right file, or save it anew as %(ending)s."
            )
            % {"name": name, "ending": ending, "found": found},
            "file",
        )
    return media_type


def family_of(file: "File[Any]") -> str:
    """The family its content belongs to; an unknown one is named by what puremagic takes it for."""
    file.seek(0)
    head = file.read(HEAD_BYTES)
    if head.startswith(b"PK\x03\x04"):
        return zip_family(file)
    if is_text(head):
        return "text"
    likely = candidates(head)
    return next((BY_ENDING[ending] for ending in likely if ending in BY_ENDING), likely[0].lstrip("."))


def zip_family(file: "File[Any]") -> str:
    """Which office format a zip is, by the folders in it."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file.file or file) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile:
        return "zip?"
    inside = (family for family, mark in IN_ZIP.items() if any(one.startswith(mark) for one in names))
    return next(inside, "zip")


def is_text(head: bytes) -> bool:
    """Whether the bytes are words and nothing that a program would run or draw."""
    if MARKUP.match(head) or head.startswith((b"%PDF", b"{\\rtf", b"%!PS")):
        return False
    for encoding in ("utf-8-sig", "gb18030"):
        # The head may end in the middle of a character: up to three bytes of it are let go.
        for cut in range(4):
            try:
                return not CONTROL.search(head[: len(head) - cut].decode(encoding))
            except UnicodeDecodeError:
                continue
    return False


def candidates(head: bytes) -> list[str]:
    """Endings that fit the bytes, the likeliest first."""
    try:
        found = sorted(puremagic.magic_string(head), key=lambda match: -match.confidence)
    except puremagic.PureError:
        found = []
    return [match.extension for match in found if match.extension] or ["?"]


def keep(file: "File[Any]") -> str:
    """Write the file under its hash, if it does not lie there yet, and return the hash."""
    digest = hashlib.sha256()
    folder = Path(proof_path("00")).parents[1]
    folder.mkdir(parents=True, exist_ok=True)
    file.seek(0)
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as copy:
        try:
            for chunk in file.chunks():
                digest.update(chunk)
                copy.write(chunk)
        except BaseException:
            os.unlink(copy.name)
            raise
    place = Path(proof_path(digest.hexdigest()))
    place.parent.mkdir(exist_ok=True)
    # Never half a file under a hash: the finished copy takes the name in one step.
    os.replace(copy.name, place)
    return digest.hexdigest()

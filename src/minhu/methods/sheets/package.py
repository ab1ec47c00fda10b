"""The bytes of a file: its size, its kind, and the parts of a workbook, unpacked no further than allowed."""

import io
import os
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import IO, Any, TypeAlias
from xml.parsers import expat

from minhu.methods.sheets.answers import Limits, Refused

MEGABYTE = 1024 * 1024
CHUNK = 256 * 1024
SMALL = 4 * MEGABYTE  # below it, packing well is no sign of a bomb
Source: TypeAlias = bytes | str | os.PathLike[str] | IO[bytes]
Start: TypeAlias = Callable[[str, dict[str, str]], Any]
End: TypeAlias = Callable[[str], Any]
OLE = b"\xd0\xcf\x11\xe0"
LOCKED = "EncryptedPackage".encode("utf-16-le")
MARKS = (
    (b"%PDF", "PDF"), (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"), (b"Rar!", "RAR"), (b"7z\xbc\xaf", "7z"), (b"\x1f\x8b", "gzip"), (b"{\\rtf", "RTF"),
)  # fmt: skip
MEMBERS = (
    ("xl/workbook.bin", "xlsb"), ("word/document.xml", "Word"), ("ppt/presentation.xml", "PowerPoint"),
    ("content.xml", "ODF"), ("OFD.xml", "OFD"),
)  # fmt: skip


def contents(source: Source, limits: Limits) -> bytes:
    """The bytes of a file, a path or a stream; a file that is too big is refused before it is read."""
    if isinstance(source, bytes):
        sized(len(source), limits)
        return source
    if isinstance(source, (str, os.PathLike)):
        sized(Path(source).stat().st_size, limits)
        return Path(source).read_bytes()
    source.seek(0, io.SEEK_END)
    sized(source.tell(), limits)
    source.seek(0)
    return source.read()


def sized(length: int, limits: Limits) -> None:
    """Refuse nothing, and too much."""
    if length == 0:
        raise Refused("empty")
    if length > limits.megabytes * MEGABYTE:
        raise Refused("big", found=round(length / MEGABYTE, 1), most=f"{limits.megabytes:g}")


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a package (then it must be an .xlsx) or words; other kinds are refused."""
    if data.startswith(OLE):
        raise Refused("locked" if LOCKED in data else "old")
    known = next((kind for mark, kind in MARKS if data.startswith(mark)), "")
    head = data[:400].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<?xml", b"<table")):
        known = "HTML / XML"
    if known:
        raise Refused("other", kind=known)
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


class Package:
    """A zip whose parts are read as streams; what they unpack to is counted over all of them."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.limits = limits
        self.left = int(limits.unpacked_megabytes * MEGABYTE)
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise Refused("broken", part="zip") from error
        self.parts = {info.filename.lstrip("/"): info for info in self.zip.infolist()}
        self.check()

    def check(self) -> None:
        """Refuse, by what the directory declares, too many parts, passwords, bombs, other kinds."""
        every = self.zip.infolist()
        if len(every) > self.limits.parts:
            raise Refused("parts", found=len(every), most=self.limits.parts)
        doubled = [name for name, count in Counter(info.filename for info in every).items() if count > 1]
        if doubled:
            raise Refused("broken", part=doubled[0])
        if any(info.flag_bits & 1 for info in every):
            raise Refused("locked")
        if any(info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for info in every):
            raise Refused("broken", part="zip")
        if sum(info.file_size for info in every) > self.left or any(map(self.is_bomb, every)):
            raise Refused("bomb", most=f"{self.limits.unpacked_megabytes:g}")
        other = next((kind for name, kind in MEMBERS if name in self.parts), "")
        if other or "_rels/.rels" not in self.parts:
            raise Refused("other", kind=other or "zip")

    def is_bomb(self, info: zipfile.ZipInfo) -> bool:
        """Whether a part is packed better than any honest one."""
        return info.file_size > SMALL and info.file_size > self.limits.ratio * max(info.compress_size, 1)

    def walk(self, name: str, start: Start, end: End | None = None, words: End | None = None) -> None:
        """Feed a part to handlers of elements (names without prefix) and words, chunk by chunk.

        No tree is built, so that what the handlers keep is all the memory there is.
        """
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = words
        parser.StartDoctypeDeclHandler = self.refuse_doctype
        try:
            with self.zip.open(self.parts[name]) as stream:
                while chunk := stream.read(CHUNK):
                    self.left -= len(chunk)
                    if self.left < 0:
                        raise Refused("bomb", most=f"{self.limits.unpacked_megabytes:g}")
                    parser.Parse(chunk, False)
                parser.Parse(b"", True)
        except (expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise Refused("broken", part=name) from error
        except (KeyError, OSError, UnicodeError) as error:
            raise Refused("broken", part=name) from error

    @staticmethod
    def refuse_doctype(*_declaration: object) -> None:
        """No workbook declares a document type; bombs of entities do."""
        raise Refused("broken", part="DOCTYPE")

    def beside(self, name: str) -> dict[str, tuple[str, str]]:
        """The relations of a part: id to (last word of the type, target as a name of a part)."""
        place = PurePosixPath(name)
        listing = str(place.parent / "_rels" / f"{place.name}.rels").lstrip("./")
        if name == "":
            listing = "_rels/.rels"
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, attributes: dict[str, str]) -> None:
            if len(found) > self.limits.parts:
                raise Refused("parts", found=len(found), most=self.limits.parts)
            if tag.rpartition(":")[2] == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes.get("Target", "")
                base = "" if target.startswith("/") else str(place.parent)
                path = os.path.normpath(os.path.join(base, target.lstrip("/")))
                kind = attributes.get("Type", "").rpartition("/")[2]
                found[attributes.get("Id", "")] = (kind, path.lstrip("./"))

        if listing in self.parts:
            self.walk(listing, start)
        return found

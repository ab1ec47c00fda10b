"""What a file is, judged by its first bytes and, for packages, by what lies inside; never by its name."""

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

MARKS = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"{\\rtf", "RTF"),
)
PICTURES = frozenset({"PNG", "JPEG", "TIFF", "GIF", "BMP", "WEBP"})
MARKUP = re.compile(rb"^(?:\xef\xbb\xbf)?\s*(<!doctype|<html|<\?xml)", re.IGNORECASE)
OLE = b"\xd0\xcf\x11\xe0"
PDF_HEAD = 1024  # readers find %PDF anywhere in the first kilobyte
# What lies in an old Microsoft container, by the names of its streams.
STREAMS = (
    ("EncryptedPackage", "locked"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("PowerPoint", "ppt"),
)
MEMBERS = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("ppt/presentation.xml", "pptx"),
    ("OFD.xml", "OFD"),
    ("content.xml", "ODF"),
)


def kind_of(data: bytes) -> str:
    """The kind of a file: "docx", "pdf", "text", or the name of a kind that is not read ("doc", "PNG" …).

    "text" is what bears no mark of another kind; whether its bytes make words is for the decoder to say.
    "locked" is a Microsoft file behind a password.
    """
    if data.startswith(OLE):
        return next((kind for name, kind in STREAMS if name.encode("utf-16-le") in data), "doc")
    if data.startswith(b"PK\x03\x04"):
        return packed_kind(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    found = next((kind for mark, kind in MARKS if data.startswith(mark)), "")
    if found == "BMP" and int.from_bytes(data[2:6], "little") != len(data):
        found = ""  # a text may begin with BM
    if not found and b"%PDF-" in data[:PDF_HEAD] and b"\x00" in data:
        return "pdf"
    return found or ("HTML / XML" if MARKUP.match(data[:200]) else "text")


def packed_kind(data: bytes) -> str:
    """What a zip holds, by the names inside; main parts of Word may bear another name."""
    try:
        with ZipFile(BytesIO(data)) as package:
            names = set(package.namelist())
    except (BadZipFile, ValueError, NotImplementedError):
        return "zip"
    known = next((kind for name, kind in MEMBERS if name in names), "")
    return known or ("docx" if any(name.startswith("word/document") for name in names) else "zip")

"""The parts of a Word package, unpacked within limits and parsed without entities."""

import posixpath
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from lxml import etree

from minhu.methods.files.answers import MEGABYTE, Limits, Refused

MOST_PARTS = 10_000
MOST_RATIO = 200  # XML of real documents shrinks to a thirtieth; a bomb to a thousandth
FREE_BYTES = MEGABYTE  # below this a ratio says nothing
CHUNK = 1 << 16
BROKEN = "The Word file is damaged: open it in Word or WPS and save it again as .docx."

Element = Any


def local(element: Element) -> str:
    """The name of an element without its namespace; empty for comments."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(element: Element, name: str) -> str | None:
    """An attribute by its local name: transitional and strict files differ in the namespace only."""
    return next((said for key, said in element.attrib.items() if key.rpartition("}")[2] == name), None)


def child(element: Element | None, *names: str) -> Element | None:
    """The first descendant along a path of local names."""
    for name in names:
        if element is None:
            return None
        element = next((one for one in element if local(one) == name), None)
    return element


@dataclass
class Package:
    """An opened .docx; `left` are the bytes that may still be unpacked."""

    file: ZipFile
    left: int

    @classmethod
    def of(cls, data: bytes, limits: Limits) -> "Package":
        """Open a package; a damaged one, or one with too many parts, is refused."""
        try:
            file = ZipFile(BytesIO(data))
        except (BadZipFile, ValueError, NotImplementedError) as error:
            raise Refused("broken", BROKEN) from error
        if len(file.infolist()) > MOST_PARTS:
            raise Refused("bomb", f"The file holds {len(file.infolist())} parts; no document does.")
        return cls(file, int(limits.unpacked_megabytes * MEGABYTE))

    @property
    def main(self) -> str:
        """The name of the part that holds the text."""
        relations = self.tree("_rels/.rels")
        for one in relations if relations is not None else ():
            if (value(one, "Type") or "").endswith("/officeDocument"):
                return posixpath.normpath((value(one, "Target") or "").lstrip("/"))
        return "word/document.xml"

    def beside(self, main: str, kind: str) -> Element | None:
        """The part of a kind (numbering, styles) that the main part points at, parsed; None without one."""
        folder, name = posixpath.split(main)
        relations = self.tree(f"{folder}/_rels/{name}.rels")
        for one in relations if relations is not None else ():
            if (value(one, "Type") or "").endswith(f"/{kind}"):
                target = value(one, "Target") or ""
                return self.tree(
                    target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
                )
        return None

    def tree(self, name: str) -> Element | None:
        """A part as a tree; None if there is none, refused if it is too large, no XML, or has entities."""
        try:
            info = self.file.getinfo(name)
        except KeyError:
            return None
        data = self.unpacked(info)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True,
            huge_tree=True,
        )  # fmt: skip
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise Refused("broken", BROKEN) from error
        if root.getroottree().docinfo.doctype:
            raise Refused("bomb", "The file declares XML entities, which no Word document does.")
        return root

    def unpacked(self, info: ZipInfo) -> bytes:
        """The bytes of a part, counted while they come: what the package says is not believed."""
        allowed = min(self.left, max(FREE_BYTES, info.compress_size * MOST_RATIO))
        parts, size = [], 0
        try:
            with self.file.open(info) as stream:
                while piece := stream.read(CHUNK):
                    size += len(piece)
                    if size > allowed:
                        raise Refused(
                            "bomb", "The file unpacks to far more than a document holds.", info.filename
                        )
                    parts.append(piece)
        except (BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as error:
            if isinstance(error, Refused):
                raise
            locked = isinstance(error, RuntimeError) and "password" in str(error)
            raise Refused("password" if locked else "broken", BROKEN) from error
        except Exception as error:  # zlib.error and what other decompressors raise
            raise Refused("broken", BROKEN) from error
        self.left -= size
        return b"".join(parts)

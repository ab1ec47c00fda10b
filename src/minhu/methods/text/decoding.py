"""Bytes to text: the encodings offices really use, and a refusal that names the byte."""

import codecs
import re

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Chinese characters, and the private ones that misread bytes become.
HAN = re.compile("[\u3400-\u9fff\ue000-\uf8ff]")
ENOUGH = 20


class Unreadable(ValueError):
    """Bytes that are no text: `offset` is the first byte that fits no known encoding."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


def decode(data: bytes) -> str:
    """Read UTF-8, UTF-16 with its mark, or GB 18030; raise `Unreadable` for anything else, or nothing."""
    if not data.strip():
        raise Unreadable("The file is empty: choose one that holds text.", 0)
    marked = next((name for mark, name in MARKS if data.startswith(mark)), None)
    text, offset = first_readable(data, [marked] if marked else ["utf-8", "gb18030"])
    if text is None:
        raise Unreadable(
            f"The file is no UTF-8, UTF-16 or GB 18030 text: byte {offset} (0x{data[offset]:02x}) "
            "does not fit. Save it again as UTF-8.",
            offset,
        )
    if not text.strip("\ufeff \t\r\n\u3000"):
        raise Unreadable("The file is empty: choose one that holds text.", 0)
    return text


def first_readable(data: bytes, encodings: list[str]) -> tuple[str | None, int]:
    """The text in the first encoding that fits; without one, the furthest byte that any of them reached."""
    furthest = 0
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            furthest = max(furthest, error.start)
        else:
            zero = text.find("\x00")
            strange = first_rare(text) if encoding == "gb18030" and is_garbled(text) else zero
            if strange < 0:
                return text, 0
            furthest = max(furthest, len(text[:strange].encode(encoding)))
    return None, min(furthest, len(data) - 1)


def is_garbled(text: str) -> bool:
    """Whether a text read as GB 18030 was written in another encoding (Big5, Shift-JIS).

    Nearly every pair of bytes is some character there, but mostly one that nobody uses: of real texts at
    least two thirds of the characters stand in GB 2312, in traditional writing too; of misread ones a third.
    """
    signs = [sign for sign in text if HAN.match(sign)]
    return len(signs) >= ENOUGH and sum(map(is_rare, signs)) > len(signs) / 2


def first_rare(text: str) -> int:
    """Where the first character stands that GB 2312 does not hold; -1 without one."""
    return next((place for place, sign in enumerate(text) if HAN.match(sign) and is_rare(sign)), -1)


def is_rare(sign: str) -> bool:
    """Whether GB 2312, the everyday set, lacks a character."""
    try:
        sign.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False

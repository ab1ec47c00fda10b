"""Bytes to text: the encodings offices really use, and a refusal that names the byte."""

import codecs

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


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
            if (zero := text.find("\x00")) < 0:
                return text, 0
            furthest = max(furthest, len(text[:zero].encode(encoding)))
    return None, min(furthest, len(data) - 1)

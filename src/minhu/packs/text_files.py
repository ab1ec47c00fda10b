"""Reading a file of a pack as text: UTF-8 or a clear word about what it is instead."""

from pathlib import Path as FilePath

from minhu.packs.positions import PackError, Position, Problem

UTF8_MARK = b"\xef\xbb\xbf"
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
SAVE = "save the file as UTF-8"


def read_text(path: FilePath, name: str) -> str:
    """The text of a file; a byte order mark is dropped, ends of lines become `\\n`."""
    raw = path.read_bytes().removeprefix(UTF8_MARK)
    if raw.startswith(UTF16_MARKS):
        raise PackError([Problem(Position(name), "the file is UTF-16, not UTF-8", SAVE)])
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise PackError([_wrong_bytes(raw, error.start, name)]) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise PackError([Problem(Position(name, line), "the file holds a NUL byte", "is it really text?")])
    if not text.strip():
        raise PackError([Problem(Position(name), "the file is empty", "fill it or delete it")])
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _wrong_bytes(raw: bytes, start: int, name: str) -> Problem:
    """What is wrong with bytes that are not UTF-8, and what they may be."""
    before = raw[:start]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    try:
        raw.decode("gb18030")
        hint = f"it reads as GBK / GB 18030: {SAVE}"
    except UnicodeDecodeError:
        hint = SAVE
    return Problem(Position(name, line, column), f"byte 0x{raw[start]:02x} is not UTF-8", hint)

"""The virus scanner: ClamAV's daemon by its own protocol (INSTREAM), over TCP or a socket of the machine."""

import socket
import struct
from dataclasses import dataclass
from urllib.parse import urlsplit

CHUNK = 256 * 1024
MOST_ANSWER = 4096


class ScannerUnreachable(Exception):
    """The scanner said nothing that could be believed."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What it said; `found` names what was found in a file that is not clean."""

    is_clean: bool
    found: str = ""


def scanned(content: bytes, *, address: str, seconds: float) -> Verdict:
    """Have a content looked through: `tcp://host:3310` or `unix:/run/clamav/clamd.ctl`.

    Raises ScannerUnreachable: no connection, no answer in time, or an error it reports.
    """
    try:
        with line_to(address, seconds) as line:
            line.sendall(b"zINSTREAM\0")
            for start in range(0, len(content), CHUNK):
                part = content[start : start + CHUNK]
                line.sendall(struct.pack("!I", len(part)) + part)
            line.sendall(struct.pack("!I", 0))
            answer = answer_of(line)
    except OSError as wrong:
        raise ScannerUnreachable(f"{address}: {type(wrong).__name__}") from None
    return verdict_of(answer)


def line_to(address: str, seconds: float) -> socket.socket:
    """A connection to the daemon. Raises OSError; ScannerUnreachable for an address that is none."""
    if address.startswith("unix:"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(seconds)
        try:
            line.connect(address.removeprefix("unix:"))
        except OSError:
            line.close()
            raise
        return line
    where = urlsplit(address)
    if where.scheme != "tcp" or not where.hostname:
        raise ScannerUnreachable(f"{address}: write tcp://host:3310 or unix:/path")
    return socket.create_connection((where.hostname, where.port or 3310), timeout=seconds)


def answer_of(line: socket.socket) -> str:
    """What it answers, to the zero that ends it."""
    said = b""
    while not said.endswith(b"\0") and len(said) < MOST_ANSWER:
        part = line.recv(MOST_ANSWER)
        if not part:
            break
        said += part
    return said.rstrip(b"\0\n").decode("utf-8", "replace").strip()


def verdict_of(answer: str) -> Verdict:
    """`stream: OK`, `stream: NAME FOUND`; anything else is no verdict."""
    said = answer.removeprefix("stream:").strip()
    if said == "OK":
        return Verdict(True)
    if said.endswith(" FOUND"):
        return Verdict(False, said.removesuffix(" FOUND")[:120])
    raise ScannerUnreachable(f"no verdict: {answer[:120]}")

"""Sharing over HTTP: a signed question in JSON, a time-out on every wait, an answer that is looked into.

The signature is HMAC-SHA256 of the lines `method`, `path`, `moment`, `nonce`, sha256 of the body, under a
secret both sides keep. Where `signed_answers` is on the answer must be signed alike, with our nonce.
"""

import base64
import binascii
import hashlib
import hmac
import http.client
import json
import secrets
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, urlsplit

from minhu.services.connectors.shapes import Asked, Fetched, Misconfigured, NotFound, Unreachable

MOST_BYTES = 40 * 1024 * 1024
CHUNK = 64 * 1024
AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers that may be others later."""


@dataclass(frozen=True, slots=True)
class HttpSharing:
    """A service of a department. `secret` signs, `token` is shown as a bearer; either may be empty."""

    name: str
    title: str
    url: str
    sends: Mapping[str, str] = field(default_factory=dict)
    seconds: float = 5
    tries: int = 5
    secret: str = ""
    token: str = ""
    signed_answers: bool = False

    def fetch(self, asked: Asked) -> Fetched:
        """Ask, and read the answer. Raises ConnectorFailed."""
        body = json.dumps(
            {"material": asked.material, "application": asked.application, "values": dict(asked.values)},
            ensure_ascii=False,
            sort_keys=True,
        ).encode()
        where = urlsplit(self.url)
        path = (where.path or "/") + (f"?{where.query}" if where.query else "")
        nonce = secrets.token_hex(16)
        headers = self.headers(path, body, int(asked.at.timestamp()), nonce)
        status, content, told = self.exchange(where, path, body, headers)
        check_status(status)
        if self.signed_answers and not self.is_signed(content, nonce, told.get("x-minhu-signature", "")):
            raise Misconfigured("the answer is not signed with our secret")
        return self.read(content)

    def headers(self, path: str, body: bytes, moment: int, nonce: str) -> dict[str, str]:
        """What the other side checks."""
        said = {"Content-Type": "application/json", "Accept": "application/json"}
        said |= {"X-Minhu-Moment": str(moment), "X-Minhu-Nonce": nonce}
        if self.secret:
            said["X-Minhu-Signature"] = signature(self.secret, "POST", path, str(moment), nonce, digest(body))
        if self.token:
            said["Authorization"] = f"Bearer {self.token}"
        return said

    def is_signed(self, content: bytes, nonce: str, given: str) -> bool:
        """Whether an answer carries the signature of whoever keeps our secret."""
        return hmac.compare_digest(signature(self.secret, "ANSWER", nonce, digest(content)), given)

    def exchange(
        self, where: SplitResult, path: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[int, bytes, dict[str, str]]:
        """One question and its answer, redirects not followed. Raises Unreachable."""
        until = time.monotonic() + self.seconds
        line = self.line(where)
        try:
            line.request("POST", path, body, dict(headers))
            answer = line.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            content = read_all(answer, until)
        except ssl.SSLError as wrong:
            raise Misconfigured(f"no trusted connection: {wrong.reason}") from None
        except (OSError, http.client.HTTPException) as wrong:
            raise Unreachable(f"no answer: {type(wrong).__name__}") from None
        finally:
            line.close()
        return answer.status, content, told

    def line(self, where: SplitResult) -> http.client.HTTPConnection:
        """The connection, certificates checked."""
        host = where.hostname or ""
        if where.scheme == "https":
            trust = ssl.create_default_context()
            return http.client.HTTPSConnection(host, where.port, timeout=self.seconds, context=trust)
        return http.client.HTTPConnection(host, where.port, timeout=self.seconds)

    def read(self, content: bytes) -> Fetched:
        """`{"found": true, "data": {…}, "file": {"name", "content" in base64}}`. Raises ConnectorFailed."""
        try:
            said = json.loads(content)
            if not said["found"]:
                raise NotFound("the other side has no such paper")
            data = {str(name): str(value) for name, value in dict(said.get("data") or {}).items()}
            name, file = file_in(said.get("file"))
        except (ValueError, KeyError, TypeError, AttributeError, binascii.Error) as wrong:
            raise Misconfigured(f"an answer of another shape: {type(wrong).__name__}") from None
        if not data and not file:
            raise Misconfigured("an answer with neither data nor a file")
        return Fetched(self.title, data, file, name)


def check_status(status: int) -> None:
    """Raise what an answer other than 200 means."""
    if status == 404:
        raise NotFound("the other side has no such paper")
    if status in AGAIN:
        raise Unreachable(f"the other side answers {status}")
    if status != 200:
        raise Misconfigured(f"the other side answers {status}")


def read_all(answer: http.client.HTTPResponse, until: float) -> bytes:
    """The body, no longer and no later than allowed. Raises TimeoutError (an OSError), Misconfigured."""
    parts: list[bytes] = []
    size = 0
    while part := answer.read1(CHUNK):
        size += len(part)
        if size > MOST_BYTES:
            raise Misconfigured("an answer larger than any paper")
        if time.monotonic() > until:
            raise TimeoutError
        parts.append(part)
    return b"".join(parts)


def file_in(said: Any) -> tuple[str, bytes]:
    """The file of an answer, if it has one."""
    if not said:
        return "", b""
    return str(said["name"])[-200:], base64.b64decode(said["content"], validate=True)


def digest(content: bytes) -> str:
    """sha256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def signature(secret: str, *lines: str) -> str:
    """HMAC-SHA256 of lines, in hexadecimal."""
    return hmac.new(secret.encode(), "\n".join(lines).encode(), hashlib.sha256).hexdigest()

"""What stands outside the house in tests: ClamAV's daemon as it speaks, a department that shares papers."""

import json
import socket
import struct
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, Self

from minhu.services.connectors.http import digest, signature

# The test string of EICAR, in two halves so that no scanner takes this file for one.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"

Says = Callable[[dict[str, Any]], tuple[int, Any]]


class Clamd:
    """INSTREAM as clamd answers it: EICAR is found, all else is clean. `answer`: say this instead."""

    def __init__(self, answer: bytes = b"", path: str = "") -> None:
        self.seen: list[bytes] = []
        self.said = answer
        kind = socket.AF_UNIX if path else socket.AF_INET
        self.socket = socket.socket(kind, socket.SOCK_STREAM)
        self.socket.bind(path or ("127.0.0.1", 0))
        self.socket.listen()
        self.address = f"unix:{path}" if path else f"tcp://127.0.0.1:{self.socket.getsockname()[1]}"
        self.thread = threading.Thread(target=self.serve, daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        # Closing alone does not wake a thread that accepts.
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join(5)

    def serve(self) -> None:
        """One connection after the other."""
        while True:
            try:
                line, _address = self.socket.accept()
            except OSError:
                return
            with line:
                self.answer(line)

    def answer(self, line: socket.socket) -> None:
        """One command."""
        assert read(line, 10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!I", read(line, 4))[0]:
            content += read(line, size)
        self.seen.append(content)
        said = b"stream: Eicar-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
        line.sendall(self.said or said)


def read(line: socket.socket, size: int) -> bytes:
    """So many bytes."""
    found = b""
    while len(found) < size and (part := line.recv(size - len(found))):
        found += part
    return found


class Department:
    """A department's service; `says`: body → (status, answer). `secret` checks and signs."""

    def __init__(
        self, says: Callable[[dict[str, Any]], tuple[int, Any]], secret: str = "", signs: str = ""
    ) -> None:
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                told = {name.lower(): value for name, value in self.headers.items()}
                outer.headers.append(told)
                nonce = told.get("x-minhu-nonce", "")
                lines = ("POST", self.path, told.get("x-minhu-moment", ""), nonce, digest(body))
                if secret and told.get("x-minhu-signature") != signature(secret, *lines):
                    self.send_error(401)
                    return
                outer.asked.append(json.loads(body))
                status, answer = says(outer.asked[-1])
                content = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
                self.send_response(status)
                if signs:
                    self.send_header("X-Minhu-Signature", signature(signs, "ANSWER", nonce, digest(content)))
                if status in (301, 302):
                    self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_words: object) -> None:
                """Nothing is printed."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/share?v=1"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(5)

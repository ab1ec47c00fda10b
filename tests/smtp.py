"""A mail server of its own for a test: it speaks SMTP on a port and keeps what it was given."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


class Kept:
    """Takes every mail; refuses while `refuses` is set."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refuses = ""

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        """One mail."""
        if self.refuses:
            return self.refuses
        mail = message_from_bytes(envelope.content, policy=policy.default)
        mail["X-To"] = ",".join(envelope.rcpt_tos)
        self.mails.append(mail)  # type: ignore[arg-type]
        return "250 OK"


@contextmanager
def mail_server(port: int) -> Iterator[Kept]:
    """A server on a port of this machine, until the end of the block."""
    kept = Kept()
    server = Controller(kept, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield kept
    finally:
        server.stop()

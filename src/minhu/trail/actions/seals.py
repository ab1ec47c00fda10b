"""Sealing: the root of all heads, signed with a key that never enters the database."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from minhu.trail import bridge, queries
from minhu.trail.actions.entries import record
from minhu.trail.states import Actor

BOOK = "seals"
OTHERS = 0o007


class KeyInTheOpen(ValueError):
    """The key file can be read by everybody on the machine."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What was sealed and where it lies."""

    file: Path
    public: Path
    root: str
    books: int
    key: str


def private_key(file: Path) -> bytes:
    """The signing key; made on first use, readable by its owner only. Raises KeyInTheOpen."""
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        if file.stat().st_mode & OTHERS:
            raise KeyInTheOpen(f"everybody on this machine may read {file}: run chmod 600 {file}") from None
        return file.read_bytes()
    with os.fdopen(handle, "wb") as opened:
        opened.write(bridge.new_key())
    return file.read_bytes()


def seal_record(*, by: Actor, at: datetime, out: Path, key_file: Path) -> Sealed:
    """Sign all heads as they stand, write the seal to `out` and the public key beside it, record the deed.

    A seal is never written over another (FileExistsError).
    """
    private = private_key(key_file)
    with transaction.atomic():
        seal = bridge.make_seal(queries.all_heads(), private=private, at=at, algorithm=settings.MINHU_DIGEST)
        public = bridge.public_key(private)
        made = Sealed(out, bridge.key_beside(out), seal.root, len(seal.heads), bridge.fingerprint(public))
        record(
            by=by,
            deed="trail.seal",
            thing=f"trail.seal:{seal.root[:16]}",
            book=BOOK,
            at=at,
            payload={"root": made.root, "books": made.books, "key": made.key, "file": out.name},
        )
        out.parent.mkdir(parents=True, exist_ok=True)
        with out.open("x", encoding="utf-8") as opened:
            opened.write(bridge.seal_to_json(seal))
        made.public.write_bytes(public)
    return made

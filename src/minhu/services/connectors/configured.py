"""The connectors of this installation, from the TOML file `MINHU_CONNECTORS`; without one there are none."""

import logging
import os
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from minhu.services.connectors.folder import FolderDrop
from minhu.services.connectors.http import HttpSharing
from minhu.services.connectors.shapes import BadConnectors, Connector

log = logging.getLogger(__name__)
KNOWN = {
    "http": {"name", "kind", "title", "url", "sends", "seconds", "tries", "secret_file", "token_file",
             "signed_answers"},
    "folder": {"name", "kind", "title", "folder", "sends", "tries"},
}  # fmt: skip


def connector_named(name: str) -> Connector | None:
    """The connector of a material, if it is set up here. Set up wrongly it is none: the worker says so."""
    if not name:
        return None
    try:
        return connectors().get(name)
    except BadConnectors as wrong:
        log.error("sharing is off: %s", wrong)
        return None


def connectors() -> Mapping[str, Connector]:
    """All that are set up, read again when the file changes. Raises BadConnectors."""
    path = str(settings.MINHU_CONNECTORS or "")
    if not path:
        return {}
    try:
        return read_file(path, os.stat(path).st_mtime_ns)
    except OSError as wrong:
        raise BadConnectors(
            f"{path}: cannot be read ({type(wrong).__name__}); set MINHU_CONNECTORS"
        ) from wrong


@lru_cache(maxsize=4)
def read_file(path: str, _changed: int) -> Mapping[str, Connector]:
    """The connectors of a file. Raises BadConnectors."""
    try:
        said = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except ValueError as wrong:
        raise BadConnectors(f"{path}: {wrong}") from wrong
    found: dict[str, Connector] = {}
    for number, row in enumerate(said.get("connector", ()), 1):
        at = f"{path}, connector {number}"
        one = connector_of(row, at, Path(path).parent)
        if one.name in found:
            raise BadConnectors(f"{at}: “{one.name}” stands twice; give one of them another name")
        found[one.name] = one
    return found


def connector_of(row: Mapping[str, Any], at: str, base: Path) -> Connector:
    """One connector. Raises BadConnectors naming what is wrong."""
    kind = row.get("kind")
    if kind not in KNOWN:
        raise BadConnectors(f"{at}: kind is “{kind}”; write “http” or “folder”")
    if unknown := sorted(set(row) - KNOWN[kind]):
        raise BadConnectors(f"{at}: “{unknown[0]}” is not known; known: {', '.join(sorted(KNOWN[kind]))}")
    for name in ("name", "title", "sends", "url" if kind == "http" else "folder"):
        if not row.get(name):
            raise BadConnectors(f"{at}: “{name}” is missing")
    if kind == "folder":
        place = base / row["folder"]
        return FolderDrop(row["name"], row["title"], place, dict(row["sends"]), int(row.get("tries", 5)))
    if urlsplit(row["url"]).scheme not in {"http", "https"} or not urlsplit(row["url"]).hostname:
        raise BadConnectors(f"{at}: url “{row['url']}” is none; write https://host/path")
    return http_of(row, at, base)


def http_of(row: Mapping[str, Any], at: str, base: Path) -> HttpSharing:
    """A connector over HTTP; its secrets stand in files of their own."""
    secret, token = (kept(base, row.get(name, ""), at) for name in ("secret_file", "token_file"))
    signed = bool(row.get("signed_answers", False))
    if signed and not secret:
        raise BadConnectors(f"{at}: signed_answers needs a secret_file")
    return HttpSharing(
        row["name"], row["title"], row["url"], dict(row["sends"]), float(row.get("seconds", 5)),
        int(row.get("tries", 5)), secret, token, signed,
    )  # fmt: skip


def kept(base: Path, name: str, at: str) -> str:
    """The content of a file that holds a secret."""
    if not name:
        return ""
    try:
        return (base / name).read_text(encoding="utf-8").strip()
    except OSError as wrong:
        raise BadConnectors(f"{at}: {name} cannot be read ({type(wrong).__name__})") from wrong

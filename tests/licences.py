"""The licence gate: no GPL and no AGPL in the locked set; what says nothing of itself must be looked at."""

import re
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-node.lock")
WELCOME = re.compile(
    r"\b(mit|bsd|apache|mpl|mozilla public|psf|python software foundation|isc|zlib|unlicense|0bsd|hpnd|cc0"
    r"|w3c-20150513|lgpl|lesser general public)",
    re.IGNORECASE,
)
BARRED = re.compile(r"\b(agpl|affero|gpl|gnu general public)", re.IGNORECASE)
LESSER = re.compile(r"lgpl[\w.+-]*|lesser general public[\w .()+-]*", re.IGNORECASE)
# Read by hand, because their metadata name no licence.
READ = {"gaoya": "MIT", "zen-engine": "MIT"}


def locked() -> list[str]:
    """Names of all distributions in the lock files."""
    names = set()
    for lock in LOCKS:
        names |= set(
            re.findall(r"^([a-z0-9][\w.-]*)==", (HOUSE / lock).read_text(), re.MULTILINE | re.IGNORECASE)
        )
    return sorted(names)


def licence_of(name: str) -> str | None:
    """What a distribution says of its licence; nothing when it is not installed on this platform."""
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return None
    classifiers = [line for line in said.get_all("Classifier", []) if line.startswith("License")]
    expression = said.get("License-Expression") or ""
    free_text = (said.get("License") or "").strip().splitlines()[:1]
    return " ".join([expression, *classifiers, *free_text]).strip() or READ.get(name, "")


def judge(name: str, licence: str) -> str | None:
    """A fault in words, or nothing. One permissive choice of an `OR` is enough."""
    for choice in re.split(r"\bOR\b", licence):
        if WELCOME.search(choice) and not BARRED.search(LESSER.sub("", choice)):
            return None
    return f"{name}: {licence or 'says nothing of its licence'}"


def main() -> int:
    """Print each fault; the exit code tells whether there was one."""
    known = {name: licence for name in locked() if (licence := licence_of(name)) is not None}
    faults = [fault for name, licence in known.items() if (fault := judge(name, licence))]
    for fault in faults:
        sys.stdout.write(f"licence gate: {fault}\n")
    sys.stdout.write(f"licence gate: {len(known)} distributions read, {len(faults)} refused\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())

"""Short form of the race script: three departments finish at once, and no join is lost or doubled."""

import json
import os
import subprocess
import sys
from pathlib import Path

from django.db import connection

from tests.cases.test_crash import url

__all__ = ["url"]
HOUSE = Path(__file__).resolve().parents[2]
CASES, UNLOCKED = 40, 30


def raced(address: str, folder: Path, unlocked: int) -> dict[str, object]:
    """What the script finds on a database."""
    environment = {**os.environ, "MINHU_DATABASE_URL": address, "MINHU_VAR": str(folder)}
    environment["DJANGO_SETTINGS_MODULE"] = "minhu.site.settings"
    words = [sys.executable, "-m", "benchmarks._races", str(CASES), str(unlocked)]
    done = subprocess.run(words, cwd=HOUSE, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_no_join_is_lost_or_doubled(url, tmp_path):
    locks = connection.vendor == "postgresql"
    found = raced(url, tmp_path, UNLOCKED if locks else 0)
    assert (found["db"], found["cases"]) == (connection.vendor, CASES)
    assert (found["lost"], found["doubled"], found["faults"]) == (0, 0, 0)
    # Without the lock of the case joins do get lost: the script can see it.
    assert not locks or found["lost_without_lock"] > 0  # type: ignore[operator]

"""Fifty at once, each clicking twice, on a real server: every application is one case, on both databases."""

import json
import os
import subprocess
import sys
from pathlib import Path

from django.db import connection

from tests.cases.test_crash import url

__all__ = ["url"]
HOUSE = Path(__file__).resolve().parents[2]
SENT, AT_ONCE, CLICKS = 4, 50, 2


def test_fifty_at_once_with_double_clicks_are_fifty_cases(url, tmp_path) -> None:
    environment = {**os.environ, "MINHU_DATABASE_URL": url, "MINHU_VAR": str(tmp_path), "MINHU_HTTPS": "0"}
    environment |= {"DJANGO_SETTINGS_MODULE": "minhu.site.settings", "MINHU_COLLECTED": "0"}
    environment |= {"PYTHONWARNINGS": "ignore", "PYTHONPATH": str(HOUSE), "MINHU_DEBUG": "0"}
    words = [sys.executable, "-m", "benchmarks._applications", str(SENT), str(AT_ONCE), str(CLICKS)]
    done = subprocess.run(words, cwd=HOUSE, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout.strip().splitlines()[-1])
    assert (found["db"], found["clicks"], found["sent"]) == (connection.vendor, 100, found["drafts"])
    assert (found["doubled"], found["lost"], found["errors"]) == (0, 0, 0)

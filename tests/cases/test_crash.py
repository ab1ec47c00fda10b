"""Short form of the crash script: kill −9 at every few statements, restart, nothing lost, nothing doubled."""

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

STEP = 7
HOUSE = Path(__file__).resolve().parents[2]


@pytest.fixture
def url(tmp_path, transactional_db) -> Iterator[str]:
    """An empty database of the kind this run stands on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'crash.sqlite3'}"
        return
    name, options = f"crash_{uuid.uuid4().hex[:8]}", connection.settings_dict
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield f"postgresql://{options['USER']}@{options['HOST']}:{options['PORT']}/{name}"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_killed_at_any_statement_nothing_is_lost_and_nothing_doubled(url, tmp_path):
    environment = {**os.environ, "MINHU_DATABASE_URL": url, "MINHU_VAR": str(tmp_path)}
    words = [sys.executable, "-m", "tests.cases.crash", "--step", str(STEP)]
    done = subprocess.run(words, cwd=HOUSE, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert (found["db"], found["lost"], found["doubled"], found["faults"]) == (connection.vendor, 0, 0, 0)
    # The killing did happen: in every deed, and all through the round of the worker.
    assert min(found["boundaries"].values()) >= 1
    assert found["boundaries"]["worker"] >= 10


def test_the_counting_sees_what_is_lost_and_what_is_doubled():
    from tests.cases.crash_scenes import Found

    found = Found()
    for seen in (0, 1, 2):
        found.expect("notices", seen, 1)
    assert (found.lost, found.doubled) == (1, 1)
    assert found.notes == ["notices: 0 instead of 1", "notices: 2 instead of 1"]

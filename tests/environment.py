"""Loaded before Django's settings: a test run has its own folder and, if asked, its own PostgreSQL."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from tests import postgresql

VAR = Path(tempfile.mkdtemp(prefix="minhu-test-"))
atexit.register(shutil.rmtree, VAR, ignore_errors=True)

(VAR / "static").mkdir()
os.environ["MINHU_VAR"] = str(VAR)
os.environ["MINHU_COLLECTED"] = "0"
os.environ["MINHU_HTTPS"] = "0"
os.environ["MINHU_HOSTS"] = "*"
os.environ["MINHU_SECRET_KEY"] = "only-for-tests-" + "0123456789" * 5
os.environ["MINHU_DEMO"] = "0"
os.environ["MINHU_PLACE"] = "A place"
for name in ("MINHU_DEBUG", "MINHU_LANGUAGE", "MINHU_EMAIL_URL", "MINHU_SEAL_KEY_FILE"):
    os.environ.pop(name, None)
# Playwright's loop would otherwise make Django refuse every query of a browser test.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

if os.environ.get("MINHU_TEST_DB") == "postgresql":
    cluster = postgresql.start(VAR / "postgresql")
    atexit.register(cluster.stop)
    os.environ["MINHU_DATABASE_URL"] = cluster.url
else:
    os.environ.pop("MINHU_DATABASE_URL", None)


def pytest_report_header() -> str:
    """Say which database this run stands on."""
    kind = os.environ.get("MINHU_DATABASE_URL", "sqlite").split(":")[0]
    return f"minhu: database {kind}"

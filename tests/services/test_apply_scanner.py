"""ClamAV's protocol: against a socket that speaks it, and against the daemon itself where it is installed.

Its signatures come from the network and may not be there: the real daemon gets one of our own, for EICAR.
"""

import hashlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from minhu.services.connectors import ScannerUnreachable, Verdict, scanned
from tests.services.daemons import EICAR, Clamd

CLAMD = shutil.which("clamd") or "/usr/sbin/clamd"


def ask(address: str, content: bytes, seconds: float = 5) -> Verdict:
    """Have a content looked through."""
    return scanned(content, address=address, seconds=seconds)


def test_clean_and_not_clean_over_tcp() -> None:
    with Clamd() as daemon:
        assert ask(daemon.address, b"good") == Verdict(True)
        assert ask(daemon.address, b"before " + EICAR) == Verdict(False, "Eicar-Signature")
    assert daemon.seen == [b"good", b"before " + EICAR]


def test_a_socket_of_the_machine_and_a_content_of_many_parts(tmp_path) -> None:
    large = os.urandom(1_000_000)
    with Clamd(path=str(tmp_path / "clamd.ctl")) as daemon:
        assert ask(daemon.address, large).is_clean
    assert daemon.seen == [large]


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"what?\0", b"\0"])
def test_what_is_no_verdict_is_never_taken_for_clean(answer) -> None:
    with Clamd(answer) as daemon, pytest.raises(ScannerUnreachable):
        ask(daemon.address, b"good")


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "unix:/nowhere/clamd.ctl", "http://x", ""])
def test_nobody_there_is_told(address) -> None:
    with pytest.raises(ScannerUnreachable):
        ask(address, b"good")


def test_a_scanner_that_says_nothing_is_left_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        began = time.monotonic()
        with pytest.raises(ScannerUnreachable):
            ask(f"tcp://127.0.0.1:{silent.getsockname()[1]}", b"good", seconds=0.3)
        assert time.monotonic() - began < 3


# -- the daemon itself ------------------------------------------------------------------------------------
@pytest.fixture
def real(tmp_path) -> Iterator[str]:
    """The address of a clamd that knows one signature; where there is none the test skips and says so."""
    if not Path(CLAMD).exists():
        if os.environ.get("MINHU_DEMAND_LEGS") == "1":
            pytest.fail("clamav-daemon is not installed")
        pytest.skip("clamav-daemon is not installed")
    line = f"{hashlib.md5(EICAR, usedforsecurity=False).hexdigest()}:{len(EICAR)}:Eicar-Test\n"
    data = tmp_path / "signatures"
    data.mkdir()
    (data / "own.hdb").write_text(line)
    config = tmp_path / "clamd.conf"
    path = tmp_path / "clamd.ctl"
    config.write_text(
        f"Foreground yes\nDatabaseDirectory {data}\nLocalSocket {path}\nTemporaryDirectory {tmp_path}\n"
    )
    process = subprocess.Popen([CLAMD, "--config-file", str(config)], stdout=subprocess.DEVNULL)
    try:
        wait_for(path, process)
        yield f"unix:{path}"
    finally:
        process.terminate()
        process.wait(20)


def wait_for(path: Path, process: subprocess.Popen[bytes]) -> None:
    """Wait until the daemon listens."""
    for _try in range(300):
        if path.exists():
            return
        assert process.poll() is None, "clamd ended"
        time.sleep(0.1)
    raise AssertionError("clamd never listened")


def test_the_daemon_itself_finds_eicar_and_lets_the_rest_pass(real) -> None:
    assert ask(real, b"a paper", seconds=20) == Verdict(True)
    found = ask(real, EICAR, seconds=20)
    assert (found.is_clean, "Eicar" in found.found) == (False, True)

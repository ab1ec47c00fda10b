"""A real PostgreSQL server for a test run, in a temporary folder, as an unprivileged user."""

import os
import pwd
import shutil
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path


class NoPostgreSQL(RuntimeError):
    """The server's programs are not on this machine."""


@dataclass(frozen=True)
class Cluster:
    """A running server."""

    data: Path
    programs: Path
    port: int

    @property
    def url(self) -> str:
        """The address in the form of MINHU_DATABASE_URL."""
        return f"postgresql://minhu@127.0.0.1:{self.port}/postgres"

    def stop(self) -> None:
        """Stop the server at once: its data are thrown away."""
        run(self.programs / "pg_ctl", "-D", self.data, "-m", "immediate", "stop")


def find_programs() -> Path:
    """The folder that holds initdb and pg_ctl (Debian keeps them off the PATH)."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    on_path = shutil.which("pg_ctl")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    raise NoPostgreSQL("PostgreSQL is not installed: install the package 'postgresql' to run this leg")


def as_nobody() -> dict[str, int]:
    """initdb refuses root: step down to an unprivileged account."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    account = names.get("postgres") or names["nobody"]
    return {"user": account.pw_uid, "group": account.pw_gid}


def run(*command: object) -> None:
    """Run a program of the server as the unprivileged account; what it says is shown on failure."""
    done = subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
        **as_nobody(),
    )
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stdout}{done.stderr}")


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(folder: Path, *, durable: bool = False) -> Cluster:
    """Make a cluster in `folder` and start it; not durable unless asked, for its data die with the run."""
    programs = find_programs()
    folder.mkdir(parents=True)
    folder.chmod(0o700)
    for parent in list(folder.parents)[:2]:
        parent.chmod(parent.stat().st_mode | 0o011)
    if owner := as_nobody():
        os.chown(folder, owner["user"], owner["group"])
    data, port = folder / "data", free_port()
    run(programs / "initdb", "-D", data, "-U", "minhu", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder}"
    options += "" if durable else " -c fsync=off -c full_page_writes=off"
    # The server must not inherit our pipes, or we would wait for it for ever: it writes to a file.
    run(programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
    return Cluster(data, programs, port)

#!/usr/bin/env python3
"""./go sets up everything and runs the demonstration; ./go test, ./go check, ./go bench NAME, ./go lock."""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
BIN = VENV / "bin"
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock", "node": "requirements-node.lock"}


def say(text: str) -> None:
    """One line on the terminal, at once."""
    print(f"· {text}", flush=True)


def find_newer_python() -> None:
    """Start again under Python 3.11 or newer when `python3` is older than that."""
    if sys.version_info >= (3, 11):
        return
    for name in ("python3.14", "python3.13", "python3.12", "python3.11"):
        if path := shutil.which(name):
            os.execv(path, [path, __file__, *sys.argv[1:]])
    sys.exit("Minhu needs Python 3.11 or newer: install it (Debian: apt-get install python3) and try again.")


def run(*command: object, env: dict[str, str] | None = None) -> None:
    """Run a program in the project's folder; stop with its exit code when it fails."""
    words = [str(word) for word in command]
    code = subprocess.run(words, cwd=HERE, env={**os.environ, **(env or {})}, check=False).returncode
    if code:
        sys.exit(code)


def stamp(kind: str) -> str:
    """What the environment was made from: when this changes, it is brought up to date."""
    digest = hashlib.sha256()
    for name in (LOCKS[kind], "pyproject.toml", "hatch_build.py", "package-lock.json"):
        digest.update((HERE / name).read_bytes())
    return f"{kind} {digest.hexdigest()} {HERE}"


def make_venv() -> None:
    """Make the virtual environment, or say which system package is missing."""
    if (BIN / "python").exists():
        return
    say("making a virtual environment")
    try:
        venv.create(VENV, with_pip=True, symlinks=True)
    except (subprocess.CalledProcessError, ImportError):
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit(
            "The module venv is incomplete: install it (Debian: apt-get install python3-venv), try again."
        )


def install(kind: str, wheelhouse: str | None) -> None:
    """Install the locked set, then the project itself (which builds the front end and the translations)."""
    pip = [BIN / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if wheelhouse:
        pip += ["--no-index", "--find-links", wheelhouse]
    say(f"installing the packages of {LOCKS[kind]}")
    run(*pip, "--require-hashes", "-r", LOCKS[kind])
    if not shutil.which("npm"):
        run(*pip, "--require-hashes", "-r", LOCKS["node"])
    say("building the front end and the translations")
    run(*pip, "--no-deps", "--no-build-isolation", "--editable", ".")


def set_up(kind: str, wheelhouse: str | None = None) -> None:
    """Bring the environment up to date; nothing is done when it already is."""
    make_venv()
    mark = VENV / "minhu-stamp"
    done = mark.read_text().splitlines() if mark.exists() else []
    if stamp(kind) in done:
        run(BIN / "python", "hatch_build.py", "--quiet")
        return
    install(kind, wheelhouse)
    # What is needed to develop is a superset of what is needed to run.
    mark.write_text("\n".join({stamp(kind), stamp("run")} if kind == "dev" else {stamp(kind)}))


def start_worker() -> None:
    """The worker beside the server, as in an office: a process of its own that ends when the server does.

    This process becomes the server, so the worker is the server's child and notices when it has gone, even
    if it was killed. Inside gunicorn it would run once in each of its processes.
    """
    words = [str(BIN / "minhu"), "worker", "--parent", str(os.getpid()), "--every", "2"]
    subprocess.Popen(words, cwd=HERE, start_new_session=True)


def serve(options: argparse.Namespace) -> None:
    """Set up, load the demonstration district, print what there is to see, and serve it."""
    set_up("run", options.wheelhouse)
    env = {"MINHU_DEMO": "1", "MINHU_PORT": str(options.port)}
    run(BIN / "minhu", "demo", env=env)
    if options.no_serve:
        return
    os.environ.update(env)
    os.chdir(HERE)
    start_worker()
    address = f"127.0.0.1:{options.port}"
    server = [str(BIN / "gunicorn"), "minhu.site.wsgi", "--bind", address, "--workers", "2", "--preload",
              "--timeout", "120"]  # fmt: skip
    os.execv(server[0], [*server, "--log-level", "warning"])


def test(options: argparse.Namespace) -> None:
    """The whole suite: everything on SQLite with a browser, then every room again on PostgreSQL."""
    set_up("dev")
    pytest = [BIN / "python", "-m", "pytest"]
    if options.rest:
        run(*pytest, *options.rest)
        return
    say("everything, on SQLite")
    run(*pytest)
    say("every room again, on PostgreSQL")
    rooms = ["--ignore=tests/methods", "--ignore=tests/packs"]
    run(*pytest, *rooms, env={"MINHU_TEST_DB": "postgresql"})


def check(options: argparse.Namespace) -> None:
    """Everything that can be said without running the tests."""
    set_up("dev")
    python, minhu = BIN / "python", BIN / "minhu"
    strict = {"MINHU_SECRET_KEY": "k" * 30 + "0123456789" * 5, "MINHU_DEMO": "0", "MINHU_DEBUG": "0"}
    run(BIN / "ruff", "check", ".")
    run(BIN / "ruff", "format", "--check", ".")
    run(BIN / "lint-imports")
    run(BIN / "mypy")
    run(python, "-m", "tests.licences")
    run(python, "-m", "tests.words")
    run(minhu, "makemigrations", "--check", "--dry-run", env=strict)
    run(minhu, "check", "--deploy", "--fail-level", "WARNING", env=strict)
    run(BIN / "mkdocs", "build", "--strict", "--quiet", "--site-dir", "site-docs")
    say("all checks hold")


def bench(options: argparse.Namespace) -> None:
    """One benchmark: one line of JSON for each figure."""
    set_up("dev")
    run(BIN / "python", "-m", "benchmarks", options.name, *options.rest)


def lock(options: argparse.Namespace) -> None:
    """Write the lock files anew: hashes, no addresses."""
    set_up("dev")
    compile_ = [BIN / "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-header"]
    compile_ += ["--no-emit-index-url", "--no-annotate", "pyproject.toml", "--python-version", "3.11"]
    for kind, extras in {"run": ["build"], "dev": ["build", "dev"], "node": ["node"]}.items():
        names = [word for extra in extras for word in ("--extra", extra)]
        run(*compile_, *names, "-o", LOCKS[kind])


def read_command() -> argparse.Namespace:
    """The words on the command line; without a command the demonstration is meant."""
    parser = argparse.ArgumentParser(prog="./go", description=__doc__)
    parser.set_defaults(deed=serve)
    parser.add_argument("--port", type=int, default=8000, help="port of the demonstration")
    parser.add_argument("--no-serve", action="store_true", help="prepare and print only")
    parser.add_argument("--wheelhouse", help="folder of wheels, to install without a network")
    commands = parser.add_subparsers(metavar="{test,check,bench,lock}")
    for name, deed in {"test": test, "check": check, "bench": bench, "lock": lock}.items():
        command = commands.add_parser(name, help=deed.__doc__, description=deed.__doc__)
        command.set_defaults(deed=deed, rest=[])
        if name == "bench":
            command.add_argument("name")
    options, rest = parser.parse_known_args()
    if rest and options.deed not in (test, bench):
        parser.error(f"unknown: {' '.join(rest)}")
    options.rest = rest
    return options


if __name__ == "__main__":
    find_newer_python()
    chosen = read_command()
    chosen.deed(chosen)

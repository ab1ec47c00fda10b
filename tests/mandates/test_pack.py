"""Documents of a pack."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from minhu.mandates import pack as section
from minhu.mandates.actions import Head, revise_document
from minhu.mandates.models import Document, Version
from minhu.packs import Counts, PackError, open_pack
from minhu.trail.models import Entry
from minhu.trail.states import SYSTEM
from tests.methods.files.making import docx, p

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)
HEAD = '[pack]\ncode = "t"\nname = "T"\nlanguage = "en"\nversion = "1"\n'
ONE = """[[document]]
number = "Town 1"
title = "Act of the town"
level = "city"
kind = "upstream"
file = "documents/act.md"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A pack of one document."""
    (tmp_path / "documents").mkdir()
    (tmp_path / "pack.toml").write_text(HEAD)
    (tmp_path / "documents.toml").write_text(ONE)
    (tmp_path / "documents" / "act.md").write_text("# Act of the town\n\nArticle 1. The council shall act.\n")
    return tmp_path


def load(folder: Path, at: datetime = AT) -> Counts:
    """Load it as the software itself."""
    return section.load(open_pack(folder), by=SYSTEM, at=at)


def test_a_document_is_loaded_and_twice_changes_nothing(folder: Path) -> None:
    assert load(folder) == Counts(created=1)
    before = Entry.objects.count()
    assert load(folder, AT + timedelta(days=1)) == Counts(unchanged=1)
    assert Entry.objects.count() == before
    assert [clause.label for clause in Version.objects.get().clauses.filter(is_unit=True)] == ["Article 1"]


def test_a_changed_text_makes_a_version_a_changed_head_is_revised(folder: Path) -> None:
    load(folder)
    (folder / "documents" / "act.md").write_text(
        "# Act of the town\n\nArticle 1. The council shall not act.\n"
    )
    (folder / "documents.toml").write_text(ONE + 'issuer = "Council"\n')
    assert load(folder, AT + timedelta(days=1)) == Counts(changed=1)
    assert (Version.objects.count(), Document.objects.get().issuer) == (2, "Council")


def test_what_people_corrected_stays(folder: Path) -> None:
    load(folder)
    head = Head(title="Act of the town", issuer="Mayor", level="city")
    revise_document(by=SYSTEM, document=Document.objects.get(), head=head, at=AT)
    assert load(folder, AT + timedelta(days=1)) == Counts(unchanged=1)
    assert Document.objects.get().issuer == "Mayor"


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (("city", "moon"), 4),
        (("documents/act.md", "documents/missing.md"), 6),
        (('kind = "upstream"', 'kind = "upstream"\nreceived_on = 2020-01-01\nissued_on = 2021-01-01'), 6),
    ],
)
def test_what_is_wrong_is_said_with_its_line(folder: Path, change: tuple[str, str], line: int) -> None:
    (folder / "documents.toml").write_text(ONE.replace(*change))
    with pytest.raises(PackError) as error:
        load(folder)
    assert [(p.position.file, p.position.line) for p in error.value.problems] == [("documents.toml", line)]
    assert Document.objects.count() == 0


LOCAL = """
[[document]]
number = "Town 2"
title = "Rules of the council"
level = "district"
kind = "local"
file = "documents/rules.docx"
implements = ["Town 1"]
"""


def test_a_word_file_is_loaded_and_linked_whatever_the_order(folder: Path) -> None:
    (folder / "documents.toml").write_text(LOCAL + ONE)
    (folder / "documents" / "rules.docx").write_bytes(docx(p("Article 1. The clerk shall write.")))
    assert load(folder) == Counts(created=2)
    local = Document.objects.get(number="Town 2")
    assert [link.upstream.number for link in local.implements.all()] == ["Town 1"]
    assert Version.objects.get(document=local).read_from.name == "Word"
    assert load(folder, AT + timedelta(days=1)) == Counts(unchanged=2)


@pytest.mark.parametrize(
    ("change", "line"), [(('["Town 1"]', '["Town 9"]'), 8), (("rules.docx", "broken.docx"), 7)]
)
def test_a_wrong_link_or_file_is_said_with_its_line(folder: Path, change: tuple[str, str], line: int) -> None:
    (folder / "documents.toml").write_text(LOCAL.replace(*change) + ONE)
    whole = docx(p("Article 1. The clerk shall write."))
    (folder / "documents" / "rules.docx").write_bytes(whole)
    (folder / "documents" / "broken.docx").write_bytes(
        whole.replace(b"word/document.xml", b"word/documenX.xml")
    )
    with pytest.raises(PackError) as error:
        load(folder)
    assert [problem.position.line for problem in error.value.problems] == [line]

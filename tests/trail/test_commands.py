"""`minhu seal` and `minhu verify`: a seal taken outside finds what no look into the database could."""

import json
import stat
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from minhu.trail.models import Entry, Head
from minhu.trail.queries import book_history
from tests import triggers
from tests.factories.trail import write, write_book

pytestmark = pytest.mark.django_db
BOOK = "reform:r-1"
HONEST = "11 entries in 3 books: all as they were written."


@pytest.fixture(autouse=True)
def installation(settings, tmp_path):
    settings.VAR = tmp_path
    settings.MINHU_SEAL_KEY_FILE = tmp_path / "keys" / "seal-key.pem"
    settings.LANGUAGE_CODE = "en"
    write_book(BOOK, 5)
    write_book("reform:r-2", 5)
    return tmp_path


def run(command: str, *options: object) -> str:
    """What a command says; it raises CommandError where the program would end with 1."""
    out = StringIO()
    call_command(command, *map(str, options), stdout=out, stderr=out)
    return out.getvalue()


def refused(command: str, *options: object) -> tuple[list[str], str]:
    """The lines a command said before it failed, and the sentence it failed with."""
    out = StringIO()
    with pytest.raises(CommandError) as wrong:
        call_command(command, *map(str, options), stdout=out, stderr=out)
    assert wrong.value.returncode == 1
    return out.getvalue().splitlines(), str(wrong.value)


def rewrite(book: str) -> None:
    """A forger rewrites a whole book: every hash fits, and so does the head."""
    from minhu.trail.actions.entries import next_entry
    from minhu.trail.bridge import GENESIS
    from minhu.trail.states import Actor, Deed

    with triggers.lifted():
        head = Head.objects.get(book=book)
        head.seq, head.hash = 0, GENESIS
        for old in list(book_history(book)):
            by = Actor(99, old.actor_post, old.actor_organisation)
            new = next_entry(head, Deed(by, old.deed, old.thing, book, old.at, old.payload, old.asked))
            Entry.objects.filter(pk=old.pk).delete()
            new.save()
        head.save()


def test_a_seal_is_made_checked_and_recorded(installation):
    out = installation / "outside" / "monday.json"
    said = run("seal", "--out", out)
    root = json.loads(out.read_text())["root"]
    assert f"Sealed 2 books: root {root}" in said
    assert HONEST in run("verify", "--seal", out)
    deed = Entry.objects.get(book="seals")
    assert (deed.deed, deed.payload["root"], deed.payload["file"]) == ("trail.seal", root, "monday.json")
    assert deed.payload["key"] in said


def test_the_key_is_made_once_for_its_owner_alone(installation, settings):
    run("seal", "--out", installation / "a.json")
    key = settings.MINHU_SEAL_KEY_FILE
    made = key.read_bytes()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    run("seal", "--out", installation / "b.json")
    assert key.read_bytes() == made
    public = [(installation / name).read_bytes() for name in ("a.pub.pem", "b.pub.pem")]
    assert public[0] == public[1]
    assert b"PRIVATE" not in public[0]


def test_without_a_name_a_seal_lies_in_its_folder(installation):
    run("seal")
    assert [path.suffix for path in sorted((installation / "seals").iterdir())] == [".json", ".pem"]


def test_a_key_everybody_may_read_is_refused(installation, settings):
    run("seal")
    settings.MINHU_SEAL_KEY_FILE.chmod(0o604)
    assert refused("seal")[1] == (
        f"everybody on this machine may read {settings.MINHU_SEAL_KEY_FILE}: "
        f"run chmod 600 {settings.MINHU_SEAL_KEY_FILE}"
    )


def test_a_seal_is_never_written_over_another(installation):
    out = installation / "a.json"
    run("seal", "--out", out)
    before = out.read_bytes()
    assert (
        "is there already, and a seal is never written over: name another file."
        in refused("seal", "--out", out)[1]
    )
    assert out.read_bytes() == before
    assert Entry.objects.filter(book="seals").count() == 1


def test_a_file_that_is_no_key_is_refused(installation, settings):
    key = installation / "not-a-key.pem"
    key.write_text("nonsense")
    key.chmod(0o600)
    assert "not a private key in PEM" in refused("seal", "--key", key)[1]


def test_a_verification_without_a_seal_says_what_it_cannot_see():
    said = run("verify")
    assert "10 entries in 2 books: all as they were written." in said
    assert "Checked without a seal" in said


def test_a_changed_entry_is_told_in_words_with_exit_code_one():
    with triggers.lifted():
        triggers.run(f"UPDATE trail_entry SET deed = 'x' WHERE book = '{BOOK}' AND seq = 2")
    lines, sentence = refused("verify")
    assert lines == [f"{BOOK} #2 altered: the entry is not what it was when it was written"]
    assert sentence == "1 faults in 10 entries of 2 books."


def test_a_book_rewritten_with_its_head_is_found_only_with_the_seal(installation):
    out = installation / "a.json"
    run("seal", "--out", out)
    rewrite(BOOK)
    assert HONEST in run("verify")
    lines, _sentence = refused("verify", "--seal", out)
    assert (
        lines[-1]
        == f"{BOOK} #5 altered: the book was rewritten up to this entry: the seal holds another digest of it"
    )


def test_a_book_removed_with_its_head_is_found_only_with_the_seal(installation):
    out = installation / "a.json"
    run("seal", "--out", out)
    with triggers.lifted():
        triggers.run(
            *(f"DELETE FROM {table} WHERE book = '{BOOK}'" for table in ("trail_entry", "trail_head"))
        )
    run("verify")
    assert refused("verify", "--seal", out)[0][-1] == (
        f"{BOOK} #1-5 cut: the book once went further: its end was cut off"
    )


def test_the_record_may_go_on_after_the_seal(installation):
    out = installation / "a.json"
    run("seal", "--out", out)
    write(BOOK)
    write("reform:new")
    assert "13 entries in 4 books: all as they were written." in run("verify", "--seal", out)


def test_an_outsider_uses_the_key_he_holds(installation):
    mine, forged = installation / "a.json", installation / "b.json"
    run("seal", "--out", mine)
    rewrite(BOOK)
    run("seal", "--out", forged, "--key", installation / "forger.pem")
    assert "compare its number" in run("verify", "--seal", forged)
    said = refused("verify", "--seal", forged, "--key", mine.with_suffix(".pub.pem"))[1]
    assert said == f"{forged}: the signature is not by this key, or the seal was changed after it was signed"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{}", "its `format` must be 'minhu-seal/1'"),
        (b"not json", "the seal is not JSON"),
        (b"\xff\xfe", "is not text in UTF-8"),
    ],
)
def test_a_file_that_is_no_seal_is_refused(installation, content, words):
    out = installation / "a.json"
    run("seal", "--out", out)
    out.write_bytes(content)
    assert words in refused("verify", "--seal", out)[1]


def test_a_seal_that_is_not_there_is_named(installation):
    assert "nowhere" in refused("verify", "--seal", installation / "nowhere.json")[1]
    assert refused("verify", "--key", "x.pem")[1] == "A key is needed only with a seal: give --seal FILE too."

"""Looking into files: what counts as text, and that a file is kept whole or not at all."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minhu.reforms.actions import Refusal
from minhu.reforms.actions.files import HEAD_BYTES, KNOWN, family_of, is_text, keep, store
from tests.factories.reforms import PDF, hash_of

words = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=80)
bounded = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@given(words, st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]))
def test_chinese_words_are_text_in_both_encodings(said: str, encoding: str) -> None:
    assert is_text(said.encode(encoding))


@given(words, st.sampled_from(["utf-8", "gb18030"]), st.integers(1, 3))
def test_a_head_cut_in_the_middle_of_a_character_is_still_text(said: str, encoding: str, cut: int) -> None:
    whole = (said + "终").encode(encoding)
    assert is_text(whole[: len(whole) - min(cut, len(whole) - 1)])


@given(words, st.sampled_from([b"\x00", b"\x01", b"\x1f", b"\x7f"]))
def test_control_signs_are_no_text(said: str, sign: bytes) -> None:
    assert not is_text(said.encode() + sign)


@given(
    st.sampled_from(
        [b"<html>", b"<!DOCTYPE x>", b" \n<svg>", b"<?xml ?>", b"<script>", b"%PDF-1.7", b"{\\rtf1", b"%!PS"]
    ),
    words,
)
def test_what_a_program_would_run_or_draw_is_no_text(start: bytes, said: str) -> None:
    assert not is_text(start + said.encode())


@bounded
@given(content=st.binary(min_size=1, max_size=2000))
def test_whatever_is_kept_comes_back_whole(media: Path, content: bytes) -> None:
    digest = keep(ContentFile(content, name="a"))
    assert digest == hash_of(content)
    assert (media / "proofs" / digest[:2] / digest).read_bytes() == content


@bounded
@given(content=st.binary(max_size=600), ending=st.sampled_from(sorted(KNOWN)))
def test_random_bytes_are_taken_only_as_what_they_are(media: Path, content: bytes, ending: str) -> None:
    file, (media_type, family) = ContentFile(content, name=f"a{ending}"), KNOWN[ending]
    if content and family_of(file) == family:
        assert store(file, most_megabytes=Decimal(1)).media_type == media_type
    else:
        with pytest.raises(Refusal):
            store(file, most_megabytes=Decimal(1))


def test_no_half_written_copy_is_left(media: Path) -> None:
    class Breaking(ContentFile):
        def chunks(self, chunk_size: int | None = None):
            yield b"first half"
            raise OSError("the line broke")

    with pytest.raises(OSError, match="the line broke"):
        keep(Breaking(PDF, name="a.pdf"))
    assert [path for path in media.rglob("*") if path.is_file()] == []


def test_a_large_text_is_judged_by_its_head() -> None:
    content = ("长" * HEAD_BYTES).encode()
    assert family_of(ContentFile(content)) == "text"


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "C:\\papers\\办法.pdf", "a/b/c.pdf"])
def test_a_name_never_leaves_the_folder(media: Path, name: str) -> None:
    kept = store(ContentFile(PDF, name=name), most_megabytes=Decimal(1))
    assert "/" not in kept.file_name
    assert [path.relative_to(media).parts[0] for path in media.rglob("*") if path.is_file()] == ["proofs"]


def test_a_long_name_keeps_its_ending(media: Path) -> None:
    kept = store(ContentFile(PDF, name="长" * 300 + ".pdf"), most_megabytes=Decimal(1))
    assert (len(kept.file_name), kept.file_name[-4:]) == (255, ".pdf")

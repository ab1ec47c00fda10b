"""`minhu cover`: two files in, a report out, no database."""

from io import StringIO
from pathlib import Path
from unicodedata import normalize

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from minhu.reforms.bridge import report_of, suggest

UPSTREAM = """# 关于改革的意见

第一条 推进企业综合服务中心建设，健全诉求归集机制。

第二条 深化港口集疏运体系改革。
"""
LOCAL = """# 本区办法

第一条 为了落实《关于改革的意见》，制定本办法。

第二条 建好企业综合服务中心，健全诉求归集机制。
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """An upstream and a local text."""
    paths = tmp_path / "上级.md", tmp_path / "本级.txt"
    paths[0].write_text(UPSTREAM)
    paths[1].write_bytes(LOCAL.encode("gb18030"))
    return paths


def nfkc(words: str) -> str:
    """Words in one width."""
    return normalize("NFKC", words)


def cover(*args: object, **options: object) -> str:
    """What the command prints, in English."""
    out = StringIO()
    with translation.override("en"):
        call_command("cover", *map(str, args), stdout=out, **options)
    return out.getvalue()


def test_the_table_says_state_answer_score_and_evidence(files) -> None:
    lines = cover(*files, possible=0.2, confident=0.9).splitlines()
    assert lines[1].split()[:3] == ["possible", "第一条", "第二条"]
    assert "健全诉求归集机制" in lines[1]
    assert lines[2].split()[:2] == ["blind", "第二条"]


def test_the_page_is_there_even_when_nobody_reads_the_table_to_its_end(files, tmp_path: Path) -> None:
    class Closed(StringIO):
        """A pipe whose reader has gone."""

        def write(self, words: str) -> int:
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        call_command("cover", *map(str, files), html=tmp_path / "out.html", stdout=Closed())
    assert "</html>" in (tmp_path / "out.html").read_text()


def test_a_page_that_cannot_be_written_is_named(files, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"out\.html: No such file"):
        cover(*files, html=tmp_path / "nowhere" / "out.html")


def test_the_summary_counts_and_the_blind_spots_are_listed(files) -> None:
    said = cover(*files)
    assert "关于改革的意见 ← 本区办法: 2 clauses" in said
    assert "1 blind" in said
    assert "Name the upstream document, but answer none of its clauses: 第一条" in said


def test_the_page_stands_on_its_own(files, tmp_path: Path) -> None:
    page = tmp_path / "out.html"
    cover(*files, html=page)
    html = page.read_text()
    assert "<style>" in html
    assert [word for word in ("http://", "https://", "<script", "<link", "/static/") if word in html] == []
    assert "<mark>" in html
    assert html.count('class="is-blind"') == 1


def test_the_page_escapes_what_documents_hold(files, tmp_path: Path) -> None:
    files[1].write_text(LOCAL + "\n第三条 <script>alert(1)</script>企业综合服务中心。\n")
    cover(*files, html=tmp_path / "out.html")
    assert "<script" not in (tmp_path / "out.html").read_text()


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "empty"), (b"%PDF-1.7", "PDF"), (b"\xff\xff\xff\xff", "UTF-8"), (b"PK\x03\x04", "Word")],
)
def test_a_file_that_cannot_be_read_is_named(files, content: bytes, words: str) -> None:
    files[0].write_bytes(content)
    with pytest.raises(CommandError) as error:
        cover(*files)
    assert "上级.md" in str(error.value)
    assert words in str(error.value)


def test_a_missing_file_and_senseless_options_are_refused(files) -> None:
    with pytest.raises(CommandError, match="nowhere"):
        cover("nowhere.md", files[1])
    for wrong in ({"k": 0}, {"possible": 0.9}, {"confident": 1.5}):
        with pytest.raises(CommandError, match="at least 1"):
            cover(*files, **wrong)


def test_pairs_are_scored_whatever_their_rank_and_evidence_is_exact() -> None:
    clauses, candidates = ["企业综合服务中心建设"], ["完全无关", "企业综合服务中心", "建设企业综合服务中心"]
    matched = suggest(clauses, candidates, most=1, pairs=[(0, 0), (0, 1)])
    assert len(matched.matches[0]) == 1
    assert matched.pairs[(0, 0)].score == 0.0
    (span,) = matched.pairs[(0, 1)].spans
    assert clauses[0][span[0] : span[1]] == candidates[1][span[2] : span[3]] == "企业综合服务中心"


def test_real_regulations(shared: Path) -> None:
    folder = shared / "data" / "regulations"
    upstream, local = (
        next(folder.glob(f"{name}*.md")) for name in ("优化营商环境条例", "上海市优化营商环境条例(2024")
    )
    report = report_of(upstream.read_text(), local.read_text(), most=3, possible=0.25, confident=0.55)
    assert len(report.lines) == 72
    found = {line.article.label: line for line in report.lines}
    assert found["第三十一条"].best.article.label == "第二十条"
    assert found["第三十一条"].state == "sure"
    assert found["第三十条"].state == "blind"
    for line in report.lines:
        for hit in line.hits:
            pairs = [(line.article.body[a:b], hit.article.body[c:d]) for a, b, c, d in hit.spans]
            # Equal up to full and half width: (以下 and （以下 are the same words.
            assert [left for left, right in pairs if nfkc(left) != nfkc(right)] == []


def test_real_regulations_from_the_command_line(shared: Path, tmp_path: Path) -> None:
    folder = shared / "data" / "regulations"
    upstream, local = (
        next(folder.glob(f"{name}*.md")) for name in ("优化营商环境条例", "上海市优化营商环境条例(2024")
    )
    said = cover(upstream, local, html=tmp_path / "out.html", k=2)
    assert "72 clauses, 8 surely answered" in said
    assert (tmp_path / "out.html").read_text().count("<tr id=") == 72

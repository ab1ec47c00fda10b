"""`minhu cover`: two files in, a report out, no database."""

from io import StringIO
from pathlib import Path
from unicodedata import normalize
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from minhu.reforms.bridge import matcher_of, report_of
from minhu.reforms.queries.coverage_texts import Given
from minhu.reforms.queries.coverage_workbook import escaped

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
    said = cover(*files, possible=0.25, confident=0.55)
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
    assert html.count('class="article is-blind"') == 1


def test_the_page_escapes_what_documents_hold(files, tmp_path: Path) -> None:
    files[1].write_text(LOCAL + "\n第三条 <script>alert(1)</script>企业综合服务中心。\n")
    cover(*files, html=tmp_path / "out.html")
    assert "<script" not in (tmp_path / "out.html").read_text()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "damaged"),
        (b"\xff\xff\xff\xff", "UTF-8"),
        (b"PK\x03\x04", "packed file"),
    ],
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
    clauses, candidates = ["企业综合服务中心建设"], ["别的事情", "企业综合服务中心", "建设企业综合服务中心"]
    matcher = matcher_of(clauses, candidates)
    matched = matcher.match(0, 1, most=1, threshold=0.2, pairs=[(0, 0), (0, 1)])
    assert len(matched.matches[0]) == 1
    assert (matched.pairs[(0, 0)].score, matched.pairs[(0, 0)].spans) == (0.0, ())
    (span,) = matched.pairs[(0, 1)].spans
    assert clauses[0][span[0] : span[1]] == candidates[1][span[2] : span[3]] == "企业综合服务中心"


@pytest.mark.parametrize("words", ["=1+1", "+86", "-3", "@name", "\t=1"])
def test_what_looks_like_a_formula_stays_words(words: str) -> None:
    assert escaped(words) == f"'{words}"
    assert escaped(f"第一条 {words}") == f"第一条 {words}"


def sheets(path: Path) -> dict[str, str]:
    """The parts of a workbook, by name."""
    with ZipFile(path) as book:
        return {name: book.read(name).decode() for name in book.namelist()}


def test_the_workbook_has_no_formula_and_a_frozen_repeated_head(files, tmp_path: Path) -> None:
    files[1].write_text(LOCAL.replace("第二条 ", "第二条 =HYPERLINK(1)"))
    said = cover(*files, xlsx=tmp_path / "out.xlsx")
    assert f"Workbook written to {tmp_path / 'out.xlsx'}" in said
    parts = sheets(tmp_path / "out.xlsx")
    pages = [text for name, text in parts.items() if name.startswith("xl/worksheets/sheet")]
    assert len(pages) == 6
    assert [page for page in pages if "<f>" in page or "<hyperlink" in page] == []
    assert sum('state="frozen"' in page for page in pages) == 5
    assert parts["xl/workbook.xml"].count("_xlnm.Print_Titles") == 5
    assert "'=HYPERLINK" in parts["xl/sharedStrings.xml"]


def test_several_texts_make_a_matrix_and_older_ones_are_told(files, tmp_path: Path) -> None:
    older = tmp_path / "旧.md"
    older.write_text(
        LOCAL.replace("制定本办法。", "制定本办法。", 1).replace(
            "# 本区办法", "# 本区办法\n\n2019年3月1日发布"
        )
    )
    files[1].write_text(LOCAL.replace("# 本区办法", "# 本区办法\n\n2026年3月1日发布"))
    files[0].write_text(UPSTREAM.replace("# 关于改革的意见", "# 关于改革的意见\n\n2025年3月1日发布"))
    said = cover(files[0], files[1], older, html=tmp_path / "out.html", xlsx=tmp_path / "out.xlsx")
    assert (
        "issued 2019-03-01, older than the upstream text of 2025-03-01; "
        "its text says it was made for the upstream one; an older edition; a newer one is in this report"
    ) in said
    assert "Blind in every text: 第二条" in said
    assert (tmp_path / "out.html").read_text().count('<use href="#blind"') == 1 + 2


def test_figures_that_differ_are_told() -> None:
    upstream = "# 甲条例\n\n第一条 逾期不改正的，处五万元以上十万元以下罚款，并在三十日内公布。\n"
    local = "# 乙条例\n\n第一条 逾期不改正的，处二万元以上五万元以下罚款，并在30日内公布。\n"
    (line,) = report_of(Given("甲", upstream), [Given("乙", local)], (1, 0.2, 0.9)).locals[0].differing
    assert (line.best.ours, line.best.theirs) == (("十万元",), ("二万元",))


def test_scores_come_from_a_pack_or_are_asked_for(files, tmp_path: Path, settings) -> None:
    settings.MINHU_PACK = tmp_path
    with pytest.raises(CommandError, match=r"match\.possible or match\.confident"):
        cover(*files)
    assert "≥ 0.60" in cover(*files, possible=0.3, confident=0.6)


def test_real_regulations(shared: Path) -> None:
    folder = shared / "data" / "regulations"
    upstream, local = (
        next(folder.glob(f"{name}*.md")) for name in ("优化营商环境条例", "上海市优化营商环境条例(2024")
    )
    report = report_of(
        Given("国家", upstream.read_text()), [Given("上海", local.read_text())], (3, 0.25, 0.55)
    )
    lines = report.locals[0].lines
    assert len(lines) == 72
    found = {line.article.label: line for line in lines}
    assert found["第三十一条"].best.article.label == "第二十条"
    assert found["第三十一条"].state == "sure"
    assert found["第三十条"].state == "blind"
    for line in lines:
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
    assert "72 clauses, 9 surely answered" in said
    assert (tmp_path / "out.html").read_text().count('<section class="article') == 72


def test_what_was_decided_while_reading_is_told_and_stands_in_the_report(files, tmp_path: Path) -> None:
    files[1].write_text("推进企业综合服务中心建设，健全诉求归集机制。\n\n深化港口集疏运体系改革。\n")
    said = StringIO()
    out = {"html": tmp_path / "out.html", "xlsx": tmp_path / "out.xlsx"}
    cover(*files, stderr=said, **out)
    note = "No numbering was found: every paragraph counts as a clause."
    assert said.getvalue() == f"本级: {note}\n"
    assert note in out["html"].read_text()
    assert note in sheets(out["xlsx"])["xl/sharedStrings.xml"]


def test_what_a_report_tells_of_past_years_asks_for_no_answer(files) -> None:
    past = "一、过去一年工作回顾\n\n（一）建成企业中心。\n\n二、今年工作安排\n\n（一）深化港口改革。\n"
    files[0].write_text(f"# 政府工作报告\n\n{past}")
    assert ": 1 clauses" in cover(*files)


def test_a_text_that_holds_another_whole_answers_it_and_the_other_way_round(files) -> None:
    more = UPSTREAM + "\n第三条 管护渔港岸线。\n\n第四条 推进企业综合服务中心建设，健全诉求归集机制。\n"
    files[1].write_text(more)
    assert "2 clauses, 2 surely answered" in cover(*files)
    said = cover(files[1], files[0])
    assert "4 clauses, 3 surely answered" in said
    assert "1 blind" in said

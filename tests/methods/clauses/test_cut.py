"""Cutting: the tree, the units, the furniture, and that nothing is lost."""

import time
from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhu.methods.clauses import Cut, cut

REGULATION = """# 某区企业服务办法

2025年3月1日 某区人民政府公布

2025年5月1日 施行

<!-- INFO END -->

## 第一章　总　　则

第一条 为了服务企业，制定本办法。

第二条 企业诉求应当一口受理。

街道应当协助：

(一)登记诉求；

(二)回访企业。

## 第二章 办理

第三条之一 【时限】一般诉求5个工作日内答复。

第四条 有下列情形之一的，不予受理：

（一）已经办结的；

1.有书面答复的；

2.企业认可的；

（二）超出职责的。
"""


def paths(document: Cut) -> list[str]:
    return [clause.path for clause in document.clauses]


def units(document: Cut) -> list[str]:
    return [clause.path for clause in document.units]


def put_together(document: Cut) -> str:
    return "".join(document.text[piece.start : piece.end] for piece in document.pieces)


def test_a_regulation_becomes_a_tree() -> None:
    document = cut(REGULATION)
    assert paths(document) == [
        "ch1", "ch1/art1", "ch1/art2", "ch1/art2/p1", "ch1/art2/p2", "ch1/art2/p2/i1", "ch1/art2/p2/i2",
        "ch2", "ch2/art3.1", "ch2/art4", "ch2/art4/i1", "ch2/art4/i1/pt1", "ch2/art4/i1/pt2", "ch2/art4/i2",
    ]  # fmt: skip
    assert units(document) == ["ch1/art1", "ch1/art2", "ch2/art3.1", "ch2/art4"]


def test_labels_headings_and_spans_are_as_printed() -> None:
    document = cut(REGULATION)
    by_path = {clause.path: clause for clause in document.clauses}
    assert (by_path["ch1"].label, by_path["ch1"].heading) == ("第一章", "总则")
    assert (by_path["ch2/art3.1"].label, by_path["ch2/art3.1"].heading) == ("第三条之一", "时限")
    assert by_path["ch2/art4/i1/pt2"].label == "2."
    assert document.text_of(by_path["ch1/art2/p2/i2"]) == "(二)回访企业。"
    assert document.text_of(by_path["ch1/art1"]) == "第一条 为了服务企业，制定本办法。"
    assert by_path["ch2"].end == by_path["ch2/art4/i2"].end
    assert [clause.label for clause in document.above(by_path["ch1/art2/p2/i1"])] == ["第一章", "第二条", ""]


def test_the_head_is_read() -> None:
    head = cut(REGULATION).head
    assert (head.title, head.issued_on, head.effective_on) == (
        "某区企业服务办法",
        date(2025, 3, 1),
        date(2025, 5, 1),
    )


def test_a_red_headed_notice_is_read() -> None:
    document = cut(
        "某市人民政府办公室文件\n\n某政办发〔2024〕3号\n\n某市人民政府办公室关于\n做好改革台账的通知\n\n各区县：\n\n"
        "一、建立台账。各部门要建立台账。\n\n二、按期销号。牵头单位负责销号。\n\n某市人民政府办公室\n2024年1月5日\n"
    )
    assert document.head.number == "某政办发〔2024〕3号"
    assert document.head.title == "某市人民政府办公室关于做好改革台账的通知"
    assert document.head.issued_on == date(2024, 1, 5)
    assert units(document) == ["i1", "i2"]
    assert document.clauses[-1].heading == "按期销号"
    assert document.text_of(document.clauses[-1]) == "二、按期销号。牵头单位负责销号。"


def test_numbered_points_are_units_at_their_lowest_sensible_level() -> None:
    document = cut(
        "# 若干措施\n\n## 一、统一入口\n\n（一）归集\n\n1.部门归集诉求。\n\n2.中心当天交办。\n\n"
        "（二）反馈\n\n1.主办单位答复。\n\n"
        "## 二、保障\n\n（一）队伍\n\n1.选派经理人。\n"
    )
    assert units(document) == ["ch1/sec1/i1", "ch1/sec1/i2", "ch1/sec2/i1", "ch2/sec1/i1"]


def test_a_stray_list_inside_one_point_does_not_pull_the_units_down() -> None:
    points = "\n".join(f"（{n}）做第{n}件事。" for n in "一二三四五")
    document = cut(f"一、任务\n{points}\n1.修桥。\n2.修路。\n")
    assert units(document) == [f"ch1/i{n}" for n in range(1, 6)]
    assert [clause.kind for clause in document.clauses[-2:]] == ["point", "point"]


def test_points_in_a_sentence_become_clauses() -> None:
    document = cut("各部门要抓好三件事：一是建台账；二是明责任；三是定时限。统一是原则。\n")
    assert [document.text_of(clause) for clause in document.clauses[1:]] == [
        "一是建台账；",
        "二是明责任；",
        "三是定时限。统一是原则。",
    ]
    assert units(document) == ["p1"]


def test_numberings_turned_round_keep_their_nesting() -> None:
    document = cut("1.甲事：\n（一）甲一。\n（二）甲二。\n2.乙事：\n（一）乙一。\n3.丙事。\n")
    assert [(clause.label, clause.parent) for clause in document.clauses] == [
        ("1.", None), ("（一）", 0), ("（二）", 0), ("2.", None), ("（一）", 3), ("3.", None),
    ]  # fmt: skip


def test_a_notice_with_an_attached_regulation_counts_both() -> None:
    document = cut(
        "一、请遵照执行。\n二、请报告结果。\n附件\n第一章 总则\n第一条 甲应当办。\n第二条 乙应当办。\n"
    )
    assert units(document) == ["i1", "i2", "part1/ch1/art1", "part1/ch1/art2"]


def test_a_document_without_numbering_counts_its_paragraphs() -> None:
    document = cut("# 讲话\n\n各位代表：\n\n我们要修路。\n\n我们要办学。\n")
    assert units(document) == ["p2", "p3"]


def test_a_document_mostly_without_numbering_loses_nothing() -> None:
    text = "".join(f"第{n}段说的是要认真办好的一件大事情，谁也不能漏掉。\n" for n in "甲乙丙丁戊己庚辛")
    document = cut(text + "另外两件：\n1.修桥。\n2.修路。\n")
    assert len(document.units) == 10


def test_english_documents_are_cut_too() -> None:
    document = cut(
        "# Streets Ordinance\n\nChapter 1 General\n\nArticle 1. Purpose\n\nThis keeps streets safe.\n\n"
        "Article 2\n\nThe council shall:\n\n(a) mend holes;\n\n(b) light crossings.\n\n"
        "Section 2 of the Act applies.\n"
    )
    by_path = {clause.path: clause for clause in document.clauses}
    assert units(document) == ["ch1/art1", "ch1/art2"]
    assert by_path["ch1/art1"].heading == "Purpose"
    assert by_path["ch1/art2/p1/i2"].label == "(b)"
    assert document.text_of(by_path["ch1/art2/p2"]) == "Section 2 of the Act applies."


def test_sections_of_an_english_law_without_articles_are_its_articles() -> None:
    document = cut(
        "Town of Riverbend\n\nSection 1. Purpose. This keeps streets safe.\n\nSection 2. Duties.\n"
        "(1) The council shall publish a list.\n(2) Each office must\n  (a) name an officer;\n  (b) report.\n"
    )
    assert paths(document) == ["art1", "art2", "art2/i1", "art2/i2", "art2/i2/pt1", "art2/i2/pt2"]
    assert units(document) == ["art1", "art2"]


def test_numbers_without_dots_count_where_there_is_a_one_point_one() -> None:
    document = cut("1 总则\n\n1.1 目的\n\n用于演示。\n\n2 任务\n\n2.1 台账\n\n各单位要建台账。\n")
    assert [(clause.label, clause.heading) for clause in document.clauses if clause.label] == [
        ("1", "总则"), ("1.1", "目的"), ("2", "任务"), ("2.1", "台账"),
    ]  # fmt: skip
    assert units(document) == ["ch1/i1", "ch2/i1"]
    assert units(cut("一、安排\n\n30 家企业参加\n")) == ["i1"]


def test_a_note_after_the_signature_does_not_hide_it() -> None:
    document = cut("一、请办理。\n\n某市人民政府\n2024年1月9日\n（此件公开发布）\n")
    assert document.head.issued_on == date(2024, 1, 9)
    assert document.text_of(document.clauses[-1]) == "一、请办理。"


def test_the_rule_of_a_table_is_no_clause() -> None:
    document = cut("| 任务 | 牵头 |\n|---|:---:|\n| 修路 | 交通局 |\n")
    assert [document.text_of(clause) for clause in document.clauses] == [
        "| 任务 | 牵头 |",
        "| 修路 | 交通局 |",
    ]


def test_i_after_h_is_a_letter() -> None:
    document = cut("\n".join(f"({letter}) do it." for letter in "abcdefghij"))
    assert [clause.parent for clause in document.clauses] == [None] * 10


def test_a_reference_at_the_head_of_a_line_opens_no_article() -> None:
    document = cut("第一条 甲。\n\n第三条规定的期限不变。\n\n第二条 乙。\n")
    assert units(document) == ["art1", "art2"]


def test_the_table_of_contents_is_part_of_the_head() -> None:
    document = cut(
        "# 办法\n目录\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。\n"
    )
    assert paths(document) == ["ch1", "ch1/art1", "ch2", "ch2/art2"]


def test_the_same_number_twice_keeps_paths_unique() -> None:
    assert paths(cut("第一条 甲。\n第一条 乙。\n")) == ["art1", "art1-2"]


def test_furniture_belongs_to_no_clause() -> None:
    text = "下载\n打印\n【字号：\n大\n中\n】\n某市工作报告\n来源：某报\n时间：2026-01-22\n一、工作\n" + (
        "（一）完善跨部门数据共享机制并在全市各区县各街道各社区各园区全面推\n- 3 -\n行。\n"
        "相关报道：\n别的新闻\n"
    )
    document = cut(text)
    furniture = [text[piece.start : piece.end] for piece in document.furniture]
    assert furniture == [
        "下载", "打印", "【字号：", "大", "中", "】", "来源：某报", "时间：2026-01-22",
        "- 3 -", "相关报道：", "别的新闻",
    ]  # fmt: skip
    assert document.text_of(document.units[0]).endswith("全面推\n行。")
    assert document.head.title == "某市工作报告"
    assert put_together(document) == text


def test_nothing_to_cut_is_refused() -> None:
    with pytest.raises(ValueError, match="empty"):
        cut(" \n\u3000")


LINES = st.sampled_from(
    [
        "第一条 甲应当办。",
        "第二章 总则",
        "## 第一节 细则",
        "（一）乙",
        "1.丙；",
        "(a) x",
        "①丁",
        "一是戊；二是己。",
        "一、庚",
        "",
        "  ",
        "- 3 -",
        "下载",
        "无号的一段话，没有标点",
        "附件1",
        "# 题",
        "Article 3 Do",
        "2024年1月5日",
        "相关报道：",
        "\ufeff",
        "【字号：",
    ]
)


@given(st.lists(st.tuples(LINES, st.sampled_from(["\n", "\r\n", "\n\n", "\u2028"])), min_size=1, max_size=40))
def test_pieces_give_the_document_back(lines: list[tuple[str, str]]) -> None:
    text = "".join(line + end for line, end in lines)
    if not text.strip().strip("\ufeff").strip():
        return
    try:
        document = cut(text)
    except ValueError:
        assert not text.replace("\ufeff", "").strip()
        return
    assert put_together(document) == text
    assert all(piece.start < piece.end for piece in document.pieces)
    assert max(Counter(clause.path for clause in document.clauses).values(), default=1) == 1
    for order, clause in enumerate(document.clauses):
        assert clause.order == order
        assert text[clause.start : clause.start + len(clause.label)] == clause.label or clause.label == ""
        if clause.parent is not None:
            above = document.clauses[clause.parent]
            assert clause.parent < order
            assert above.start <= clause.start <= clause.end <= above.end
    for piece in document.pieces:
        if piece.role == "clause":
            clause = document.clauses[piece.clause]
            assert clause.start <= piece.start < piece.end <= clause.end


@given(st.text(max_size=200))
def test_any_text_comes_back(text: str) -> None:
    try:
        document = cut(text)
    except ValueError:
        return
    assert put_together(document) == text


def test_five_hundred_pages_take_time_in_proportion() -> None:
    def seconds(pages: int) -> float:
        text = "".join(
            f"第{n}条 各部门应当办好第{n}件事。\n（一）先办。\n（二）后办。\n- {n} -\n" * 8
            for n in range(1, pages)
        )
        began = time.process_time()
        assert len(cut(text).units) == 8 * (pages - 1)
        return time.process_time() - began

    def least(pages: int) -> float:
        return min(seconds(pages) for _ in range(3))

    assert least(500) < 30 * max(least(50), 0.01)

"""Real documents beside the checkout: laws, regulations, government reports."""

import csv
import time
from collections import Counter
from datetime import date
from pathlib import Path

from minhu.methods.clauses import Cut, cut, duties_of


def read(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.DictReader(file))["full_text"] if path.suffix == ".csv" else file.read()


def regulation(shared: Path, name: str) -> Cut:
    return cut(read(next((shared / "data" / "regulations").glob(name))))


def test_every_text_comes_back(shared: Path) -> None:
    paths = [*(shared / "data" / "regulations").glob("*.md"), *(shared / "data" / "reports").glob("*.csv")]
    assert len(paths) == 19
    for path in paths:
        text = read(path)
        document = cut(text)
        assert "".join(text[piece.start : piece.end] for piece in document.pieces) == text, path.name
        assert max(Counter(clause.path for clause in document.clauses).values()) == 1, path.name
        if path.suffix == ".md":
            assert {unit.kind for unit in document.units} == {"article"}, path.name


def test_the_national_regulation(shared: Path) -> None:
    document = regulation(shared, "优化营商环境条例*.md")
    assert len(document.units) == 72
    assert [unit.label for unit in document.units][::71] == ["第一条", "第七十二条"]
    assert len([clause for clause in document.clauses if clause.kind == "chapter"]) == 7
    assert (document.head.issued_on, document.head.effective_on) == (date(2019, 10, 22), date(2020, 1, 1))
    assert document.head.number == "中华人民共和国国务院令第722号"


def test_articles_of_the_others(shared: Path) -> None:
    counted = {
        "上海市优化*2024*": 97,
        "北京市*2024*": 94,
        "安全生产法*": 119,
        "河南省*": 90,
        "上海市人民建议*": 22,
    }
    assert {name: len(regulation(shared, f"{name}.md").units) for name in counted} == counted


def test_the_report_of_zhejiang(shared: Path) -> None:
    text = read(next((shared / "data" / "reports").glob("*浙江*.csv")))
    document = cut(text)
    furniture = {text[piece.start : piece.end] for piece in document.furniture}
    assert furniture == {
        "下载", "打印", "全屏", "收藏", "【字号：", "加大", "还原", "减小", "】", "来源：浙江日报",
        "时间：2026-01-22", "相关报道：",
    }  # fmt: skip
    assert document.head.title == "2026年浙江省政府工作报告"
    assert [clause.label for clause in document.clauses if clause.kind == "chapter"] == [
        "一、",
        "二、",
        "三、",
    ]
    assert len(document.units) == 26
    found = duties_of(document)
    assert 200 < len(found) < 400
    assert {unit.path.split("/")[0] for unit, _ in found} == {"ch2", "ch3"}
    assert all(text[duty.start : duty.end].startswith(duty.what) for _, duty in found)


def test_five_hundred_pages_in_seconds(shared: Path) -> None:
    page = read(next((shared / "data" / "regulations").glob("安全生产法*.md")))
    began = time.process_time()
    document = cut(page * 20)
    assert len(document.units) == 119 * 20
    assert time.process_time() - began < 5

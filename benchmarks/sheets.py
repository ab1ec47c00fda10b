"""Spreadsheets: 10,000 rows read, checked and compared, and the memory 50,000 rows take, beside peers."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from random import Random
from time import process_time
from typing import Any

from benchmarks.figure import Figure
from minhu.methods.sheets import Choice, Column, Shape, Type, compare, read, write

SEED = 20260305
KINDS = tuple(Choice(f"k{n}", f"第{n}类改革") for n in range(8))
SHAPE = Shape(
    (
        Column("code", "编号", Type.CODE, required=True),
        Column("name", "名称", required=True, most=200),
        Column("note", "说明", Type.LONG),
        Column("homes", "户数", Type.WHOLE, low=0),
        Column("fund", "总投资", Type.DECIMAL, unit="元"),
        Column("starts", "启动时间", Type.DATE),
        Column("due", "完成时限", Type.DATE),
        Column("kind", "类别", Type.CHOICE, choices=KINDS),
        Column("open", "是否公开", Type.FLAG),
        Column("leads", "牵头单位", Type.LIST),
    ),
    ("code",),
    "台账",
)
WIDE = Shape(tuple(Column(f"c{n}", f"第{n}列") for n in range(20)), ("c0",), "台账")
RUNS = {
    "ours": "from minhu.methods.sheets import read; from benchmarks.sheets import WIDE; "
    "n = len(read(path, WIDE).rows)",
    "django-import-export": "from django.conf import settings; settings.configure(); "
    "from import_export.formats.base_formats import XLSX; "
    "n = len(XLSX().create_dataset(open(path, 'rb').read()))",
    "openpyxl read-only": "import openpyxl; "
    "rows = openpyxl.load_workbook(path, read_only=True).worksheets[0]; "
    "n = len(list(rows.iter_rows(min_row=2, values_only=True)))",
    "calamine": "import python_calamine; book = python_calamine.CalamineWorkbook.from_path(path); "
    "n = len(book.get_sheet_by_index(0).to_python()) - 1",
}
MEASURE = """
import json, resource, sys, time
path = sys.argv[1]
start = time.process_time()
{run}
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps([n, used.ru_maxrss / 1024, time.process_time() - start]))
"""


def run(quick: bool) -> Iterator[Figure]:
    """sheets.read_10k_s (checked and compared), sheets.write_10k_s, sheets.rss_mb (a process of its own)."""
    rows = made_rows(2_000 if quick else 10_000)
    yield from reading(rows)
    yield memory(20_000 if quick else 50_000, quick)


def made_rows(count: int) -> list[dict[str, object]]:
    """Rows of a ledger as an export holds them."""
    random, first = Random(SEED), date(2026, 1, 1)
    return [
        {
            "code": f"JB-{number:05}",
            "name": f"第{number}项改革任务{random.randrange(10**6)}",
            "note": "推动跨部门数据共享，压减材料与环节。" * random.randint(1, 4),
            "homes": random.randrange(10**5),
            "fund": Decimal(random.randrange(10**8)) / 100,
            "starts": first + timedelta(days=random.randrange(300)),
            "due": first + timedelta(days=300 + random.randrange(300)),
            "kind": random.choice(KINDS).value,
            "open": random.random() < 0.5,
            "leads": tuple(random.sample(("发改局", "财政局", "住建局", "教育局"), 2)),
        }
        for number in range(count)
    ]


def reading(rows: list[dict[str, object]]) -> Iterator[Figure]:
    """Write rows, change one cell in a hundred, read them back, check and compare."""
    edited = [row | {"homes": row["homes"] + 1} if n % 100 == 0 else row for n, row in enumerate(rows)]
    start = process_time()
    data = write(SHAPE, edited)
    wrote = process_time() - start
    start = process_time()
    sheet = read(data, SHAPE)
    changes = compare(sheet.rows, rows, SHAPE)
    ours = process_time() - start
    assert not sheet.problems
    assert changes.cells == len(rows) // 100
    theirs, found = peer(data, rows)
    assert found == len(rows) // 100
    extra: dict[str, object] = {"n": len(rows), "seed": SEED, "cells": len(rows) * len(SHAPE.columns)}
    name = f"django-import-export {version('django-import-export')}, tablib {version('tablib')}"
    yield Figure("sheets.read_10k_s", round(ours, 2), "s", name, round(theirs, 2), ratio(theirs, ours), extra)
    yield Figure("sheets.write_10k_s", round(wrote, 2), "s", extra=extra)


def peer(data: bytes, rows: list[dict[str, object]]) -> tuple[float, int]:
    """The rows parsed by django-import-export, cleaned by its widgets, compared: seconds, changed cells."""
    from django.conf import settings

    if not settings.configured:
        settings.configure()
    from import_export import widgets
    from import_export.formats.base_formats import XLSX

    titles = {choice.title: choice.value for choice in KINDS}
    cleaners: dict[Type, Callable[[Any], object]] = {
        Type.WHOLE: widgets.IntegerWidget().clean,
        Type.DECIMAL: widgets.DecimalWidget().clean,
        Type.DATE: lambda moment: day_widget.clean(moment.date()),
        Type.CHOICE: lambda words: titles[str(words)],
        Type.FLAG: lambda words: {"是": True, "否": False}[str(words)],
        Type.LIST: lambda words: tuple(str(words).split("、")),
    }
    day_widget, words_cleaner = widgets.DateWidget(), widgets.CharWidget().clean
    start = process_time()
    present = {row["code"]: row for row in rows}
    changed = 0
    for line in XLSX().create_dataset(data).dict:
        before = present[line["编号"]]
        for column in SHAPE:
            value = cleaners.get(column.type, words_cleaner)(line[column.heading])
            changed += value != before[column.code]
    return process_time() - start, changed


def memory(count: int, quick: bool) -> Figure:
    """The most memory a process takes that reads rows of 20 columns of words, with everything it loads."""
    random = Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "wide.xlsx"
        rows = (
            {f"c{n}": f"第{row}行第{n}列{random.randrange(10**6)}" for n in range(20)} for row in range(count)
        )
        path.write_bytes(write(WIDE, rows))
        found = {name: measured(path, name, count) for name in (list(RUNS)[:2] if quick else RUNS)}
    ours, theirs = found["ours"][0], found["django-import-export"][0]
    extra: dict[str, object] = {
        "rows": count, "columns": 20,
        "readers": {name: {"mb": round(mb), "s": round(s, 2)} for name, (mb, s) in found.items()},
    }  # fmt: skip
    return Figure(
        "sheets.rss_mb", round(ours), "MB", "django-import-export", round(theirs), ratio(theirs, ours), extra
    )


def measured(path: Path, name: str, count: int) -> tuple[float, float]:
    """Megabytes and seconds of CPU of one reader in a process of its own."""
    command = [sys.executable, "-c", MEASURE.format(run=RUNS[name]), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    rows, megabytes, seconds = json.loads(done.stdout)
    assert rows == count, name
    return megabytes, seconds


def ratio(theirs: float, ours: float) -> float:
    """How many times the peer's the figure is better."""
    return round(theirs / ours, 2)

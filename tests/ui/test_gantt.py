"""Geometry of the Gantt: nothing leaves the track, nothing overlaps in a lane, nothing is lost."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhu.ui.gantt import Bar, Chart, Diamond, Row, Shadow, lanes, place, ticks

DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
SPANS = st.tuples(DAYS, st.integers(0, 900)).map(lambda pair: (pair[0], pair[0] + timedelta(days=pair[1])))
WINDOW = st.tuples(DAYS, st.integers(0, 2500)).map(lambda pair: (pair[0], pair[0] + timedelta(days=pair[1])))


def chart_of(window: tuple[date, date], spans: list[tuple[date, date]], today: date | None = None) -> Chart:
    bars = tuple(Bar(start, end, f"第{number}段") for number, (start, end) in enumerate(spans))
    diamonds = tuple(Diamond(end, "red", "到期") for _, end in spans)
    shadows = tuple(Shadow(start, end) for start, end in spans)
    return Chart(*window, (Row("一行", bars=bars, diamonds=diamonds, shadows=shadows),), today)


@given(WINDOW, st.lists(SPANS, max_size=12))
def test_everything_stays_on_the_track(window: tuple[date, date], spans: list[tuple[date, date]]) -> None:
    row = place(chart_of(window, spans)).rows[0]
    boxes = [box for _, box, _ in row.bars] + [box for _, box in row.shadows]
    assert all(0 <= box.left <= box.right <= 100.001 and box.width > 0 for box in boxes)
    assert all(0 <= box.left <= 100 and 0 <= box.lane < row.lanes for _, box in row.diamonds)


@given(WINDOW, st.lists(SPANS, max_size=12))
def test_exactly_what_touches_the_window_is_drawn(
    window: tuple[date, date], spans: list[tuple[date, date]]
) -> None:
    start, end = window
    row = place(chart_of(window, spans)).rows[0]
    inside = [span for span in spans if span[0] <= end and span[1] >= start]
    assert [(bar.start, bar.end) for bar, _, _ in row.bars] == inside
    assert [(box.cut_left, box.cut_right) for _, box, _ in row.bars] == [
        (first < start, last > end) for first, last in inside
    ]
    assert len(row.diamonds) == sum(start <= last <= end for _, last in spans)


@given(st.lists(SPANS, max_size=15))
def test_no_two_in_a_lane_share_a_day_and_no_lane_is_wasted(spans: list[tuple[date, date]]) -> None:
    chosen = lanes(spans)
    for i, (start, end) in enumerate(spans):
        for j in range(i):
            if chosen[i] == chosen[j]:
                assert end < spans[j][0] or spans[j][1] < start
    busiest = max((sum(s <= day <= e for s, e in spans) for day, _ in spans), default=0)
    assert len(set(chosen)) == busiest


@given(st.lists(SPANS, max_size=10), st.randoms())
def test_the_order_of_bars_does_not_change_their_number_of_lanes(
    spans: list[tuple[date, date]], random: object
) -> None:
    shuffled = list(spans)
    random.shuffle(shuffled)
    assert max(lanes(spans), default=0) == max(lanes(shuffled), default=0)


@given(WINDOW)
def test_ticks_cover_the_window_without_a_gap(window: tuple[date, date]) -> None:
    drawn = ticks(Chart(*window, ()))
    assert drawn[0].left == 0
    assert drawn[-1].left + drawn[-1].width == pytest.approx(100, abs=1e-3)
    for left, right in pairwise(drawn):
        assert left.left + left.width == pytest.approx(right.left, abs=1e-3)
    assert len(drawn) <= 18


@pytest.mark.parametrize(
    ("days", "unit", "second"),
    [
        (30, "week", date(2026, 3, 23)),
        (90, "month", date(2026, 4, 1)),
        (800, "quarter", date(2026, 4, 1)),
        (1900, "year", date(2027, 1, 1)),
    ],
)
def test_the_scale_follows_the_length(days: int, unit: str, second: date) -> None:
    start = date(2026, 3, 16)
    drawn = ticks(Chart(start, start + timedelta(days=days - 1), ()))
    assert (drawn[0].on, drawn[0].unit, drawn[1].on) == (start, unit, second)


def test_quarters_and_the_turn_of_the_year() -> None:
    drawn = ticks(Chart(date(2025, 11, 5), date(2027, 12, 31), ()))
    assert [(tick.on.year, tick.quarter) for tick in drawn[:3]] == [(2025, 4), (2026, 1), (2026, 2)]
    months = ticks(Chart(date(2025, 12, 5), date(2026, 3, 1), ()))
    assert [tick.on for tick in months[1:]] == [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]


def test_today_stands_in_the_middle_of_its_day_or_nowhere() -> None:
    ten = (date(2026, 1, 1), date(2026, 1, 10))
    assert place(chart_of(ten, [], date(2026, 1, 1))).today == 5
    assert place(chart_of(ten, [], date(2026, 1, 10))).today == 95
    assert place(chart_of(ten, [], date(2026, 1, 11))).today is None


def test_a_diamond_stands_in_the_lane_of_the_bar_it_ends() -> None:
    spans = [(date(2026, 1, 1), date(2026, 1, 20)), (date(2026, 1, 5), date(2026, 1, 25))]
    row = place(chart_of((date(2026, 1, 1), date(2026, 1, 31)), spans)).rows[0]
    assert [box.lane for _, box in row.diamonds] == [0, 1]


def test_words_stand_in_their_bar_after_it_or_nowhere() -> None:
    window = (date(2026, 1, 1), date(2026, 4, 10))  # 100 days: a day is a percent

    def where(*bars: Bar, diamonds: tuple[Diamond, ...] = ()) -> list[str]:
        row = place(Chart(*window, (Row("行", bars=bars, diamonds=diamonds),))).rows[0]
        return [label.where for _, _, label in row.bars]

    short = Bar(date(2026, 1, 1), date(2026, 1, 3), "很长的名字")
    close = Bar(date(2026, 1, 6), date(2026, 1, 30), "短")
    assert where(Bar(date(2026, 1, 1), date(2026, 1, 31), "短")) == ["in"]
    assert where(short) == ["after"]
    assert where(short, close) == ["none", "in"]
    assert where(Bar(date(2026, 1, 1), date(2026, 1, 3))) == ["none"]


def test_words_step_aside_for_a_diamond() -> None:
    bar, stone = (
        Bar(date(2026, 1, 1), date(2026, 1, 31), "管理办法"),
        Diamond(date(2026, 1, 3), "red", "出台"),
    )
    chart = Chart(date(2026, 1, 1), date(2026, 4, 10), (Row("行", bars=(bar,), diamonds=(stone,)),))
    (_, _, label), (_, box) = place(chart).rows[0].bars[0], place(chart).rows[0].diamonds[0]
    assert label.where == "in"
    assert label.indent > box.left


def test_the_key_explains_only_what_is_drawn() -> None:
    bars = (
        Bar(date(2026, 1, 1), date(2026, 1, 9), "甲", "work"),
        Bar(date(2027, 1, 1), date(2027, 1, 9), "外", "slip"),
    )
    row = Row("行", bars=bars, diamonds=(Diamond(date(2026, 1, 9), "yellow", "到期"),))
    drawn = place(Chart(date(2026, 1, 1), date(2026, 2, 1), (row,)))
    assert drawn.kinds == {"work", "diamond-open"}


def test_a_window_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^the window ends on 2026-01-01, before it starts on 2026-01-02$"):
        Chart(date(2026, 1, 2), date(2026, 1, 1), ())

"""Tags: what they draw, and that nothing written by people is ever read as markup."""

import re
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import engines
from django.utils import translation

from minhu.ui import filtering
from minhu.ui.charts import Interval, Mark, Matrix, MatrixRow
from minhu.ui.offers import FigureView, Light, Part, Segment
from tests.ui import gallery

EVIL = "<script>alert('x')</script>\"'"
ESCAPED = "&lt;script&gt;"


def draw(source: str, language: str = "en", **context: Any) -> str:
    """A line of template with the tags loaded, its white space squeezed."""
    with gallery.standing(), translation.override(language):
        template = engines["django"].from_string("{% load minhu i18n %}" + source)
        return " ".join(template.render(context, gallery.ask()).split())


def words(html: str) -> str:
    """What a reader sees of it."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize(
    ("language", "light", "said"),
    [
        ("zh-hans", Light("red", "逾期 12 天", "等会签"), "红 · 逾期 12 天 · 等会签"),
        ("en", Light("yellow", "postponed", "proof returned"), "Yellow · postponed · proof returned"),
        ("en", Light("done", "accepted"), "accepted"),
        ("en", Light("off", "not due"), "not due"),
        ("en", Light("purple", "unknown"), "unknown"),
    ],
)
def test_a_light_is_a_shape_a_word_and_a_reason(language: str, light: Light, said: str) -> None:
    html = draw("{% light it %}", language, it=light)
    assert words(html) == said
    assert html.count("<svg") == 1
    assert ("l-off" in html) == (light.tone in {"off", "purple"})


def test_every_tone_has_its_own_shape() -> None:
    drawn = [
        draw("{% light it reason=False %}", it=Light(tone, "x", "y"))
        for tone in ("red", "yellow", "blue", "done", "off")
    ]
    assert len({re.search(r"<path[^>]+>", html)[0] for html in drawn}) == 5
    assert not any("y" in words(html).split() for html in drawn)


def test_pips_take_things_with_lights_lights_and_plain_tones() -> None:
    class Milestone:
        light = Light("red", "late")

    html = draw("{% pips it %}", "zh-hans", it=[Light("done", ""), Milestone(), "blue", "nonsense"])
    assert re.findall(r'class="p-(\w+)"', html) == ["done", "red", "blue", "off"]
    assert re.search(r'aria-label="([^"]+)"', html)[1] == "4: 红 1, 蓝 1, 完成 1, 未到 1"


def test_segments_say_in_words_what_they_show() -> None:
    parts = (Segment(178, "work", "taken", "/x"), Segment(0, "off", "none"), Segment(4, "red", EVIL))
    html = draw("{% segments it key=True %}", it=parts)
    assert 'aria-label="taken 178, ' + ESCAPED in html
    assert html.count('class="s-work"') == 2
    assert "s-off" not in html
    assert '<a href="/x">taken 178</a>' in html
    assert draw("{% segments it %}", it=()) == ""


def test_numbers_in_pictures_do_not_follow_the_language() -> None:
    with translation.override("de"):
        html = draw("{% interval it %}", "de", it=Interval(83.7, 86.2, 88.3, 87.9, 90, 75, 100, "x"))
    assert "M83.7 12H88.3" in html
    assert "M87.9" in html
    assert "M90 " in html


@pytest.mark.parametrize(
    "source",
    [
        "{% light light %}",
        "{% tile evil view %}",
        "{% empty evil evil url=evil act=evil %}",
        "{% sentence parts %}",
        "{% marked evil spans %}",
        "{% thing evil %}",
        "{% stepper steps 1 %}",
        "{% matrix matrix %}",
        "{% gantt chart %}",
        "{% pips tones label=evil %}",
        "{% drawer 'd' evil evil %}{{ evil }}{% enddrawer %}",
        "{% panels 'gallery.thing' evil %}",
        "{% form form %}",
    ],
)
def test_nothing_written_by_people_becomes_markup(source: str) -> None:
    chart = gallery.chart()
    row = type(chart.rows[0])(EVIL, EVIL, EVIL, (type(chart.rows[0].bars[0])(chart.start, chart.end, EVIL),))
    context = {
        "evil": EVIL,
        "light": Light("red", EVIL, EVIL),
        "view": FigureView(EVIL, EVIL, "red", EVIL, EVIL, (Segment(1, "red", EVIL),)),
        "parts": (Part(EVIL), Part(EVIL, EVIL), Part(EVIL, "", True)),
        "spans": [(0, 5), (7, 9)],
        "steps": [EVIL],
        "matrix": Matrix(
            EVIL, (EVIL,), (MatrixRow(EVIL, EVIL, (Mark("full", EVIL, EVIL),)), MatrixRow(EVIL, remark=EVIL))
        ),
        "chart": type(chart)(chart.start, chart.end, (row,), head=EVIL),
        "tones": ["red"],
        "form": gallery.Trial({"title": EVIL, "note": EVIL, "kind": EVIL}),
    }
    html = draw(source, **context)
    assert "lert(" in html
    assert "<script" not in html
    for value in re.findall(r'(?:title|href|aria-label|value)="([^"]*)"', html):
        assert "'" not in value.replace("&#x27;", "")


def test_marked_text_marks_its_spans() -> None:
    html = draw("{% marked text spans %}", text="a<b>cd", spans=[(1, 4), (5, 6)])
    assert html == "a<mark>&lt;b&gt;</mark>c<mark>d</mark>"
    assert draw("{% marked text %}", text="a&b") == "a&amp;b"


def test_a_tile_opens_the_rows_behind_its_number() -> None:
    assert '<a href="/gaps" class="late">4</a>' in draw(
        "{% tile 'q' it %}", it=FigureView(4, "gaps", "red", "", "/gaps")
    )
    assert "<b>0</b>" in draw("{% tile 'q' it %}", it=FigureView(0))


def test_a_panel_that_has_nothing_to_say_is_absent() -> None:
    html = draw("{% panels 'gallery.thing' it %}", it="said")
    assert html.count("<section") == 1
    assert words(html) == "规则立改废 2 件 said"
    assert draw("{% panels 'nobody.here' it %}", it="said") == ""


def test_the_gantt_stands_as_a_table_too() -> None:
    html = draw("{% gantt it %}", "zh-hans", it=gallery.chart())
    chart = gallery.chart()
    things = sum(len(row.bars) + len(row.diamonds) for row in chart.rows)
    assert html.count("<tr>") == things + 1
    assert re.findall(r'class="tick"[^>]*>([^<]+)<', html) == ["2026年3月", "4月", "5月", "6月"]
    assert "<table" not in draw("{% gantt it data=False %}", it=chart)
    assert not re.search(r'style="(?!--)', html)


def test_a_stepper_marks_where_it_stands() -> None:
    html = draw("{% stepper it 2 %}", it=["a", "b", "c"])
    assert re.findall(r"<li([^>]*)>", html) == [' class="ok"', ' aria-current="step"', ""]


def test_the_pager_keeps_the_filters() -> None:
    html = draw("{% pager it %}", it=Paginator(range(100), 10).page(2))
    assert "?state=running&amp;q=%E8%90%A5%E5%95%86&amp;page=3" in html
    assert words(html).startswith("100 rows")
    assert draw("{% pager it %}", it=Paginator(range(5), 10).page(1)) == ""


def test_filters_show_what_is_on_and_how_to_take_it_off() -> None:
    form = gallery.Sieve({"state": "running", "q": "营商", "light": ""})
    html = draw("{% filters it 12 %}", it=form)
    assert "12 found" in html
    assert [words(chip) for chip in re.findall(r'<a class="tag chip".*?</a>', html)] == [
        "Take off 关键词: 营商", "Take off 状态: 实施"
    ]  # fmt: skip


def test_taking_a_filter_off_keeps_the_others_and_goes_to_the_first_page() -> None:
    class Many(forms.Form):
        unit = forms.MultipleChoiceField(choices=[("Group", [("a", "Alpha"), ("b", "Beta")])], label="Unit")

    query = QueryDict("unit=a&unit=b&page=3&other=1")
    on = filtering.active(Many(query), query)
    assert [(one.value, one.without) for one in on] == [
        ("Alpha", "?unit=b&other=1"),
        ("Beta", "?unit=a&other=1"),
    ]


def test_a_field_ties_label_hint_error_and_control_together() -> None:
    form = gallery.Trial({"title": "", "area": "八十", "kind": "major"}, auto_id="id_%s")
    html = draw("{% field it.title %}", it=form)
    assert '<label for="id_title">名称</label>' in html
    assert 'id="id_title_helptext"' in html
    assert 'id="id_title_error"' in html
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'aria-invalid="true"' in html
    assert "(optional)" not in html
    assert "(optional)" in draw("{% field it.area %}", it=form)


def test_what_is_no_number_stays_in_its_box() -> None:
    html = draw("{% field it.area %}", it=gallery.Trial({"area": "八十"}))
    assert 'value="八十"' in html
    assert 'type="number"' not in html
    assert 'inputmode="decimal"' in html


def test_choices_are_a_group_with_a_legend() -> None:
    html = draw("{% field it.cold %}", it=gallery.Trial(auto_id="id_%s"))
    assert "<legend>做不做</legend>" in html
    assert html.count('class="choice"') == 2


def test_errors_say_what_and_lead_to_where() -> None:
    html = draw(
        "{% form it %}", "zh-hans", it=gallery.Trial({"title": "一" * 30, "kind": "major"}, auto_id="id_%s")
    )
    assert words(html).startswith("有 3 处要改，填过的内容都在 名称: 最多 20 个字，现在是 30 个。")
    assert '<a href="#id_title">' in html
    assert html.count('type="hidden"') == 1
    assert "data-errors" not in draw("{% form it %}", it=gallery.Trial())


def test_an_unknown_icon_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        draw("{% icon 'unicorn' %}")

"""One page that holds every component, for tests and for looking at; no room is needed to draw it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

from django import forms
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import Engine, engines
from django.test import RequestFactory
from django.utils import translation

from minhu.ui import offers
from minhu.ui.charts import Interval, Mark, Matrix, MatrixRow
from minhu.ui.gantt import Bar, Chart, Diamond, Row, Shadow
from minhu.ui.offers import FigureView, Light, Nav, Panel, PanelView, Part, Segment

NAMES = (
    "企业综合服务中心与服务经理人长效机制",
    "开办餐饮店一件事",
    "强村富民乡村集成改革",
    "全域国土空间综合整治",
)


@dataclass(frozen=True)
class Somebody:
    """A reader that may do everything."""

    signed_in: bool = True
    title: str = "综合科科长"
    organisation_name: str = "区委改革办"
    post: str = "gaige-1"
    hats: tuple = ()

    def may(self, right: str) -> bool:
        return right != "forbidden"


class Trial(forms.Form):
    """A form with every kind of control."""

    title = forms.CharField(label="名称", help_text="写全称，办文时会直接引用。", max_length=20)
    area = forms.DecimalField(label="经营面积（平方米）", required=False)
    kind = forms.ChoiceField(
        label="类别", choices=[("major", "重大改革"), ("key", "重点改革"), ("micro", "微改革")]
    )
    cold = forms.ChoiceField(label="做不做", choices=[("y", "做"), ("n", "不做")], widget=forms.RadioSelect)
    sure = forms.BooleanField(label="我已核对", help_text="核对后才能提交。")
    note = forms.CharField(label="说明", widget=forms.Textarea, required=False)
    proof = forms.FileField(label="证据", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


class Sieve(forms.Form):
    """A filter bar."""

    q = forms.CharField(label="关键词", required=False)
    state = forms.ChoiceField(label="状态", choices=[("", "全部"), ("running", "实施")], required=False)
    light = forms.ChoiceField(label="灯", choices=[("", "全部"), ("red", "红")], required=False)


def chart() -> Chart:
    """Ninety days of four reforms."""
    day = date
    rows = (
        Row(
            NAMES[0],
            "/r/1",
            "区行政审批办",
            (
                Bar(day(2026, 3, 1), day(2026, 3, 30), "管理办法", critical=True, url="/b/1"),
                Bar(day(2026, 3, 31), day(2026, 4, 7), "", "slip"),
                Bar(day(2026, 4, 8), day(2026, 5, 17), "经理人上岗与培训"),
            ),
            (Diamond(day(2026, 3, 19), "red", "办法出台"), Diamond(day(2026, 5, 17), "off", "上岗")),
            (Shadow(day(2026, 3, 16), day(2026, 4, 18)),),
        ),
        Row(
            NAMES[1],
            "/r/2",
            "区市场监管局",
            (
                Bar(day(2026, 3, 16), day(2026, 3, 30), "接口联调", "work"),
                Bar(day(2026, 3, 25), day(2026, 4, 28), "试运行", "work"),
                Bar(day(2026, 4, 1), day(2026, 7, 13), "全区铺开"),
            ),
            (Diamond(day(2026, 3, 24), "done", "接口文档"),),
        ),
        Row(
            NAMES[2],
            "",
            "区农业农村局",
            (Bar(day(2026, 3, 28), day(2026, 4, 2), "用地细则与备案"),),
            (Diamond(day(2026, 4, 28), "yellow", "备案"),),
        ),
        Row(
            NAMES[3],
            "/r/4",
            "区资规分局",
            (Bar(day(2026, 4, 6), day(2026, 5, 28), "二次开发第二批", "what"),),
        ),
    )
    return Chart(day(2026, 3, 16), day(2026, 6, 13), rows, today=day(2026, 3, 31), head="改革 · 牵头单位")


def context() -> dict:
    """Everything the gallery shows."""
    lights = [
        Light("red", "逾期 12 天", "等待区财政局会签（经费条款）"),
        Light("yellow", "延期中", "证据退回：缺合法性审查"),
        Light("blue", "还有 4 天", "证据已交，等待验收"),
        Light("done", "已验收", ""),
        Light("off", "未到期", ""),
    ]
    parts = (Segment(178, "work", "承接", "/x"), Segment(4, "off", "不适用"), Segment(4, "red", "盲区"))
    grown = (Segment(51, "done", "验收"), Segment(3, "yellow", "延期"), Segment(3, "red", "逾期"))
    lead, support = Mark("full", "牵头"), Mark("ring", "配合")
    marked = (
        MatrixRow("17 数据要素登记互认", "/c/17", remark="无人应答", blind=True),
        MatrixRow("11 “一件事”集成改革", "/c/11", (None, lead, None, support, support)),
        MatrixRow("22 全域国土空间综合整治", "", (None, None, lead, None, support)),
    )
    matrix = Matrix("条款", ("改革办", "审批办", "经信", "发改", "数据"), marked)
    bad = Trial(
        {"title": "一" * 30, "area": "八十", "kind": "major", "note": "<b>写过的字</b>"}, auto_id="id_%s"
    )
    return {
        "lights": lights,
        "names": NAMES,
        "opening": offers.sentence(
            "{all} 条上级条款里，{gaps}还没有人接。本季 {due} 个节点，{late}逾期，最久的 12 天，卡在会签。",
            all=186,
            gaps=Part("4 条", "/gaps", True),
            due=57,
            late=Part("3 个", "/late", True),
        ),
        "tiles": [
            ("都接住了吗？", FigureView(4, "条盲区", "red", "186 条，承接 178，不适用 4", "/gaps", parts)),
            ("什么晚了？", FigureView(3, "个节点逾期", "red", "本季 57 个，验收 51，临近 3", "/late", grown)),
            ("固化成制度了吗？", FigureView("12/31", "项改革", "", "销号 31 项，12 项有制度", "/rules", ())),
            ("数据到哪天？", FigureView("3月31日", "", "", "没有新证据的节点按上次的算", "", ())),
        ],
        "estimate": Interval(83.7, 86.2, 88.3, 87.9, 90, 75, 100, "满意率"),
        "parts": parts,
        "chart": chart(),
        "matrix": matrix,
        "bad": bad,
        "clean": Trial(auto_id="c_%s"),
        "sieve": Sieve({"state": "running", "q": "营商", "light": ""}, auto_id="s_%s"),
        "page": Paginator(range(1234), 25).page(7),
        "text": "一体推进<企业综合服务中心>和服务经理人机制建设，健全诉求归集、交办、反馈闭环。",
        "spans": [(4, 15), (16, 21), (29, 37)],
        "steps": ["谋划", "论证", "立项", "实施", "验收", "销号", "推广"],
        "messages": [
            Message(25, "已提交“诉求归集运行记录”，等区委改革办验收。"),
            Message(40, "没有保存：标题太长。"),
        ],
    }


def said_of(thing: object, reader: object) -> PanelView:
    """A panel that shows its thing."""
    return PanelView("gallery/panel.html", {"said": thing}, "2 件")


OFFERED = SimpleNamespace(
    __name__="gallery",
    NAV=[
        Nav("", "驾驶舱", "ui:look", 1, "see"),
        Nav("", "我的工作台", "ui:language", 2, "see"),
        *[
            Nav(glyph, words, "ui:language", 20 + place, "see")
            for place, (glyph, words) in enumerate(
                [("听", "民声"), ("接", "承接"), ("列", "清单"), ("谋", "施工图"), ("办", "办件")]
            )
        ],
        Nav("", "依据", "ui:language", 90, "see"),
        Nav("", "看不见的", "ui:language", 91, "forbidden"),
        Nav("", "还没有建的", "voices:list", 92, "see"),
    ],
    PANELS=[
        Panel("gallery.thing", "规则立改废", said_of),
        Panel("gallery.thing", "没有的", lambda thing, reader: None, 60),
    ],
)


@contextmanager
def standing() -> Iterator[None]:
    """The offers and templates of the gallery in place of those of the rooms."""
    before, engine = offers.clear(), engines["django"].engine
    offers.register(OFFERED)
    try:
        with patch.object(engine, "dirs", [str(Path(__file__).parent / "templates")]):
            forget(engine)
            yield
    finally:
        offers.restore(before)
        forget(engine)


def forget(engine: Engine) -> None:
    """Templates are remembered by name: forget them when the folders change."""
    for loader in engine.template_loaders:
        loader.reset()


def ask(look: str = "light", path: str = "/ui/look/?state=running&q=营商") -> HttpRequest:
    """A request of somebody who may do everything."""
    request = RequestFactory().get(path, headers={"cookie": f"minhu_look={look}"})
    request.reader = Somebody()
    return request


def render(language: str = "zh-hans", look: str = "light") -> str:
    """The gallery as HTML, in a language and a look."""
    with standing(), translation.override(language):
        return engines["django"].get_template("gallery/page.html").render(context(), ask(look))

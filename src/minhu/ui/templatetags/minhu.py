"""The tags every page is built from; each is shown with an example in ui/README.md."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField, Form
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from minhu.ui import charts, filtering, gantt, icons, offers, text

register = template.Library()

TONE_WORDS = {
    "red": pgettext_lazy("tone", "Red"),
    "yellow": pgettext_lazy("tone", "Yellow"),
    "blue": pgettext_lazy("tone", "Blue"),
    "done": pgettext_lazy("tone", "Done"),
    "off": pgettext_lazy("tone", "Not yet"),
}
# These tones are named before the word: "Red · 12 days late"; the others are told by the word alone.
SPOKEN = ("red", "yellow", "blue")


@register.simple_tag
def icon(name: str) -> SafeString:
    """`{% icon "print" %}`: a line icon."""
    return icons.icon(name)


@register.inclusion_tag("ui/tags/light.html")
def light(lit: Any, reason: bool = True, stacked: bool = False) -> dict[str, Any]:
    """`{% light milestone.light %}`: shape, word and reason; `reason=False` in narrow cells."""
    tone = lit.tone if lit.tone in TONE_WORDS else "off"
    return {
        "tone": tone,
        "shape": icons.shape(tone),
        "name": TONE_WORDS[tone] if tone in SPOKEN else "",
        "word": lit.word,
        "reason": lit.reason if reason else "",
        "stacked": stacked,
    }


@register.inclusion_tag("ui/tags/pips.html")
def pips(things: Iterable[Any], label: offers.Words = "", wide: bool = False) -> dict[str, Any]:
    """`{% pips milestones %}`: one pip for each proof to be given, never a percentage."""
    tones = [tone_of(thing) for thing in things]
    counted = Counter(tones)
    told = ", ".join(f"{TONE_WORDS[tone]} {counted[tone]}" for tone in TONE_WORDS if counted[tone])
    return {"tones": tones, "label": label or f"{len(tones)}: {told}", "wide": wide}


def tone_of(thing: Any) -> str:
    """The tone of a thing with a light, of a light, or of a plain word."""
    lit = getattr(thing, "light", thing)
    tone = getattr(lit, "tone", lit)
    return tone if tone in TONE_WORDS else "off"


@register.inclusion_tag("ui/tags/segments.html")
def segments(parts: Iterable[offers.Segment], key: bool = False, thin: bool = False) -> dict[str, Any]:
    """`{% segments parts %}`: parts of a whole on one bar, said in words for those who do not see it."""
    cuts = charts.cut(parts)
    told = ", ".join(f"{cut.segment.word} {cut.segment.value:g}" for cut in cuts if cut.segment.word)
    return {"cuts": cuts, "told": told, "key": key, "thin": thin}


@register.inclusion_tag("ui/tags/interval.html")
def interval(estimate: charts.Interval) -> dict[str, Any]:
    """`{% interval satisfaction %}`: a value with its doubt, what it was, what it should be."""
    return {"it": estimate, "width": estimate.most - estimate.least}


@register.inclusion_tag("ui/tags/gantt.html")
def gantt_(chart: gantt.Chart, data: bool = True) -> dict[str, Any]:
    """`{% gantt chart %}`: rows over time, with the same as a table behind a toggle."""
    return {"drawing": gantt.place(chart), "chart": chart, "data": data}


register.tag("gantt", register.tags.pop("gantt_"))


@register.inclusion_tag("ui/tags/matrix.html")
def matrix(table: charts.Matrix) -> dict[str, Any]:
    """`{% matrix table %}`: rows against columns with a mark in each cell."""
    return {"table": table}


@register.inclusion_tag("ui/tags/tile.html")
def tile(question: offers.Words, view: offers.FigureView) -> dict[str, Any]:
    """`{% tile figure.question view %}`: a question, its number, what the number is made of."""
    return {"question": question, "view": view}


@register.inclusion_tag("ui/tags/empty.html")
def empty(
    title: offers.Words, next_step: offers.Words = "", url: str = "", act: offers.Words = ""
) -> dict[str, Any]:
    """`{% empty _("Nothing yet") _("Do this") url=… act=… %}`: an empty state teaches the next step."""
    return {"title": title, "next_step": next_step, "url": url, "act": act}


@register.simple_tag
def sentence(parts: Iterable[offers.Part]) -> SafeString:
    """`{% sentence parts %}`: a plain sentence whose numbers open the rows behind them."""
    return format_html_join("", "{}", ((part_html(part),) for part in parts))


def part_html(part: offers.Part) -> SafeString | str:
    """A piece of a sentence as a link, a late word, or plain text."""
    late = mark_safe(' class="late"') if part.late else ""
    if part.url:
        return format_html('<a href="{}"{}>{}</a>', part.url, late, part.text)
    return format_html("<b{}>{}</b>", late, part.text) if part.late else format_html("{}", part.text)


@register.simple_tag
def marked(words: str, spans: Iterable[text.Span] = ()) -> SafeString:
    """`{% marked clause.text answer.spans %}`: text with the given character spans marked."""
    pieces = text.pieces(words, spans or ())
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", piece) if hit else piece,) for piece, hit in pieces)
    )


@register.simple_tag
def thing(name: str) -> SafeString:
    """`{% thing "reforms.milestone:12" %}`: a thing of any room by its title, linked."""
    title, url = offers.thing_link(name)
    return format_html('<a href="{}">{}</a>', url, title) if url else format_html("{}", title)


@register.inclusion_tag("ui/tags/stepper.html")
def stepper(steps: Iterable[offers.Words], current: int) -> dict[str, Any]:
    """`{% stepper stages reform.stage_number %}`: steps in a row; `current` counts from 1."""
    words = list(steps)
    return {"steps": words, "current": current, "total": len(words)}


@register.inclusion_tag("ui/tags/pager.html", takes_context=True)
def pager(context: Context, page: "Page[Any]") -> dict[str, Any]:
    """`{% pager page %}`: pages of a long list; the filters in the address stay."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    count = page.paginator.count
    return {
        "page": page,
        "numbers": list(numbers),
        "request": context.get("request"),
        "ellipsis": page.paginator.ELLIPSIS,
        "counted": ngettext("%(count)d row", "%(count)d rows", count) % {"count": count},
    }


@register.inclusion_tag("ui/tags/filters.html", takes_context=True)
def filters(context: Context, form: Form, total: int | None = None) -> dict[str, Any]:
    """`{% filters form total %}`: a bound GET form as a bar; what is on can be taken off one by one."""
    request = context["request"]
    return {"form": form, "total": total, "active": filtering.active(form, request.GET), "request": request}


@register.inclusion_tag("ui/tags/field.html")
def field(bound: BoundField, wide: bool = True) -> dict[str, Any]:
    """`{% field form.title %}`: label, hint, error and control, tied together for screen readers."""
    widget = bound.field.widget
    if getattr(widget, "input_type", "") == "number":
        # A number box throws away what is not a number; a text box keeps what was typed, so it can be mended.
        widget.input_type = "text"
        widget.attrs = {"inputmode": "decimal"}
    kind = getattr(widget, "input_type", "")
    multiple = hasattr(widget, "create_option") and kind in {"radio", "checkbox"}
    return {"bound": bound, "kind": kind, "many": multiple, "wide": wide}


@register.inclusion_tag("ui/tags/form.html")
def form(bound: Form) -> dict[str, Any]:
    """`{% form form %}`: what is wrong in one place with links, then every field."""
    return {"form": bound}


@register.inclusion_tag("ui/tags/errors.html")
def errors(bound: Form) -> dict[str, Any]:
    """`{% errors form %}`: only the summary of what is wrong, for forms laid out by hand."""
    return {"form": bound, "count": sum(len(listed) for listed in bound.errors.values())}


@register.simple_tag(takes_context=True)
def panels(context: Context, anchor: str, subject: Any) -> SafeString:
    """`{% panels "reforms.reform" reform %}`: the cards other rooms offer for this thing."""
    reader = getattr(context.get("request"), "reader", None)
    drawn = ((panel_html(context, panel, subject, reader),) for panel in offers.panels(anchor))
    return format_html_join("\n", "{}", drawn)


def panel_html(context: Context, panel: offers.Panel, subject: Any, reader: Any) -> SafeString:
    """One panel, or nothing where its room has nothing to show this reader."""
    view = panel.build(subject, reader)
    if view is None:
        return SafeString("")
    engine = context.template.engine  # type: ignore[union-attr]  # a tag is always drawn by a template
    inner, frame = engine.get_template(view.template), engine.get_template("ui/tags/panel.html")
    with context.push(**view.context, thing=subject):
        body = inner.render(context)
    with context.push(panel=panel, view=view, body=body):
        return frame.render(context)


@register.simple_block_tag
def drawer(content: str, anchor: str, title: offers.Words, note: offers.Words = "") -> SafeString:
    """`{% drawer "whatif" _("What if") %}…{% enddrawer %}`: beside the page, a sheet over it on a phone."""
    return format_html(
        '<aside class="drawer" id="{0}" aria-labelledby="{0}-title" data-drawer>'
        '<header><h2 id="{0}-title">{1}</h2>{2}<a class="btn slim bare close" href="#main" data-closes="{0}">'
        '{3}</a></header><div class="body">{4}</div></aside>',
        anchor,
        title,
        format_html('<p class="muted small">{}</p>', note) if note else "",
        _("Close"),
        content,
    )

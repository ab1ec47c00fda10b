"""A kind of case as its page shows it: steps, tables, clocks with their articles, papers, what to look at."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from minhu.cases.bridge.compiling import Compiled
from minhu.cases.bridge.guard_words import cell_words, guard_words
from minhu.cases.queries.kinds import current_kind
from minhu.cases.queries.naming import listed
from minhu.packs.kinds import AUTOMATIC, OPENER, ClockSpec, EffectSpec, StepSpec, TableSpec
from minhu.rulebook.models import Limit
from minhu.rulebook.queries import Missing, limit

HOLE = re.compile(r"\{([\w.]+)\}")


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step in words; `notes`: what else holds, each a line."""

    code: str
    title: str
    who: str
    by_itself: bool
    before: str
    after: str
    asks: tuple[str, ...]
    guard: str
    clocks: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """A decision table in words."""

    code: str
    title: str
    basis: str
    article: str
    hit: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], tuple[str, ...], str], ...]


@dataclass(frozen=True, slots=True)
class ClockRow:
    """A clock: its limit as it holds today (one for each choice that has its own), and what moves it."""

    title: str
    code: str
    is_first: bool
    limits: tuple[tuple[str, Limit | None], ...]
    starts: str
    stops: str
    pauses: tuple[tuple[str, str], ...]


def step_rows(kind: Compiled, on: date) -> list[StepRow]:
    """Every step, in the order in which it is tried; limits as they hold on a day."""
    net = kind.net.index.transition
    return [
        StepRow(
            code=step.code,
            title=step.title or step.code,
            who=who(kind, step, on),
            by_itself=bool(step.on),
            before=listed(kind.title(code) for code in (*step.takes, *step.reads)),
            after=listed(kind.title(code) for code in step.puts),
            asks=tuple(ask_words(kind, name) for name in step.asks),
            guard=guard_words(kind, net[step.code].guard),
            clocks=tuple(clock_words(kind, step, on)),
            notes=tuple(notes(kind, step)),
        )
        for step in kind.spec.step
    ]


def who(kind: Compiled, step: StepSpec, on: date) -> str:
    """Who does a step, or what sets it off."""
    timers = {timer.code: timer for timer in kind.spec.timer}
    if step.on == AUTOMATIC:
        return _("by itself")
    if step.on in timers:
        row = known_limit(timers[step.on].limit, on)
        amount = row.amount if row else timers[step.on].limit
        return _("by itself, after %(amount)s") % {"amount": amount}
    if step.on:
        return _("a case opened from it")
    places = (kind.places.get(code) for code in (*step.takes, *step.reads))
    role = step.role or next((place.role for place in places if place and place.role), "")
    return role_words(kind, role or OPENER)


def role_words(kind: Compiled, code: str) -> str:
    """A role in words; the opener needs no declaration, so it has a name of its own."""
    return kind.title(code) if code in kind.roles and kind.roles[code].title else _("whoever opened it")


def ask_words(kind: Compiled, name: str) -> str:
    """A field asked for, and whether it may be left out."""
    code = name.removesuffix("?")
    title = kind.title(code)
    return _("%(field)s (if any)") % {"field": title} if code != name else title


def clock_words(kind: Compiled, step: StepSpec, on: date) -> Iterator[str]:
    """Clocks that a step starts, stops, holds, or must be early for."""
    seen = {step.code, *step.puts}
    for clock in kind.spec.clock:
        if seen & set(clock.starts):
            yield _("starts “%(clock)s”") % {"clock": clock.title}
        if seen & set(clock.stops):
            yield _("stops “%(clock)s”") % {"clock": clock.title}
    for code in step.puts:
        if reason := kind.places[code].pauses:
            pause = kind.pauses[reason]
            yield _("holds the clocks: %(reason)s (%(clause)s)") % {
                "reason": pause.title,
                "clause": pause.clause,
            }
    for pair in step.extends:
        name, _sign, code = pair.partition("=")
        row, title = known_limit(code.strip(), on), title_of_clock(kind, name.strip())
        yield _("extends “%(clock)s” by %(amount)s") % {"clock": title, "amount": row.amount if row else code}
    if step.lead:
        row, title = known_limit(step.lead.limit, on), title_of_clock(kind, step.lead.clock)
        words = _("at least %(amount)s before “%(clock)s” ends")
        yield words % {"amount": row.amount if row else step.lead.limit, "clock": title}


def title_of_clock(kind: Compiled, code: str) -> str:
    """The title of a clock."""
    return kind.clocks[code].title if code in kind.clocks else code


def notes(kind: Compiled, step: StepSpec) -> Iterator[str]:
    """What else holds of a step."""
    if step.assigns:
        roles = listed(kind.title(name.removesuffix("?")) for name in step.assigns)
        yield _("chooses %(roles)s") % {"roles": roles}
    if step.decides:
        tables = listed(kind.tables[code].table.title for code in step.decides)
        yield _("asks the table %(tables)s") % {"tables": tables}
    if step.apart:
        others = listed(f"“{kind.title(code)}”" for code in step.apart)
        words = (
            _("by another post than %(steps)s") if step.apart_by == "post" else _("by others than %(steps)s")
        )
        yield words % {"steps": others}
    if step.paper:
        yield _("makes the paper “%(paper)s”") % {"paper": kind.papers[step.paper].title}
    for code in step.spaced:
        yield kind.spacings[code].title
    yield from (effect_words(kind, effect) for effect in step.effect)


def effect_words(kind: Compiled, effect: EffectSpec) -> str:
    """What the worker does afterwards."""
    if effect.kind == "notice":
        return _("tells %(role)s") % {"role": role_words(kind, effect.to)}
    if effect.kind == "open":
        words = _("opens a case “%(kind)s” for each %(role)s")
        row = current_kind(effect.of)
        return words % {"kind": row.title if row else effect.of, "role": role_words(kind, effect.each)}
    if effect.kind == "signal":
        return _("tells the case it was opened from")
    return _("asks the author for a rating")


def table_views(kind: Compiled) -> list[TableView]:
    """Every decision table."""
    return [table_view(kind, table) for table in kind.spec.table]


def table_view(kind: Compiled, table: TableSpec) -> TableView:
    """One table, its cells in words."""
    ins, outs = [one.name for one in table.input], [one.name for one in table.output]
    rows = tuple(
        (
            tuple(cell_words(kind, name, cell) for name, cell in zip(ins, row.when, strict=True)),
            tuple(cell_words(kind, name, cell) for name, cell in zip(outs, row.then, strict=True)),
            row.note,
        )
        for row in table.rule
    )
    heads = tuple(one.title or kind.title(one.name) for one in table.input)
    tails = tuple(one.title or kind.title(one.name) for one in table.output)
    return TableView(
        table.code, table.title, table.basis, table.article, hit_words(table.hit), heads, tails, rows
    )


def hit_words(hit: str) -> str:
    """What a hit policy means."""
    words = {
        "U": _("exactly one row fits"), "A": _("several rows may fit and say the same"),
        "P": _("of the rows that fit, the most important answer holds"),
        "F": _("the first row that fits holds"), "C": _("all rows that fit hold"),
        "R": _("all rows that fit hold, in their order"),
        "O": _("all rows that fit hold, the most important first"),
    }  # fmt: skip
    return words[hit]


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper in words, with the titles of what is filled in."""

    title: str
    number: str
    body: tuple[str, ...]


def paper_views(kind: Compiled) -> list[PaperView]:
    """Every paper."""
    return [
        PaperView(
            with_titles(kind, one.title), one.number, tuple(with_titles(kind, words) for words in one.body)
        )
        for one in kind.spec.paper
    ]


def with_titles(kind: Compiled, text: str) -> str:
    """A text with titles where values will stand."""
    own = {
        "number": _("number of the paper"), "date": _("day of issue"), "to": _("addressee"),
        "case": _("number of the case"), "title": _("title of the case"), "year": _("year"),
    }  # fmt: skip

    def title(found: re.Match[str]) -> str:
        code = found[1]
        if code in kind.fields or code in kind.roles:
            return f"〔{kind.title(code)}〕"
        if code.startswith("due."):
            return f"〔{title_of_clock(kind, code[4:])}〕"
        return f"〔{own.get(code, code)}〕"

    return HOLE.sub(title, text)


def clock_rows(kind: Compiled, on: date) -> list[ClockRow]:
    """Every clock with its limits as they hold on a day."""
    return [
        ClockRow(
            title=clock.title,
            code=clock.code,
            is_first=number == 0,
            limits=tuple(limits_of(kind, clock, on)),
            starts=listed(f"“{kind.title(code)}”" for code in clock.starts),
            stops=listed(f"“{kind.title(code)}”" for code in clock.stops),
            pauses=tuple((kind.pauses[one].title, kind.pauses[one].clause) for one in clock.pauses),
        )
        for number, clock in enumerate(kind.spec.clock)
    ]


def limits_of(kind: Compiled, clock: ClockSpec, on: date) -> Iterator[tuple[str, Limit | None]]:
    """The limit of a clock, or one for each choice of the field that tells its kinds apart."""
    choices = kind.choices.get(clock.by, {})
    if not choices:
        yield "", known_limit(clock.limit, on)
    for value, title in choices.items():
        yield title, known_limit(clock.limit, on, value)


def known_limit(code: str, on: date, kind: str = "") -> Limit | None:
    """A limit as it holds on a day, or nothing."""
    try:
        return limit(code, on=on, place=settings.MINHU_PLACE, kind=kind or None)
    except Missing:
        return None

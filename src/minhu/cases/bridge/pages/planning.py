"""A plan of cases that may not crowd: bodies against months, clashes marked with their reason."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from minhu.cases.bridge.compiling import Compiled, compiled
from minhu.cases.models import Kind
from minhu.cases.queries.naming import listed
from minhu.cases.queries.plan import Planned, planned_cases
from minhu.methods.timing import month_later
from minhu.packs.kinds import SpacingSpec
from minhu.people.rules import Reader
from minhu.rulebook.queries import Missing, limit
from minhu.ui.gantt import Bar, Chart, Row


@dataclass(frozen=True, slots=True)
class Clash:
    """A case too close to others: which rule, with which, and what it means for its approval."""

    one: Planned
    rule: str
    reason: str
    waits: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """A spacing rule with its limits as they hold today."""

    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of one year; `waiting`: how many cases still wait for the step that looks at it."""

    chart: Chart | None
    clashes: tuple[Clash, ...]
    rules: tuple[Rule, ...]
    shown: tuple[Planned, ...]
    waiting: int


def plan_of(kind: Kind, year: int, on: date, reader: Reader) -> Plan:
    """The plan of a kind that has spacing rules."""
    ready = compiled(kind)
    per = list(dict.fromkeys(name for spacing in ready.spec.spacing for name in spacing.per))
    found = planned_cases(kind.code, per, year, on, reader)
    clashes = [clash for spacing in ready.spec.spacing for clash in clashes_of(ready, spacing, found, on)]
    clashes = [clash for clash in clashes if clash.one.start.year == year]
    shown = tuple(one for one in found if one.start.year == year or one.end.year >= year)
    waits = sum(1 for one in shown if waits_for_approval(ready, one))
    chart = chart_of(ready, shown, clashes, year, on) if shown else None
    return Plan(chart, tuple(clashes), tuple(rules_of(ready, on)), shown, waits)


def clashes_of(kind: Compiled, spacing: SpacingSpec, found: Sequence[Planned], on: date) -> Iterable[Clash]:
    """Cases that one rule finds too close, each told against the ones before it."""
    groups: dict[tuple[frozenset[str], ...], list[Planned]] = defaultdict(list)
    for one in found:
        key = tuple(one.alike.get(name, frozenset()) for name in spacing.per)
        if all(key):
            groups[key].append(one)
    months, most = count_of(spacing.window, on), count_of(spacing.most, on)
    for alike in groups.values():
        for number, one in enumerate(alike):
            before = alike[:number]
            near = [
                o
                for o in before
                if months is not None and (o.is_open or month_later(o.start, months) > one.start)
            ]
            same_year = [o for o in before if o.start.year == one.start.year]
            if near:
                yield Clash(
                    one, spacing.title, near_words(near[-1], months or 0), waits_for_approval(kind, one)
                )
            if most is not None and len(same_year) >= most:
                yield Clash(one, spacing.title, often_words(same_year, most), waits_for_approval(kind, one))


def near_words(other: Planned, months: int) -> str:
    """Why two cases are too close."""
    words = _("“%(title)s” (%(number)s) about the same is open or was begun less than %(n)s months before.")
    return words % {"title": other.case.title, "number": other.case.number, "n": months}


def often_words(others: Sequence[Planned], most: int) -> str:
    """Why a case is one too many in its year."""
    words = _("%(n)s about the same this year already (%(numbers)s); at most %(most)s.")
    return words % {"n": len(others), "numbers": listed(o.case.number for o in others), "most": most}


def rules_of(kind: Compiled, on: date) -> Iterable[Rule]:
    """The rules in words."""
    for spacing in kind.spec.spacing:
        same = listed(kind.title(name) for name in spacing.per)
        months, most = count_of(spacing.window, on), count_of(spacing.most, on)
        parts = []
        if months is not None:
            parts.append(_("none within %(n)s months") % {"n": months})
        if most is not None:
            parts.append(_("at most %(n)s a year") % {"n": most})
        yield Rule(spacing.title, _("alike in %(same)s: %(rule)s") % {"same": same, "rule": listed(parts)})


def count_of(code: str, on: date) -> int | None:
    """A limit of the rulebook as a number; None if none is named or none holds."""
    try:
        return limit(code, on=on).days if code else None
    except Missing:
        return None


def waits_for_approval(kind: Compiled, one: Planned) -> bool:
    """Whether a case still rests where the step that looks at the plan begins."""
    takes = {code for step in kind.spec.step if step.spaced for code in step.takes}
    return bool(one.at & takes)


def chart_of(
    kind: Compiled, found: Sequence[Planned], clashes: Sequence[Clash], year: int, on: date
) -> Chart:
    """Bodies against the months of the year: those under way filled, those to be approved outlined."""
    by_body: dict[str, list[Planned]] = defaultdict(list)
    for one in found:
        for body in one.bodies or (one.case.title,):
            by_body[body].append(one)
    wrong = {clash.one.case.pk for clash in clashes}
    rows = tuple(row_of(kind, body, cases, wrong) for body, cases in by_body.items())
    return Chart(date(year, 1, 1), date(year, 12, 31), rows, today=on, head=_("Body"))


def row_of(kind: Compiled, body: str, cases: Sequence[Planned], wrong: Collection[int]) -> Row:
    """One body with its cases."""
    bars = tuple(
        Bar(
            one.start,
            one.end,
            one.case.title,
            "slip" if one.case.pk in wrong else "plain" if waits_for_approval(kind, one) else "work",
            url=one.case.get_absolute_url(),
        )
        for one in cases
    )
    return Row(body, bars=bars)

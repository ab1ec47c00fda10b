"""What was heard, for the hot list; the list itself with its reasons in words; counts by street."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minhu.people.models import Organisation
from minhu.voices.models import Group, HotIssue, HotRun, Membership
from minhu.voices.states.groups import GroupState
from minhu.voices.states.hearing import LIVE

Heard = tuple[int, date, str, str]


@dataclass(frozen=True, slots=True)
class Hot:
    """A hot issue with its reasons in words, its days and its streets by name."""

    issue: HotIssue
    reasons: tuple[str, ...]
    days: tuple[tuple[date, int], ...]
    places: tuple[tuple[str, int], ...]
    groups: tuple[Group, ...]


def heard_since(on: date, days: int) -> list[Heard]:
    """(group, day, street, person) of every live voice of the last days."""
    rows = Membership.objects.filter(
        until=None, group__state=GroupState.STANDING, voice__state__in=LIVE, voice__erased_at=None,
        voice__said_on__gt=on - timedelta(days=days), voice__said_on__lte=on,
    )  # fmt: skip
    told = rows.order_by("pk").values_list(
        "group", "voice__said_on", "voice__place__code", "voice__person", "voice"
    )
    return [
        (group, day, place or "", person or f"voice:{voice}") for group, day, place, person, voice in told
    ]


def runs(most: int = 30) -> list[HotRun]:
    """The last lists."""
    return list(HotRun.objects.all()[:most])


def run_on(day: str) -> HotRun | None:
    """The list of a day, or the latest."""
    rows = HotRun.objects.all()
    try:
        return rows.filter(on=date.fromisoformat(day)).first() if day else rows.first()
    except ValueError:
        return rows.first()


def list_of(run: HotRun) -> list[Hot]:
    """A list with everything its page shows."""
    return told(run.issues.prefetch_related("groups__case", "groups__office", "groups__place"))


def hot_at(pk: int) -> Hot | None:
    """One hot issue."""
    rows = HotIssue.objects.filter(pk=pk).select_related("run")
    return next(iter(told(rows.prefetch_related("groups__case", "groups__office", "groups__place"))), None)


def told(issues: Iterable[HotIssue]) -> list[Hot]:
    """Hot issues with their reasons in words."""
    rows = list(issues)
    names = short_names({code for row in rows for code, _n in row.places})
    return [
        Hot(
            row, tuple(reason_words(what, values) for what, values in row.reasons),
            tuple((date.fromisoformat(day), n) for day, n in row.days),
            tuple((names.get(code, code), n) for code, n in row.places), tuple(row.groups.all()),
        )
        for row in rows
    ]  # fmt: skip


def short_names(codes: Iterable[str]) -> dict[str, str]:
    """Short names of units by code."""
    return dict(Organisation.objects.filter(code__in=set(codes)).values_list("code", "short"))


def reason_words(what: str, values: Mapping[str, float]) -> str:
    """Why something is hot, in words."""
    n = int(values.get("n", 0))
    if what == "burst":
        words = ngettext(
            "%(n)d voice in %(days)d days, where %(usual)s are usual",
            "%(n)d voices in %(days)d days, where %(usual)s are usual", n,
        )  # fmt: skip
        if not values["usual"]:
            words = ngettext("%(n)d voice in %(days)d days, and none before",
                             "%(n)d voices in %(days)d days, and none before", n)  # fmt: skip
        return words % {"n": n, "days": int(values["days"]), "usual": f"{values['usual']:g}"}
    if what == "people":
        return ngettext("from %(n)d different person", "from %(n)d different people", n) % {"n": n}
    if what == "places":
        return ngettext("in %(n)d street", "in %(n)d streets", n) % {"n": n}
    return _("other: %(what)s") % {"what": what}


def grid_units() -> list[tuple[str, str, int, int]]:
    """Streets with their places on the grid of the pack."""
    rows = Organisation.objects.standing().exclude(row=None).exclude(column=None)
    return [
        (code, short, row, column)
        for code, short, row, column in rows.values_list("code", "short", "row", "column")
        if row is not None and column is not None
    ]


def counts_by_street(
    since: date, until: date, groups: Iterable[int] | None = None
) -> tuple[dict[str, tuple[int, int]], int]:
    """Voices and people of every street in a span of days, and the voices that name none."""
    rows = Membership.objects.filter(
        until=None, voice__state__in=LIVE, voice__erased_at=None, voice__said_on__range=(since, until)
    )
    if groups is not None:
        rows = rows.filter(group__in=list(groups))
    unnamed = Q(voice__person="")
    counted = (
        rows.order_by()
        .values("voice__place__code")
        .annotate(
            n=Count("pk"), named=Count("voice__person", distinct=True, filter=~unnamed),
            unnamed=Count("pk", filter=unnamed),
        )
    )  # fmt: skip
    found: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    rest = 0
    for row in counted:
        code = row["voice__place__code"]
        if code:
            found[code] = (row["n"], row["named"] + row["unnamed"])
        else:
            rest += row["n"]
    return dict(found), rest

"""What is wrong with the reforms of a pack, all of it at once, each at its line."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from minhu.packs import Located, Problem, did_you_mean
from minhu.people.models import Organisation, Post
from minhu.reforms.models import Reform
from minhu.reforms.pack.specs import MilestoneSpec, ReformSpec
from minhu.reforms.states import State

One = Located[ReformSpec]
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """Organisations and posts by their codes."""

    organisations: dict[str, Organisation]
    posts: dict[str, Post]


def problems_in(rows: Iterable[One], known: Known) -> Iterator[Problem]:
    """Unknown codes, dates in the wrong order, titles that stand twice, reforms merged into nothing."""
    listed = list(rows)
    codes = {one.item.code for one in listed} | set(Reform.objects.values_list("code", flat=True))
    for one in listed:
        yield from unknown_in(one, known, codes)
        yield from dates_in(one)
        yield from twice_in(one)


def unknown_in(one: One, known: Known, codes: Collection[str]) -> Iterator[Problem]:
    """Codes that nothing bears."""
    spec, units, posts = one.item, known.organisations, known.posts
    if spec.lead:
        yield from unknown(one, ("lead",), spec.lead, units, "organisation")
    for place, code in enumerate(spec.supports):
        yield from unknown(one, ("supports", place), code, units, "organisation")
    if spec.leader_post:
        yield from unknown(one, ("leader_post",), spec.leader_post, posts, "post")
    for path, stone in stones_of(spec):
        yield from unknown(one, (*path, "acceptor"), stone.acceptor, units, "organisation")
    if spec.merged_into:
        yield from unknown(one, ("merged_into",), spec.merged_into, codes, "reform")
    elif spec.state == State.MERGED:
        yield one.problem("a merged reform says into which", "state", hint='write merged_into = "<code>"')


def unknown(one: One, path: Path, code: str, known: Collection[str], what: str) -> Iterator[Problem]:
    """The problem of one code, if nothing bears it."""
    if code not in known:
        yield one.problem(f"“{code}” is no {what}", *path, hint=did_you_mean(code, known))


def dates_in(one: One) -> Iterator[Problem]:
    """A milestone before its reform starts, or after it started to be due."""
    spec = one.item
    for path, stone in stones_of(spec):
        first = stone.planned_on or stone.due_on
        if spec.starts_on and first < spec.starts_on:
            said = f"the milestone is due on {first}, before its reform starts on {spec.starts_on}"
            yield one.problem(said, *path, "due_on")
        if spec.starts_on and stone.starts_on and stone.starts_on < spec.starts_on:
            said = f"the milestone starts on {stone.starts_on}, before its reform on {spec.starts_on}"
            yield one.problem(said, *path, "starts_on")
        if stone.starts_on and stone.starts_on > first:
            yield one.problem("the milestone starts after it is due", *path, "starts_on")
    if spec.starts_on and spec.ends_on and spec.ends_on < spec.starts_on:
        yield one.problem("the reform ends before it starts", "ends_on")


def twice_in(one: One) -> Iterator[Problem]:
    """Measures of one reform, or milestones of one measure, of the same title."""
    for number, measure in enumerate(one.item.measure):
        if measure.title in [other.title for other in one.item.measure[:number]]:
            yield one.problem(f"the measure “{measure.title}” stands twice", "measure", number, "title")
        for place, stone in enumerate(measure.milestone):
            if stone.title in [other.title for other in measure.milestone[:place]]:
                path = ("measure", number, "milestone", place, "title")
                yield one.problem(f"the milestone “{stone.title}” stands twice", *path)


def stones_of(spec: ReformSpec) -> Iterator[tuple[Path, MilestoneSpec]]:
    """Every milestone of an item with its path."""
    for number, measure in enumerate(spec.measure):
        for place, stone in enumerate(measure.milestone):
            yield ("measure", number, "milestone", place), stone

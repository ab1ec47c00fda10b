"""Illustrative cases of a pack: opened and led through their deeds once, marked, in the past they tell of."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from django.core.files.base import ContentFile

from minhu.cases.actions.publishing import mark_illustrative
from minhu.cases.models import Case, Command, Kind
from minhu.cases.pack.playing import Hand, faults, moment
from minhu.cases.queries.readings import day_of
from minhu.cases.states import CaseRefused, Upload
from minhu.packs import Counts, Located, Pack, PackError, Problem, did_you_mean
from minhu.packs.kind_values import from_plain
from minhu.packs.kinds import CASES, CaseSpec, KindSpec
from minhu.packs.linting import Known


def load(pack: Pack, known: Known, *, at: datetime) -> Counts:
    """Open the cases that are not there yet; those that are stay as people left them since."""
    rows = pack.read(CASES)
    kinds = {row.code: from_plain(row.spec) for row in Kind.objects.filter(is_current=True)}
    if problems := [problem for row in rows for problem in problems_in(row, kinds, known)]:
        raise PackError(problems)
    counts = Counts()
    for row in rows:
        key = key_of(pack, row.item)
        if Command.objects.filter(key=f"{key}:0").exists():
            counts += Counts(unchanged=1)
            continue
        number = Showing(pack, row, kinds[row.item.kind], key).tell(at)
        children = Case.objects.filter(parent__number=number).values_list("number", flat=True)
        mark_illustrative(numbers=[number, *children])
        counts += Counts(created=1)
    return counts


def key_of(pack: Pack, spec: CaseSpec) -> str:
    """What keeps a case from being opened twice: its pack, kind and title."""
    said = "\0".join((pack.code, spec.kind, spec.title))
    return f"pack:{hashlib.sha256(said.encode()).hexdigest()[:32]}"


def problems_in(row: Located[CaseSpec], kinds: dict[str, KindSpec], known: Known) -> Iterator[Problem]:
    """Kinds, posts and steps that are not there."""
    spec = row.item
    if spec.kind not in kinds:
        yield row.problem(
            f"there is no kind of case “{spec.kind}”", "kind", hint=did_you_mean(spec.kind, kinds)
        )
    if spec.by not in known.posts:
        yield row.problem(f"there is no post “{spec.by}”", "by", hint=did_you_mean(spec.by, known.posts))
    for place, deed in enumerate(spec.do):
        if deed.by and deed.by not in known.posts:
            hint = did_you_mean(deed.by, known.posts)
            yield row.problem(f"there is no post “{deed.by}”", "do", place, "by", hint=hint)
        if deed.on is not None and deed.on_days_ago is not None:
            yield row.problem("say either on or on_days_ago", "do", place)


class Showing(Hand):
    """One illustrative case being told."""

    def __init__(self, pack: Pack, row: Located[CaseSpec], spec: KindSpec, key: str) -> None:
        super().__init__(spec, key)
        self.pack, self.row = pack, row
        self.place: tuple[str | int, ...] = ()

    def tell(self, at: datetime) -> str:
        """Open it and do its deeds; answers its number. Raises PackError at what is refused."""
        told, today = self.row.item, day_of(at)
        on = days_ago(told.on, told.on_days_ago, today) or today
        with self.at_its_line("by"):
            number = self.open(told, told.kind, moment(on, 0))
        for place, deed in enumerate(told.do):
            on = days_ago(deed.on, deed.on_days_ago, today) or on
            with self.at_its_line("do", place, "do"):
                self.do(number, deed, min(moment(on, place + 1), at))
        return number

    @contextmanager
    def at_its_line(self, *path: str | int) -> Iterator[None]:
        """A refusal becomes a problem where the deed stands."""
        self.place = path
        try:
            yield
        except CaseRefused as refused:
            words = f"“{self.row.item.title}”: {refused.words}{faults(refused)}"
            raise PackError([self.row.problem(words, *path)]) from None

    def file(self, name: str) -> Upload:
        """A file of the pack."""
        path = self.pack.path(name, self.row.where(*self.place))
        return Upload(path.name, ContentFile(path.read_bytes(), path.name))


def days_ago(on: date | None, days: int | None, today: date) -> date | None:
    """A day told either way, or none."""
    return today - timedelta(days=days) if days is not None else on

"""What a table leaves open and where its rules meet: exact, as far as its cells hold constants."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from minhu.methods.ruling.columns import Atom, Column, words_of
from minhu.methods.ruling.deciding import Compiled
from minhu.methods.ruling.table import Hit
from minhu.methods.ruling.terms import Anything

BOUND = 100_000
MOST = 20

Where = Mapping[str, str]
"""Input -> cell; inputs left out may be anything."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two rules that both match somewhere (and, under policy A, disagree there)."""

    rules: tuple[int, int]
    where: Where


@dataclass(frozen=True, slots=True)
class Report:
    """`gaps`: what no rule matches; `meetings`: rules that clash; `idle`: rules that never decide.

    `unclear`: columns whose cells read names: they count as matching nothing, so that gaps are possible gaps
    and clashes may be missing. `is_whole` is false if the bound was hit or there were more gaps than told.
    """

    gaps: tuple[Where, ...]
    meetings: tuple[Meeting, ...]
    idle: tuple[int, ...]
    unclear: tuple[str, ...]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The atoms of a column that pass the same rules."""

    mask: int
    words: str


@dataclass
class _Search:
    """A walk over all combinations of groups."""

    names: list[str]
    groups: list[list[Group]]
    hit: Hit
    most: int
    left: int
    gaps: list[Where] = field(default_factory=list)
    deciding: int = 0
    is_whole: bool = True

    def walk(self, place: int, mask: int, where: tuple[str, ...]) -> None:
        """From one column on, the rules still open as bits."""
        self.left -= 1
        if self.left < 0 or len(self.gaps) >= self.most:
            self.is_whole = False
        elif mask == 0:
            self.gaps.append(_where(self.names, where))
        elif place == len(self.groups):
            self.deciding |= mask & -mask if self.hit is Hit.FIRST else mask
        else:
            for group in self.groups[place]:
                self.walk(place + 1, mask & group.mask, (*where, group.words))


def analysed(table: Compiled, bound: int = BOUND, most: int = MOST) -> Report:
    """Completeness and overlaps. `bound`: combinations walked; `most`: gaps told. For small tables."""
    names = [column.name for column in table.table.inputs]
    groups = [list(_groups(table, place)) for place in range(len(names))]
    search = _Search(names, groups, table.table.hit, most, bound)
    every = (1 << len(table.table.rules)) - 1
    search.walk(0, every, ())
    unclear = [name for name, column in zip(names, table.columns, strict=True) if not column.is_constant]
    idle = [n + 1 for n in range(len(table.table.rules)) if not search.deciding >> n & 1]
    told = tuple(idle) if search.is_whole and not unclear else ()
    return Report(
        tuple(search.gaps), tuple(_meetings(table, names, groups)), told, tuple(unclear), search.is_whole
    )


def _groups(table: Compiled, place: int) -> Iterator[Group]:
    """Atoms of a column by the rules they pass."""
    column, allowed = table.columns[place], table.allowed[place]
    if not column.is_constant:
        yield Group(sum(1 << n for n, test in enumerate(column.tests) if test == Anything()), "-")
        return
    finer = column
    if bounds := table.bounds[place]:
        finer = Column(column.type, [*column.tests, bounds])
    by_mask: dict[int, list[Atom]] = {}
    for atom in finer.atoms():
        if allowed is None or allowed(atom.sample, {}) is True:
            by_mask.setdefault(column.mask(atom.sample, {}), []).append(atom)
    optional = table.table.inputs[place].optional
    masks = {*by_mask, column.null} if optional else {*by_mask}
    if len(masks) == 1:
        yield Group(masks.pop(), "-")
        return
    for mask, atoms in by_mask.items():
        words = words_of(atoms, finer.points)
        yield Group(mask, "not(null)" if words == "-" else words)
    if optional:
        yield Group(column.null, "null")


def _meetings(table: Compiled, names: list[str], groups: list[list[Group]]) -> Iterator[Meeting]:
    """Pairs of rules that some values pass both, where the policy forbids it."""
    if table.table.hit not in {Hit.UNIQUE, Hit.ANY}:
        return
    count = len(table.table.rules)
    for a in range(count):
        for b in range(a + 1, count):
            pair = 1 << a | 1 << b
            shared = [next((g for g in column if g.mask & pair == pair), None) for column in groups]
            if None in shared or (table.table.hit is Hit.ANY and _agree(table, a, b)):
                continue
            words = tuple(group.words for group in shared if group is not None)
            yield Meeting((a + 1, b + 1), _where(names, words))


def _agree(table: Compiled, a: int, b: int) -> bool:
    """Whether two rules give the same constant outputs."""
    return table.fixed[a] is not None and table.fixed[a] == table.fixed[b]


def _where(names: list[str], words: tuple[str, ...]) -> Where:
    """Cells by input, without those that say nothing."""
    return {name: word for name, word in zip(names, words, strict=False) if word != "-"}

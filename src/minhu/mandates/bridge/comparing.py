"""Two wordings of a document side by side, and which clause goes on in which."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache

from minhu.mandates.models import Clause, Version
from minhu.mandates.queries import units, with_names
from minhu.methods.clauses import Pair, Side, compare, marks

KINDS = ("changed", "new", "gone", "moved", "kept")
Span = tuple[int, int]


def words_of(clause: Clause) -> str:
    """A clause without its label: that both are called 第十二条 says nothing. Spans count these."""
    words = clause.text
    return words.removeprefix(clause.label).lstrip() if clause.label else words


@dataclass(frozen=True)
class Step:
    """A clause of an earlier wording and the one that goes on with it later; either may be missing."""

    kind: str
    earlier: Clause | None
    later: Clause | None
    score: float
    is_renumbered: bool
    is_elsewhere: bool
    is_sure: bool

    @property
    def is_opened_again(self) -> bool:
        """Whether what was decided here must be looked at again: the words are other ones, or new."""
        return self.kind in {"changed", "new"}

    @cached_property
    def differences(self) -> tuple[list[Span], list[Span]]:
        """Where the words differ, on both sides; nothing is marked unless the kind is changed."""
        if self.kind != "changed" or self.earlier is None or self.later is None:
            return [], []
        return marks(self.earlier_words, self.later_words)

    @property
    def earlier_words(self) -> str:
        """The words of the earlier clause without its label."""
        return words_of(self.earlier) if self.earlier else ""

    @property
    def later_words(self) -> str:
        """The words of the later clause without its label."""
        return words_of(self.later) if self.later else ""

    @property
    def earlier_marks(self) -> list[Span]:
        """What the later clause no longer says."""
        return self.differences[0]

    @property
    def later_marks(self) -> list[Span]:
        """What the earlier clause did not say."""
        return self.differences[1]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every clause to answer of two wordings exactly once, in the order of the later one."""

    earlier: Version
    later: Version
    steps: tuple[Step, ...]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many of each kind, those that ask for work first."""
        found = Counter(step.kind for step in self.steps)
        return [(kind, found[kind]) for kind in KINDS]

    @property
    def opened_again(self) -> list[Step]:
        """The clauses of the later wording whose answers must be looked at again."""
        return [step for step in self.steps if step.is_opened_again]

    def only(self, kind: str) -> tuple[Step, ...]:
        """The steps of one kind; all of them for a kind that is none."""
        return tuple(step for step in self.steps if step.kind == kind) if kind in KINDS else self.steps


def compare_versions(earlier: Version, later: Version) -> Comparison:
    """Compare the clauses to answer of two wordings of one document, in two queries."""
    if earlier.document_id != later.document_id:
        raise ValueError(f"{earlier} and {later} are no wordings of one document")
    old, new = clauses_to_compare(earlier), clauses_to_compare(later)
    pairs = pairs_of(tuple(map(side_of, old)), tuple(map(side_of, new)))
    return Comparison(earlier, later, tuple(step_of(pair, old, new) for pair in pairs))


@lru_cache(maxsize=16)
def pairs_of(old: tuple[Side, ...], new: tuple[Side, ...]) -> tuple[Pair, ...]:
    """Compare the same words once: whoever reviews a new wording asks again at every clause."""
    return compare(old, new)


def clauses_to_compare(version: Version) -> list[Clause]:
    """The units of a wording in order, with what `Clause.name` reads."""
    return list(with_names(units(version).order_by("order")))


def side_of(clause: Clause) -> Side:
    """A clause as it is compared."""
    return Side(clause.label, words_of(clause))


def step_of(pair: Pair, old: list[Clause], new: list[Clause]) -> Step:
    """A pair of places as a pair of clauses."""
    earlier = None if pair.old is None else old[pair.old]
    later = None if pair.new is None else new[pair.new]
    return Step(pair.kind, earlier, later, pair.score, pair.is_renumbered, pair.is_elsewhere, pair.is_sure)


def earlier_versions(version: Version) -> list[Version]:
    """The wordings of its document that came in before a wording, the latest first."""
    rows = Version.objects.filter(document=version.document_id, added_at__lte=version.added_at)
    return list(
        rows.exclude(pk=version.pk).select_related("document").defer("text", "furniture")
        .order_by("-added_at", "-pk")
    )  # fmt: skip


def version_before(version: Version) -> Version | None:
    """The wording that a wording replaced."""
    return next(iter(earlier_versions(version)), None)


def successors(version: Version) -> dict[int, Clause]:
    """Clauses of the other wordings of a document (by key), each with the clause here that surely goes on.

    Surely: the same words, which stand once in either wording, whatever the label. Only such decisions may be
    carried over unseen; what changed, is new or stands twice is for people.
    """
    found: dict[int, Clause] = {}
    others = Version.objects.filter(document=version.document_id).exclude(pk=version.pk)
    for other in others.defer("text", "furniture").order_by("added_at", "pk"):
        for step in compare_versions(other, version).steps:
            if step.is_sure and step.earlier and step.later:
                found[step.earlier.pk] = step.later
    return found


def opened_again(version: Version) -> list[Step]:
    """What a wording asks anew compared with the one it replaced: clauses that changed or are new."""
    before = version_before(version)
    return compare_versions(before, version).opened_again if before else []

"""What is wrong with a kind of case, each with its place in the file and how to mend it."""

from collections.abc import Iterable

from minhu.packs.kinds import KindSpec
from minhu.packs.linting import codes, effects, guards, paths, people, tables, time, traces, values
from minhu.packs.linting.lens import Known, Lens, LimitFact, PostFact, Remark
from minhu.packs.sections import Located

__all__ = ["Known", "LimitFact", "PostFact", "Remark", "errors", "lint", "warnings"]


def lint(located: Located[KindSpec], known: Known) -> tuple[Remark, ...]:
    """Everything that can be said against a kind, errors first, each part in the order of the file.

    The course of a case is walked through only once all words of the kind are understood.
    """
    lens = Lens(located, known)
    for part in (codes, values, people, effects, guards, tables, time, traces):
        part.check(lens)
    if not lens.has_errors:
        paths.check(lens)
    return tuple(sorted(dict.fromkeys(lens.remarks), key=lambda one: (one.is_warning, one.position)))


def errors(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Those that keep a kind from being published."""
    return tuple(one for one in remarks if not one.is_warning)


def warnings(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Those that only ask for a second look."""
    return tuple(one for one in remarks if one.is_warning)

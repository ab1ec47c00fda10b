"""What is wrong with item guides and one-things, each with its place in the file and how to mend it."""

from minhu.packs.guides.linting import compiled, dictionaries, items, things
from minhu.packs.guides.linting.lens import Catalogue, Lens, catalogue_of
from minhu.packs.linting.lens import Known, LimitFact, PostFact, Remark

__all__ = ["Catalogue", "Known", "LimitFact", "PostFact", "Remark", "catalogue_of", "lint"]


def lint(catalogue: Catalogue, known: Known) -> tuple[Remark, ...]:
    """Everything that can be said against them, errors first, each part in the order of the files.

    One-things are compiled, in every situation, once everything they name is understood. A warning
    (`is_warning`) is a question to ask a department.
    """
    lens = Lens(catalogue, known)
    for part in (dictionaries, items, things):
        part.check(lens)
    if not lens.has_errors:
        compiled.check(lens)
    return tuple(sorted(dict.fromkeys(lens.remarks), key=lambda one: (one.is_warning, one.position)))

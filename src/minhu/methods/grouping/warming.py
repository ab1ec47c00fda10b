"""Compile and fill tables before the first text comes, so that no person waits for it."""

from minhu.methods.grouping.folding import folding
from minhu.methods.grouping.near import near_duplicates
from minhu.methods.grouping.recipe import Recipe
from minhu.methods.grouping.seen import Seen


def warm_up(recipe: Recipe = Recipe()) -> None:  # noqa: B008
    """About 0.3 s in a process that finds compiled kernels; 3 s more where there are none.

    Kernels are compiled when the package is imported and kept beside it, or, where that folder is read-only,
    in the folder NUMBA_CACHE_DIR names.
    """
    for width in (16, 32):
        for is_normal in (False, True):
            folding(width, is_normal)
    near_duplicates(["一", "二"], recipe)
    Seen.of(["一"], recipe).add("二")

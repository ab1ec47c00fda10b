"""Weights of all nodes: equal, given, from the first principal component, or allotted by experts."""

import numpy as np

from minhu.methods.weighing.errors import BadRecipe, TooFew
from minhu.methods.weighing.problem import Floats, Problem
from minhu.methods.weighing.recipe import Weighting
from minhu.methods.weighing.tree import Indicator, Node


def weigh(problem: Problem, normalised: Floats, how: Weighting) -> Floats:
    """One weight per node of the tree, 1 in sum among the parts of a group; the root's is 1.

    `PCA` (OECD/JRC Handbook §6) weighs indicators by their squared loadings on the first principal component
    of their group, and groups as given.
    """
    tree = problem.tree
    everything: tuple[Node, ...] = (*problem.indicators, *problem.groups)
    by_code = {node.code: node for node in everything}
    nodes = [by_code[code] for code in tree.codes]
    weights = np.ones(tree.size)
    for whole, parts in tree.groups:
        held = [nodes[part] for part in parts]
        if how is Weighting.GIVEN:
            raw = np.array([node.weight for node in held])
        elif how is Weighting.BUDGET:
            raw = allotted(tree.codes[whole], held)
        elif how is Weighting.PCA:
            raw = principal(tree.codes[whole], held, normalised, parts)
        else:
            raw = np.ones(len(parts))
        weights[list(parts)] = raw / raw.sum()
    return weights


def allotted(whole: str, parts: list[Node]) -> Floats:
    """Mean over experts of the share of their points that each part got."""
    counts = {len(node.points) for node in parts}
    if len(parts) == 1 and counts == {0}:
        return np.ones(1)
    if counts == {0} or len(counts) > 1:
        raise BadRecipe(f"budget allocation: every expert must give points to every part of {whole!r}")
    points = np.array([node.points for node in parts], dtype=np.float64)
    if not (points.sum(axis=0) > 0).all():
        raise BadRecipe(f"budget allocation: an expert gave no points at all within {whole!r}")
    return np.asarray((points / points.sum(axis=0)).mean(axis=1), dtype=np.float64)


def principal(whole: str, parts: list[Node], normalised: Floats, at: tuple[int, ...]) -> Floats:
    """Squared loadings on the first component of the correlations; gaps count as the mean of their column."""
    if len(parts) == 1 or not all(isinstance(node, Indicator) for node in parts):
        return np.array([node.weight for node in parts])
    columns = normalised[:, list(at)]
    if columns.shape[0] <= columns.shape[1]:
        raise TooFew(
            f"PCA in {whole!r} needs more units than indicators: {columns.shape[0]} and {columns.shape[1]}"
        )
    off = columns - np.nanmean(columns, axis=0)
    off = np.where(np.isnan(off), 0.0, off)
    off /= np.sqrt((off**2).sum(axis=0))
    return np.asarray(np.linalg.eigh(off.T @ off).eigenvectors[:, -1] ** 2, dtype=np.float64)

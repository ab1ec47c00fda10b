"""The fewest papers that meet every requirement of one item, when each has its evidence sets."""

from collections.abc import Sequence
from itertools import product
from math import prod
from typing import Any

from ortools.sat.python import cp_model

from minhu.methods.composing.bundle import Paper

Papers = frozenset[Paper]
FEW = 512  # below so many combinations trying them all is quicker than building a model


def fewest(options: Sequence[Sequence[Papers]], rather: Papers = frozenset()) -> Papers:
    """A smallest union of one set from each of `options`, if possible of papers in `rather`. Exact."""
    bare = frozenset[Paper]().union(*(each[0] for each in options if len(each) == 1))
    rest = [each for each in options if len(each) > 1 and not any(one <= bare for one in each)]
    if prod(len(each) for each in rest) > FEW:
        return bare | searched(rest, bare, rather)
    unions = (bare.union(*combination) for combination in product(*rest))
    return min(unions, key=lambda union: (len(union), len(union - rather), order_of(union)))


def order_of(papers: Papers) -> list[tuple[str, str, int]]:
    """A total order of sets of papers."""
    return sorted(paper.order for paper in papers)


def searched(options: Sequence[Sequence[Papers]], free: Papers, rather: Papers) -> Papers:
    """The same by CP-SAT, papers in `free` costing nothing."""
    model: Any = cp_model.CpModel()
    papers = sorted(
        frozenset[Paper]().union(*(one for each in options for one in each)), key=lambda p: p.order
    )
    brings = {paper: model.new_bool_var("") for paper in papers}
    for each in options:
        chosen = [model.new_bool_var("") for _ in each]
        model.add_exactly_one(chosen)
        for literal, one in zip(chosen, each, strict=True):
            for paper in one:
                model.add_implication(literal, brings[paper])
    most = len(papers) + 1
    costly = [paper for paper in papers if paper not in free]
    model.minimize(sum(brings[paper] * (most + (paper not in rather)) for paper in costly))
    solver: Any = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    if solver.solve(model) != cp_model.OPTIMAL:
        raise RuntimeError("no optimum proved for the papers of one item")
    return frozenset(paper for paper in papers if paper not in free and solver.value(brings[paper]))

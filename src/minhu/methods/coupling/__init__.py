"""What moves what: direct and total effects, levels, quadrants, clusters, leverage, and what does not fit."""

from minhu.methods.coupling.effects import (
    Agreement,
    Leverage,
    Linkage,
    agreement,
    leverages,
    linkage,
    reach,
    totals,
)
from minhu.methods.coupling.influences import Influence, direct, influences, suggested
from minhu.methods.coupling.linting import Duty, Finding, Load, Plan, Push, Task, lint
from minhu.methods.coupling.ordering import feedback_order
from minhu.methods.coupling.problem import CouplingError, Item, Judgement, Problem
from minhu.methods.coupling.structure import (
    Block,
    Quadrant,
    Standing,
    blocks,
    clusters,
    inner_orders,
    standings,
)

__all__ = [
    "Agreement",
    "Block",
    "CouplingError",
    "Duty",
    "Finding",
    "Influence",
    "Item",
    "Judgement",
    "Leverage",
    "Linkage",
    "Load",
    "Plan",
    "Problem",
    "Push",
    "Quadrant",
    "Standing",
    "Task",
    "agreement",
    "blocks",
    "clusters",
    "direct",
    "feedback_order",
    "influences",
    "inner_orders",
    "leverages",
    "linkage",
    "lint",
    "reach",
    "standings",
    "suggested",
    "totals",
]

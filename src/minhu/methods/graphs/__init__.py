"""Directed graphs on 0…n-1: components that lie on cycles, smallest cycles, orders, levels, longest paths."""

from minhu.methods.graphs.cycles import components, cyclic, smallest_cycle
from minhu.methods.graphs.graph import Graph
from minhu.methods.graphs.orders import Cyclic, levels, longest_path, order

__all__ = [
    "Cyclic",
    "Graph",
    "components",
    "cyclic",
    "levels",
    "longest_path",
    "order",
    "smallest_cycle",
]

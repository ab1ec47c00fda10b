"""The section `reforms` of a pack: reforms with measures, milestones, rules and the clauses they answer."""

from minhu.reforms.pack.loading import load
from minhu.reforms.pack.specs import REFORMS, SECTIONS

__all__ = ["REFORMS", "SECTIONS", "load"]

"""The sections `reforms` (with measures, milestones, rules, clauses they answer) and `inapplicable`."""

from minhu.reforms.pack.loading import load
from minhu.reforms.pack.specs import REFORMS, SECTIONS

__all__ = ["REFORMS", "SECTIONS", "load"]

"""Rows of the room: reforms, their milestones, proofs, rules, and what answers which clause."""

from minhu.reforms.models.coverage import Answer, Inapplicable
from minhu.reforms.models.milestones import Measure, Milestone
from minhu.reforms.models.proofs import Postponement, Proof
from minhu.reforms.models.reforms import Reform
from minhu.reforms.models.rules import Rule

__all__ = ["Answer", "Inapplicable", "Measure", "Milestone", "Postponement", "Proof", "Reform", "Rule"]

"""Rows of the room: reforms, their milestones, proofs, rules, and what answers which clause."""

from minhu.reforms.models.coverage import Answer, Inapplicable
from minhu.reforms.models.milestones import Measure, Milestone
from minhu.reforms.models.proofs import Postponement, Proof
from minhu.reforms.models.reforms import Reform
from minhu.reforms.models.rules import Rule
from minhu.reforms.models.searches import Outlook, Search
from minhu.reforms.models.ties import Tie

__all__ = [
    "Answer",
    "Inapplicable",
    "Measure",
    "Milestone",
    "Outlook",
    "Postponement",
    "Proof",
    "Reform",
    "Rule",
    "Search",
    "Tie",
]

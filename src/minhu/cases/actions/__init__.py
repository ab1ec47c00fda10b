"""Doing: opening cases and everything done to them; each deed refuses with `states.CaseRefused`."""

from minhu.cases.actions.clocks import Recounted, recompute_clocks
from minhu.cases.actions.deeds import act, act_on_many, assign_person, open_case, open_case_about
from minhu.cases.actions.personal import erase_expired, erase_personal
from minhu.cases.actions.rating import rate

__all__ = [
    "Recounted",
    "act",
    "act_on_many",
    "assign_person",
    "erase_expired",
    "erase_personal",
    "open_case",
    "open_case_about",
    "rate",
    "recompute_clocks",
]

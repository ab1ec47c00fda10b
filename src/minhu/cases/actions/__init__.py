"""Doing: opening cases and everything done to them; each deed refuses with `states.CaseRefused`."""

from minhu.cases.actions.deeds import act, act_on_many, assign_person, open_case

__all__ = ["act", "act_on_many", "assign_person", "open_case"]

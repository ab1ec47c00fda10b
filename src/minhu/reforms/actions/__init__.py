"""Doing: every deed of the room, each atomic and with its own entry in the record."""

from minhu.reforms.actions.coverage_answers import confirm_answer
from minhu.reforms.actions.coverage_carrying import carry_answers
from minhu.reforms.actions.milestones import (
    MilestoneDraft,
    add_measure,
    add_milestone,
    remove_measure,
    remove_milestone,
    revise_measure,
    revise_milestone,
)
from minhu.reforms.actions.moves import Move, move_reform
from minhu.reforms.actions.postponements import Wish, ask_postponement, decide_postponement
from minhu.reforms.actions.proofs import ProofDraft, decide_proof, submit_proof, take_over_proof
from minhu.reforms.actions.reforms import ReformDraft, draft_of, revise_reform, start_reform, take_from_pack
from minhu.reforms.actions.refusals import Difference, Refusal, Stale, Verdict
from minhu.reforms.actions.rules import RuleDraft, change_rule, write_rule
from minhu.reforms.actions.ties import name_origin, start_reform_from_case, tie_case

__all__ = [
    "Difference",
    "MilestoneDraft",
    "Move",
    "ProofDraft",
    "ReformDraft",
    "Refusal",
    "RuleDraft",
    "Stale",
    "Verdict",
    "Wish",
    "add_measure",
    "add_milestone",
    "ask_postponement",
    "carry_answers",
    "change_rule",
    "confirm_answer",
    "decide_postponement",
    "decide_proof",
    "draft_of",
    "move_reform",
    "name_origin",
    "remove_measure",
    "remove_milestone",
    "revise_measure",
    "revise_milestone",
    "revise_reform",
    "start_reform",
    "start_reform_from_case",
    "submit_proof",
    "take_from_pack",
    "take_over_proof",
    "tie_case",
    "write_rule",
]

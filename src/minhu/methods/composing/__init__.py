"""The one-thing compiler: item guides of several departments into one form, one set of papers, one flow."""

from minhu.methods.composing.asking import (
    Declared,
    Matter,
    Printed,
    Query,
    guide_queries,
    matters_of,
    queries,
)
from minhu.methods.composing.bundle import Bundle, Material, Paper, Problem, Question, Rate, Ref, SignedMerge
from minhu.methods.composing.checking import check
from minhu.methods.composing.compiling import compose
from minhu.methods.composing.conditions import ALWAYS, NEVER, Condition, Every, Is, Not, Some
from minhu.methods.composing.deadlocks import Deadlock, Wait
from minhu.methods.composing.emitting import (
    Difference,
    Net,
    NodeKind,
    PublicGuide,
    checklist_of,
    differences,
    guide_of,
    net_of,
)
from minhu.methods.composing.explaining import Link, Saving, critical_path, savings, witnesses
from minhu.methods.composing.families import (
    Family,
    Shared,
    Spared,
    Trait,
    Traits,
    families,
    family_among,
    traits_of,
)
from minhu.methods.composing.faults import BadBundle, Fault, faults
from minhu.methods.composing.fields import Conflict, MergedField
from minhu.methods.composing.form import CircularForm, form_of
from minhu.methods.composing.guides import (
    Days,
    Field,
    FieldType,
    Form,
    Guide,
    Output,
    Requirement,
    Step,
    StepKind,
    Waiver,
)
from minhu.methods.composing.lattice import Constraint
from minhu.methods.composing.legality import Finding, Limit, PermitLimits, Verdict, findings
from minhu.methods.composing.lookalikes import LookAlike
from minhu.methods.composing.percentages import bases, reduction
from minhu.methods.composing.plan import Choice, Label, Obtained, Plan, Visit, Way
from minhu.methods.composing.published import Draft, draft
from minhu.methods.composing.solution import Change, Count, Ledger, Proof, Solution, Why
from minhu.methods.composing.wording import BadCondition, condition_of, worded

__all__ = [
    "ALWAYS",
    "NEVER",
    "BadBundle",
    "BadCondition",
    "Bundle",
    "Change",
    "Choice",
    "CircularForm",
    "Condition",
    "Conflict",
    "Constraint",
    "Count",
    "Days",
    "Deadlock",
    "Declared",
    "Difference",
    "Draft",
    "Every",
    "Family",
    "Fault",
    "Field",
    "FieldType",
    "Finding",
    "Form",
    "Guide",
    "Is",
    "Label",
    "Ledger",
    "Limit",
    "Link",
    "LookAlike",
    "Material",
    "Matter",
    "MergedField",
    "Net",
    "NodeKind",
    "Not",
    "Obtained",
    "Output",
    "Paper",
    "PermitLimits",
    "Plan",
    "Printed",
    "Problem",
    "Proof",
    "PublicGuide",
    "Query",
    "Question",
    "Rate",
    "Ref",
    "Requirement",
    "Saving",
    "Shared",
    "SignedMerge",
    "Solution",
    "Some",
    "Spared",
    "Step",
    "StepKind",
    "Trait",
    "Traits",
    "Verdict",
    "Visit",
    "Wait",
    "Waiver",
    "Way",
    "Why",
    "bases",
    "check",
    "checklist_of",
    "compose",
    "condition_of",
    "critical_path",
    "differences",
    "draft",
    "families",
    "family_among",
    "faults",
    "findings",
    "form_of",
    "guide_of",
    "guide_queries",
    "matters_of",
    "net_of",
    "queries",
    "reduction",
    "savings",
    "traits_of",
    "witnesses",
    "worded",
]

"""Forms of the room: each turns what was typed into a draft for an action, and shows its refusal."""

from minhu.reforms.forms.drafts import MilestoneForm, ReformForm, RuleForm
from minhu.reforms.forms.ledger import LedgerFilterForm
from minhu.reforms.forms.small import MeasureForm, MoveForm, PostponementForm, ProofForm, VerdictForm

__all__ = [
    "LedgerFilterForm",
    "MeasureForm",
    "MilestoneForm",
    "MoveForm",
    "PostponementForm",
    "ProofForm",
    "ReformForm",
    "RuleForm",
    "VerdictForm",
]

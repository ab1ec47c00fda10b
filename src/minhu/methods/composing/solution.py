"""What the compiler gives back: the form, the plan with its proof and ledger, and what stands in the way."""

from dataclasses import dataclass
from enum import StrEnum

from minhu.methods.composing.bundle import Ref
from minhu.methods.composing.deadlocks import Deadlock
from minhu.methods.composing.fields import Conflict, MergedField
from minhu.methods.composing.lookalikes import LookAlike
from minhu.methods.composing.materials import Unmet
from minhu.methods.composing.plan import Label, Plan
from minhu.methods.composing.resolving import Resolved


class Why(StrEnum):
    """Why something is no longer asked for, or is newly asked for."""

    DUPLICATE = "duplicate of"
    OUTPUT = "output of"
    SHARED = "shared by"
    COMMITTED = "committed"
    OTHER_EVIDENCE = "other evidence"
    ONE_APPLICATION = "one application"
    SAME_VISIT = "same visit as"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing less (or more): what, of which item, why, by what, and the clause that asked for it."""

    item: str
    what: str
    why: Why
    by: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """Raw counts: before − removed + added = after."""

    name: str
    before: int
    after: int
    removed: tuple[Change, ...] = ()
    added: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """The counts, and days under both baselines: items one after another, and each as early as it can be
    without the bundle (None where an item then waits for what only the bundle brings)."""

    fields: Count
    papers: Count
    visits: Count
    steps: Count
    serial_days: int | None
    unbundled_days: int | None
    days: int


@dataclass(frozen=True, slots=True)
class Proof:
    """Earliest labels of all steps, the least number of days, the chosen plan, the ledger."""

    earliest: tuple[Label, ...]
    makespan: int
    plan: Plan
    papers: int
    visits: int
    promises: int
    ledger: Ledger


@dataclass(frozen=True, slots=True)
class Solution:
    """The compiled bundle. Without `proof` there is no plan: `deadlocks` or `unmet` say why."""

    resolved: Resolved
    fields: tuple[MergedField, ...]
    conflicts: tuple[Conflict, ...]
    look_alikes: tuple[LookAlike, ...]
    unmet: tuple[Unmet, ...]
    deadlocks: tuple[Deadlock, ...]
    proof: Proof | None

    @property
    def is_publishable(self) -> bool:
        """Whether nothing stands in the way."""
        return self.proof is not None and not self.conflicts

    def label(self, ref: Ref) -> Label:
        """The planned label of a step. Raises KeyError without a plan or such a step."""
        if self.proof is not None:
            for label in self.proof.plan.labels:
                if label.step == ref:
                    return label
        raise KeyError(str(ref))

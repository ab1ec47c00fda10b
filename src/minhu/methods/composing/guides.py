"""An item guide as its department publishes it: fields, requirements, steps, outputs, and their clauses."""

from dataclasses import dataclass
from enum import StrEnum

from minhu.methods.composing.conditions import ALWAYS, Condition
from minhu.methods.composing.lattice import FREE, Constraint


class StepKind(StrEnum):
    """What a department does in a step."""

    ACCEPT = "accept"
    REVIEW = "review"
    INSPECT = "inspect"
    EXPERT = "expert"
    HEARING = "hearing"
    DECIDE = "decide"
    ISSUE = "issue"


class Form(StrEnum):
    """In what form a paper is asked for."""

    ORIGINAL = "original"
    COPY = "copy"
    DATA = "data"


class Waiver(StrEnum):
    """What may stand in for a paper: nothing, a commitment (告知承诺), or bringing it later (容缺)."""

    NONE = ""
    COMMIT = "commit"
    DEFER = "defer"


class FieldType(StrEnum):
    """What a field holds."""

    TEXT = "text"
    CHOICE = "choice"
    WHOLE = "whole"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Field:
    """A question on a form. `element` is the code of the field dictionary, `role` whose value it is.

    It is asked under `condition`, which reads situation questions and other fields ("role.element").
    """

    role: str
    element: str
    type: FieldType
    label: str
    constraint: Constraint = FREE
    condition: Condition = ALWAYS
    optional: bool = False
    clause: str = ""

    @property
    def key(self) -> str:
        """How conditions name it."""
        return f"{self.role}.{self.element}"


@dataclass(frozen=True, slots=True)
class Days:
    """How long a step takes: by statute, by promise if shorter, in a unit the bundle has a rate for."""

    statutory: int
    promised: int | None = None
    unit: str = "working_day"

    @property
    def planned(self) -> int:
        """What the plan counts on."""
        return self.statutory if self.promised is None else self.promised


@dataclass(frozen=True, slots=True)
class Step:
    """What an actor does after the steps it `needs`. `counted`: whether its days run on the legal limit."""

    id: str
    kind: StepKind
    actor: str
    days: Days
    needs: tuple[str, ...] = ()
    condition: Condition = ALWAYS
    counted: bool = True
    visit: bool = False
    may_share_visit: bool = False
    window: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Requirement:
    """What must be at hand before `step` begins: any one of the evidence `sets`, all materials of which.

    A deferred one must be at hand before `deferred_to` begins. `validity_days`: issued at most so long ago.
    """

    id: str
    step: str
    sets: tuple[tuple[str, ...], ...]
    form: Form = Form.COPY
    validity_days: int | None = None
    waiver: Waiver = Waiver.NONE
    deferred_to: str = ""
    condition: Condition = ALWAYS
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Output:
    """A material that the end of a step brings forth."""

    material: str
    step: str
    validity_days: int | None = None
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Guide:
    """One item of one department. `visits` is what the guide itself declares, if it does."""

    item: str
    name: str
    department: str
    legal_basis: tuple[str, ...]
    kind: str = ""
    subject: str = ""
    condition: Condition = ALWAYS
    fields: tuple[Field, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    steps: tuple[Step, ...] = ()
    outputs: tuple[Output, ...] = ()
    visits: int | None = None
    fee_yuan: int = 0
    version: str = ""

"""A bundle of guides with what joins them: situation questions, materials, rates of units, signed merges."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from minhu.methods.composing.conditions import ALWAYS, Condition
from minhu.methods.composing.guides import Days, Form, Guide


@dataclass(frozen=True, slots=True)
class Question:
    """A situation question (情形) with its options, asked under a condition over other questions."""

    code: str
    text: str
    options: tuple[str, ...]
    condition: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Material:
    """A type of material: whether the applicant can bring it, and after how long data sharing brings it."""

    code: str
    name: str
    uploadable: bool = True
    share_lag_days: int | None = None
    share_forms: frozenset[Form] = frozenset({Form.COPY, Form.DATA})
    share_clause: str = ""


@dataclass(frozen=True, slots=True)
class SignedMerge:
    """A person's signature under "these two keys (role.element) are the same field"."""

    key: str
    same_as: str
    signed_by: str
    signed_on: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Rate:
    """How many days of the plan a unit counts for, as a fraction; the sum of a step is rounded up."""

    unit: str
    numerator: int = 1
    denominator: int = 1


@dataclass(frozen=True, slots=True)
class Bundle:
    """What is compiled. `alike` in [0, 1]: labels at least so similar are suggested as perhaps the same."""

    code: str
    name: str
    guides: tuple[Guide, ...]
    questions: tuple[Question, ...] = ()
    materials: tuple[Material, ...] = ()
    merges: tuple[SignedMerge, ...] = ()
    rates: tuple[Rate, ...] = (Rate("working_day"),)
    alike: float = 0.6

    def days(self, days: Days) -> int:
        """Days of the plan that a step takes."""
        rate = next(rate for rate in self.rates if rate.unit == days.unit)
        return -(-days.planned * rate.numerator // rate.denominator)


@dataclass(frozen=True, slots=True)
class Problem:
    """A bundle and the answers an applicant gave so far (question code → option)."""

    bundle: Bundle
    answers: Mapping[str, str] = field(default_factory=dict)


class Ref(NamedTuple):
    """A step or a requirement of an item (a tuple, because it is hashed more than anything else)."""

    item: str
    id: str

    def __str__(self) -> str:
        return f"{self.item}/{self.id}"


class Paper(NamedTuple):
    """A material in the form and freshness in which it is asked for: the same paper is asked for once."""

    material: str
    form: Form
    validity_days: int | None = None

    @property
    def order(self) -> tuple[str, str, int]:
        """A total order."""
        return self.material, self.form, -1 if self.validity_days is None else self.validity_days

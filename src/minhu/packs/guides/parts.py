"""The parts of item guides and one-things: fields, requirements, steps, outputs, situations, consents."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from minhu.methods.composing import Form, StepKind, Waiver

Strength = Literal["law", "regulation", "local", "assumed"]


class Stage(StrEnum):
    """When in a life, or in the life of an enterprise, a one-thing is wanted."""

    BIRTH = "birth"
    SCHOOL = "school"
    WORK = "work"
    MARRIAGE = "marriage"
    HOME = "home"
    HEALTH = "health"
    OLD_AGE = "old_age"
    FAREWELL = "farewell"
    START = "start"
    LICENCE = "licence"
    BUILD = "build"
    OPERATE = "operate"
    CHANGE = "change"
    EXIT = "exit"

    @property
    def audience(self) -> str:
        """Whose stage it is: of a person or of an enterprise."""
        return "enterprise" if list(Stage).index(self) >= list(Stage).index(Stage.START) else "person"


@dataclass(frozen=True, slots=True)
class BasisSpec:
    """A clause an item rests on. An article nobody has looked up is said to be so, never guessed."""

    document: str
    article: str = ""
    strength: Strength = "assumed"
    note: str = ""

    @property
    def words(self) -> str:
        """As it is quoted."""
        return f"{self.document} {self.article}".strip()


@dataclass(frozen=True, slots=True)
class BoundsSpec:
    """What a field may hold: options, numbers, lengths, patterns that the whole text must match."""

    options: tuple[str, ...] = ()
    least: Decimal | None = None
    greatest: Decimal | None = None
    shortest: int | None = None
    longest: int | None = None
    patterns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemField:
    """A field on the form of an item: an element of the dictionary and whose value of it.

    `label`: as the department prints it (without: the title of the element). `condition`: over situations
    and other fields (`role.element`). `bounds`: narrower than the dictionary's.
    """

    role: str
    element: str
    label: str = ""
    optional: bool = False
    condition: str = ""
    clause: str = ""
    bounds: BoundsSpec = BoundsSpec()

    @property
    def key(self) -> str:
        """How conditions and merges name it."""
        return f"{self.role}.{self.element}"


@dataclass(frozen=True, slots=True)
class ItemRequirement:
    """Evidence that must be at hand before `step`: any one of `sets`, all materials in it.

    `waiver`: `commit` (告知承诺) is checked afterwards within the limit `verify`; `defer` (容缺) is brought
    before `deferred_to` begins. `validity_days`: issued at most so long ago.
    """

    id: str
    step: str
    sets: tuple[tuple[str, ...], ...]
    title: str = ""
    form: Form = Form.COPY
    validity_days: int | None = None
    waiver: Waiver = Waiver.NONE
    deferred_to: str = ""
    verify: str = ""
    condition: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class ItemStep:
    """What a department does after the steps it `needs`.

    `legal` and `promised` in `unit`s; `counted`: whether they run on the legal limit. `actor`: an
    organisation, if not the department of the item. `visit`: the applicant is called in, at `window`.
    """

    id: str
    kind: StepKind
    title: str
    legal: int
    clause: str
    promised: int | None = None
    unit: str = "working_day"
    strength: Strength = "assumed"
    actor: str = ""
    needs: tuple[str, ...] = ()
    condition: str = ""
    counted: bool = True
    visit: bool = False
    may_share_visit: bool = False
    window: str = ""


@dataclass(frozen=True, slots=True)
class ItemOutput:
    """A material that the end of a step brings forth."""

    material: str
    step: str
    validity_days: int | None = None
    clause: str = ""


@dataclass(frozen=True, slots=True)
class QuestionSpec:
    """A situation question (情形); its options are the answers that conditions name."""

    code: str
    text: str
    options: tuple[str, ...]
    condition: str = ""
    help: str = ""


@dataclass(frozen=True, slots=True)
class WhenSpec:
    """An item joins a one-thing only under this condition over its situations, besides the item's own."""

    item: str
    condition: str


@dataclass(frozen=True, slots=True)
class RateSpec:
    """How many days of the plan one `unit` counts for: numerator / denominator."""

    unit: str
    numerator: int = 1
    denominator: int = 1


@dataclass(frozen=True, slots=True)
class MergeSpec:
    """A signature under "these two fields (`role.element`) are the same"."""

    key: str
    same_as: str
    post: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class ConsentSpec:
    """Something the applicant agrees to, in these words, before data are used; `child`: for a child's."""

    code: str
    words: str
    clause: str = ""
    child: bool = False


@dataclass(frozen=True, slots=True)
class CountSpec:
    """A published count before and after, kept raw: what, and where it was published."""

    what: Literal["steps", "materials", "days", "fields", "visits"]
    before: int
    after: int
    source: str

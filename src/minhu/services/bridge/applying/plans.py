"""The plan of one situation as an applicant meets it: blanks to fill in, papers, consents."""

from collections.abc import Mapping
from dataclasses import dataclass

from minhu.methods.composing import Condition, Constraint
from minhu.packs.guides import ConsentSpec, Definition
from minhu.services.states import PaperWay


@dataclass(frozen=True, slots=True)
class Asker:
    """Which department asks for something, in which item, by which clause."""

    department: str
    item: str
    clause: str


@dataclass(frozen=True, slots=True)
class Blank:
    """A field of the common form. `readers`: codes of the organisations that may know the answer."""

    key: str
    role: str
    element: str
    label: str
    type: str
    constraint: Constraint
    condition: Condition
    required: Condition
    askers: tuple[Asker, ...]
    readers: frozenset[str]
    options: tuple[str, ...] = ()
    help: str = ""
    personal: bool = True
    purpose: str = ""
    keep: str = ""
    prefill: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A few blanks about the same bearer, none of which decides whether another is shown."""

    code: str
    role: str
    title: str
    kind: str
    blanks: tuple[Blank, ...]


@dataclass(frozen=True, slots=True)
class Want:
    """A paper that is needed, and how it comes. `code` names it in addresses; `refs`: requirements served.

    `later_days`: working days after the application by which a deferred one must be there.
    """

    code: str
    way: PaperWay
    material: str
    form: str
    name: str
    refs: tuple[tuple[str, str], ...]
    askers: tuple[Asker, ...]
    media: tuple[str, ...] = ()
    largest: str = ""
    connector: str = ""
    lag_days: int = 0
    may_upload: bool = True
    may_be_later: bool = False
    later_days: int = 0
    verify: str = ""
    note: str = ""
    validity_days: int | None = None

    @property
    def requirement(self) -> str:
        """The requirement a commitment is for, as it is kept; papers are kept by material and form."""
        return "/".join(self.refs[0]) if self.way is PaperWay.COMMIT else ""

    @property
    def departments(self) -> frozenset[str]:
        """Who needs it."""
        return frozenset(one.department for one in self.askers)

    @property
    def is_asked(self) -> bool:
        """Whether the applicant does anything for it."""
        return self.way is not PaperWay.OUTPUT


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything asked in one situation."""

    definition: Definition
    answers: Mapping[str, str]
    blanks: tuple[Blank, ...]
    pages: tuple[Page, ...]
    wants: tuple[Want, ...]
    days: int

    @property
    def consents(self) -> tuple[ConsentSpec, ...]:
        """What is agreed to by whoever applies."""
        return tuple(one for one in self.definition.thing.consent if not one.child)

    @property
    def child_consents(self) -> tuple[ConsentSpec, ...]:
        """What is agreed to on behalf of a child, on a page of its own."""
        return tuple(one for one in self.definition.thing.consent if one.child)

    def blank(self, key: str) -> Blank | None:
        """A blank by its key."""
        return next((one for one in self.blanks if one.key == key), None)

    def want(self, code: str) -> Want | None:
        """A paper by its code."""
        return next((one for one in self.wants if one.code == code), None)

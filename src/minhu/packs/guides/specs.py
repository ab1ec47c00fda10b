"""Sections: bearers, the field dictionary, materials, item guides, and the one-things that join them."""

from dataclasses import dataclass
from typing import Literal

from minhu.methods.composing import FieldType, Form
from minhu.packs.guides.parts import (
    BasisSpec,
    BoundsSpec,
    ConsentSpec,
    CountSpec,
    ItemField,
    ItemOutput,
    ItemRequirement,
    ItemStep,
    MergeSpec,
    QuestionSpec,
    RateSpec,
    Stage,
    WhenSpec,
)
from minhu.packs.sections import Section

PDF_AND_PICTURES = ("application/pdf", "image/jpeg", "image/png")


@dataclass(frozen=True, slots=True)
class BearerSpec:
    """Whose values fields hold: a role in an application (申请人, 新生儿, 企业, 经营场所)."""

    code: str
    title: str
    kind: Literal["person", "child", "organisation", "place", "matter"] = "person"


@dataclass(frozen=True, slots=True)
class ElementSpec:
    """An entry of the field dictionary; fields merge on role, element and type, never on a label.

    `roles`: whose value it may be (none: anybody's). `owner`: the organisation that keeps the value, in
    `library` (库); `prefill`: whether it can be filled in from there. `personal` ones need a `purpose` and
    `keep`, a limit of the rulebook. `readers`: the organisations that may know it (none: those that ask).
    """

    code: str
    title: str
    type: FieldType = FieldType.TEXT
    roles: tuple[str, ...] = ()
    owner: str = ""
    library: str = ""
    prefill: bool = False
    personal: bool = False
    purpose: str = ""
    keep: str = ""
    readers: tuple[str, ...] = ()
    bounds: BoundsSpec = BoundsSpec()  # noqa: RUF009 (frozen)
    help: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class MaterialSpec:
    """A type of material. `largest`: a limit of the rulebook in megabytes.

    `connector`: the name of the data sharing that brings it after `share_lag_days`; `sample`: a file of the
    pack or words on what a good one looks like.
    """

    code: str
    name: str
    uploadable: bool = True
    media: tuple[str, ...] = PDF_AND_PICTURES
    largest: str = "upload.max_megabytes"
    connector: str = ""
    share_lag_days: int | None = None
    share_forms: tuple[Form, ...] = (Form.COPY, Form.DATA)
    share_clause: str = ""
    issuer: str = ""
    personal: bool = False
    sample: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if bool(self.connector) != (self.share_lag_days is not None):
            raise ValueError(
                f"{self.name}: a connector and share_lag_days are written together or not at all"
            )


@dataclass(frozen=True, slots=True)
class ItemSpec:
    """An item guide as its department publishes it. `kind`: 行政许可, 行政确认, 公共服务 …"""

    code: str
    name: str
    department: str
    kind: str
    version: str
    basis: tuple[BasisSpec, ...] = ()
    subject: str = ""
    summary: str = ""
    condition: str = ""
    visits: int | None = None
    fee_yuan: int = 0
    fee_note: str = ""
    illustrative: bool = False
    field: tuple[ItemField, ...] = ()
    requirement: tuple[ItemRequirement, ...] = ()
    step: tuple[ItemStep, ...] = ()
    output: tuple[ItemOutput, ...] = ()


@dataclass(frozen=True, slots=True)
class ThingSpec:
    """A one-thing (一件事): the items it joins, the situations it tells apart, who signed which merges.

    `tier`: 总体, 年度 or 特色 list. `promised_days`: what it promises as a whole. `reconstructed` (重构):
    rebuilt from published counts, which stand in `count`. `help`: whether somebody may apply for another.
    `assessment`: number and day of the impact assessment of a child's data; without it nobody may apply.
    `when`: items that join only in some situations.
    """

    code: str
    name: str
    tier: Literal["overall", "annual", "special"]
    audience: Literal["person", "enterprise"]
    stage: Stage
    lead: str
    summary: str
    items: tuple[str, ...]
    promised_days: int | None = None
    reconstructed: bool = False
    child_data: bool = False
    assessment: str = ""
    help: bool = True
    illustrative: bool = False
    question: tuple[QuestionSpec, ...] = ()
    when: tuple[WhenSpec, ...] = ()
    rate: tuple[RateSpec, ...] = (RateSpec("working_day"),)
    merge: tuple[MergeSpec, ...] = ()
    consent: tuple[ConsentSpec, ...] = ()
    count: tuple[CountSpec, ...] = ()
    note: str = ""


BEARERS = Section("bearers", "bearer", BearerSpec, form="toml")
ELEMENTS = Section("elements", "element", ElementSpec, form="toml")
MATERIALS = Section("materials", "material", MaterialSpec, form="toml")
ITEMS = Section("items", "item", ItemSpec, form="toml")
THINGS = Section("things", "thing", ThingSpec, form="toml")

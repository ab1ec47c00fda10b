"""Item guides and one-things: into the compiler, into JSON and back, under a schema, in every situation."""

import json
import re
import tomllib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhu.methods import composing
from minhu.methods.composing import FieldType, Form, StepKind, Waiver
from minhu.packs import PackError
from minhu.packs.guides import (
    BasisSpec,
    BearerSpec,
    BoundsSpec,
    ConsentSpec,
    CountSpec,
    Definition,
    ElementSpec,
    ItemField,
    ItemOutput,
    ItemRequirement,
    ItemSpec,
    ItemStep,
    MaterialSpec,
    MergeSpec,
    QuestionSpec,
    RateSpec,
    Stage,
    ThingSpec,
    WhenSpec,
    bundle_of,
    digest_of,
    from_plain,
    guide_of,
    situations,
    to_plain,
)
from minhu.packs.guides.schema import schema, written
from minhu.packs.shapes import shapes_of
from tests.packs.guides import FILES, PACKS, defined, kerb

DOCS = Path(__file__).resolve().parents[2] / "docs"
REFERENCE = (DOCS / "reference" / "item-guides.md").read_text(encoding="utf-8")
CODES = st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True)
WORDS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=12)
NUMBERS = st.none() | st.decimals(-1000, 1000, places=2)
COUNTS = st.none() | st.integers(0, 400)
BOUNDS = st.builds(
    BoundsSpec,
    st.lists(WORDS, max_size=3).map(tuple), NUMBERS, NUMBERS, COUNTS, COUNTS,
    st.lists(WORDS, max_size=2).map(tuple),
)  # fmt: skip
FIELDS = st.builds(ItemField, CODES, CODES, WORDS, st.booleans(), WORDS, WORDS, BOUNDS)
SETS = st.lists(st.lists(CODES, min_size=1, max_size=3).map(tuple), min_size=1, max_size=3).map(tuple)
NEEDS = st.builds(
    ItemRequirement, CODES, CODES, SETS, WORDS, st.sampled_from(Form), COUNTS, st.sampled_from(Waiver), CODES,
    CODES, WORDS, WORDS,
)  # fmt: skip
STEPS = st.builds(
    ItemStep, CODES, st.sampled_from(StepKind), WORDS, st.integers(0, 60), WORDS, COUNTS, CODES,
    st.sampled_from(["law", "regulation", "local", "assumed"]), CODES, st.lists(CODES, max_size=2).map(tuple),
)  # fmt: skip
ITEMS = st.builds(
    ItemSpec, CODES, WORDS, CODES, WORDS, CODES, st.lists(st.builds(BasisSpec, WORDS), max_size=2).map(tuple),
    WORDS, WORDS, WORDS, COUNTS, st.integers(0, 100), WORDS, st.booleans(),
    st.lists(FIELDS, max_size=3).map(tuple), st.lists(NEEDS, max_size=3).map(tuple),
    st.lists(STEPS, max_size=3).map(tuple),
    st.lists(st.builds(ItemOutput, CODES, CODES), max_size=2).map(tuple),
)  # fmt: skip


@pytest.fixture
def whole(tmp_path: Path) -> Definition:
    """The one-thing of the tiny town."""
    return defined(kerb(tmp_path), "kerb")


@given(ITEMS)
def test_a_guide_comes_back_from_json_as_it_was(item: ItemSpec) -> None:
    plain = json.loads(json.dumps(to_plain(item)))
    assert from_plain(ItemSpec, plain) == item
    assert digest_of(from_plain(ItemSpec, plain)) == digest_of(item)


@given(ITEMS, ITEMS)
def test_digests_are_equal_only_of_equals(one: ItemSpec, other: ItemSpec) -> None:
    assert (digest_of(one) == digest_of(other)) is (one == other)


def test_a_definition_pins_all_it_is_made_of(whole: Definition) -> None:
    again = from_plain(Definition, json.loads(json.dumps(to_plain(whole))))
    assert again == whole
    assert again.bundle == whole.bundle
    assert [one.code for one in whole.items] == ["address", "kerb"]
    assert {one.code for one in whole.elements} == {"name", "address", "width"}
    signed = replace(whole.thing, merge=(MergeSpec("a.b", "c.d", "clerk", date(2026, 1, 2), "same"),))
    assert digest_of(replace(whole, thing=signed)) != digest_of(whole)


def test_json_that_is_no_guide_says_where(whole: Definition) -> None:
    plain = to_plain(whole.items[1])
    plain["step"][0]["legal"] = "soon"
    plain["requirment"] = []
    with pytest.raises(PackError) as caught:
        from_plain(ItemSpec, plain)
    assert [str(one) for one in caught.value.problems] == [
        "requirment:1:1: unknown key “requirment” (did you mean “requirement”?)",
        'step.0.legal:1:1: legal: “soon” is not a whole number (write it without " ")',
    ]


def test_an_item_becomes_the_guide_of_the_compiler(whole: Definition) -> None:
    dictionary = {one.code: one for one in whole.elements}
    guide = guide_of(whole.items[1], dictionary)
    assert (guide.item, guide.department, guide.legal_basis) == ("kerb", "roads", ("Town rule 6 2",))
    name, address, width = guide.fields
    assert (name.label, address.label, width.label) == ("Who asks", "Where", "Width (metres)")
    assert width.type is FieldType.NUMBER
    assert width.constraint == composing.Constraint(least=Decimal(1), greatest=Decimal(6))
    assert width.condition == composing.condition_of("way = new")
    # What names no clause of its own rests on the first basis; a step is done by the department.
    assert (width.clause, guide.steps[0].clause, guide.steps[0].actor) == (
        "Town rule 6 2",
        "Town rule 6",
        "roads",
    )
    assert guide.requirements[1].sets == (("address_proof",),)


def test_bounds_of_an_item_narrow_those_of_the_dictionary() -> None:
    element = ElementSpec(
        "n", "N", FieldType.NUMBER, bounds=BoundsSpec(least=Decimal(1), greatest=Decimal(9))
    )
    field = ItemField("house", "n", bounds=BoundsSpec(greatest=Decimal(5), least=Decimal(0)))
    guide = guide_of(ItemSpec("i", "I", "d", "k", "1", field=(field,)), {"n": element})
    assert guide.fields[0].constraint == composing.Constraint(least=Decimal(1), greatest=Decimal(5))


def test_an_item_joins_only_when_the_one_thing_says_so(whole: Definition) -> None:
    thing = replace(whole.thing, when=(WhenSpec("address", "way = new"),))
    bundle = bundle_of(thing, whole.items, whole.materials, whole.elements)
    assert bundle.guides[0].condition == composing.condition_of("way = new")
    assert bundle.guides[1].condition == composing.ALWAYS


def test_situations_leave_out_what_is_not_asked() -> None:
    asked = (
        QuestionSpec("kind", "?", ("shop", "home")),
        QuestionSpec("size", "?", ("small", "large"), "kind = shop"),
        QuestionSpec("owner", "?", ("yes", "no"), "size = small"),
    )
    questions = [
        composing.Question(q.code, q.text, q.options, composing.condition_of(q.condition)) for q in asked
    ]
    assert list(situations(questions)) == [
        {"kind": "shop", "size": "small", "owner": "yes"},
        {"kind": "shop", "size": "small", "owner": "no"},
        {"kind": "shop", "size": "large"},
        {"kind": "home"},
    ]
    assert list(situations([])) == [{}]


def test_every_stage_belongs_to_a_person_or_an_enterprise() -> None:
    people = [one for one in Stage if one.audience == "person"]
    assert (people[0], people[-1], len(people)) == (Stage.BIRTH, Stage.FAREWELL, 8)
    assert {one.audience for one in Stage} == {"person", "enterprise"}


# -- the schema -------------------------------------------------------------------------------------------
def test_the_docs_hold_the_schema() -> None:
    # Written anew by: python -c "from minhu.packs.guides.schema import written; print(written(), end='')"
    assert (DOCS / "reference" / "item-guides.schema.json").read_text(encoding="utf-8") == written()


def plain_toml(path: Path) -> object:
    """A TOML file as JSON would say it."""
    return json.loads(json.dumps(tomllib.loads(path.read_text(encoding="utf-8")), default=str))


@pytest.mark.parametrize("section", ["bearers", "elements", "materials", "items", "things"])
def test_every_guide_of_the_packs_fits_the_schema(section: str) -> None:
    judge = jsonschema_rs.Draft202012Validator(schema())
    files = [PACKS / "tiny" / f"{section}.toml", *(PACKS / "jiangbei").glob(f"{section}*/*.toml")]
    files += [*(PACKS / "jiangbei").glob(f"{section}.toml")]
    assert len(files) >= 2
    assert [(file.name, str(fault)) for file in files for fault in judge.iter_errors(plain_toml(file))] == []


@pytest.mark.parametrize(
    "slip",
    [
        {"item": [{"code": "a"}]},
        {"items": []},
        {"material": [{"code": "a", "name": " "}]},
        {"element": [{"code": "a", "title": "A", "type": "words"}]},
        {"material": [{"code": "a", "name": "A", "share_lag_days": 1.5}]},
    ],
)
def test_the_schema_refuses_what_the_reader_does(slip: object) -> None:
    assert not jsonschema_rs.Draft202012Validator(schema()).is_valid(slip)


def test_the_schema_has_every_key_of_the_files() -> None:
    assert set(schema()["properties"]) == {name.removesuffix("s.toml") for name in FILES}


# -- the reference ----------------------------------------------------------------------------------------
PARTS = (
    ("bearer", BearerSpec), ("element", ElementSpec), ("material", MaterialSpec), ("item", ItemSpec),
    ("basis", BasisSpec), ("field", ItemField), ("requirement", ItemRequirement), ("step", ItemStep),
    ("output", ItemOutput), ("thing", ThingSpec),
)  # fmt: skip
LINES = (
    ("question", QuestionSpec), ("when", WhenSpec), ("rate", RateSpec), ("merge", MergeSpec),
    ("consent", ConsentSpec), ("count", CountSpec),
)  # fmt: skip
NESTED: dict[type, set[str]] = {
    ItemSpec: {"field", "requirement", "step", "output"},
    ThingSpec: {name for name, _ in LINES},
}
"""Keys that are told under a heading or in a line of their own."""


def told(text: str, kind: type) -> list[str]:
    """The keys a text does not tell, or tells to be needed where they are not (or the other way round)."""
    shapes = [shape for shape in shapes_of(kind) if shape.key not in NESTED.get(kind, ())]
    missing = [shape.key for shape in shapes if not re.search(rf"\b{shape.key}\b", text)]
    bold = set(re.findall(r"\*\*(\w+)\*\*", text))
    return missing + [shape.key for shape in shapes if (shape.key in bold) is not shape.required]


@pytest.mark.parametrize(("heading", "kind"), PARTS, ids=[name for name, _ in PARTS])
def test_the_reference_tells_every_key(heading: str, kind: type) -> None:
    found = re.search(rf"^##+ {heading}$(.*?)(?=^##|\Z)", REFERENCE, re.M | re.S)
    assert found
    assert told(found[1], kind) == []


@pytest.mark.parametrize(("name", "kind"), LINES, ids=[name for name, _ in LINES])
def test_the_reference_tells_every_key_of_a_line(name: str, kind: type) -> None:
    found = re.search(rf"^- `\[\[thing\.{name}\]\]`(.*)$", REFERENCE, re.M)
    assert found
    assert told(found[1], kind) == []

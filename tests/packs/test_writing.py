"""What is written as TOML is read back as what it was."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhu.methods import flow, ruling
from minhu.packs import open_pack
from minhu.packs.kinds import KINDS, PlaceSpec, StepSpec
from minhu.packs.nets import net_of, table_of
from minhu.packs.writing import kind_toml, table_toml, value
from tests.packs.kinds import lamp

JIANGBEI = Path(__file__).resolve().parents[2] / "packs" / "jiangbei"


def kind_from(text: str, folder: Path):
    """The kind of a text, read as a pack's."""
    (folder / "again").mkdir()
    (folder / "again" / "pack.toml").write_text((folder / "pack.toml").read_text())
    (folder / "again" / "kinds.toml").write_text(text, encoding="utf-8")
    return open_pack(folder / "again").read(KINDS)[0].item


def test_a_net_is_written_and_read_back(tmp_path: Path) -> None:
    net = net_of(lamp(tmp_path).item)
    assert net_of(kind_from(kind_toml(net), tmp_path)) == net


def test_a_net_that_went_through_bpmn_is_the_same(tmp_path: Path) -> None:
    net = net_of(lamp(tmp_path).item)
    again = flow.read_bpmn(flow.write_bpmn(net))
    assert net_of(kind_from(kind_toml(again), tmp_path)) == net


def test_every_kind_of_jiangbei_survives_bpmn_and_toml(tmp_path: Path) -> None:
    (tmp_path / "pack.toml").write_text((JIANGBEI / "pack.toml").read_text())
    kinds = open_pack(JIANGBEI).read(KINDS)
    assert len(kinds) >= 6
    for number, one in enumerate(kinds):
        net = net_of(one.item)
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "pack.toml").write_text((tmp_path / "pack.toml").read_text())
        assert net_of(kind_from(kind_toml(flow.read_bpmn(flow.write_bpmn(net))), folder)) == net


def test_a_table_is_written_and_read_back_through_dmn(tmp_path: Path) -> None:
    spec = lamp(tmp_path).item
    table = table_of(spec.table[0])
    text = kind_toml(net_of(spec)) + "\n" + table_toml(ruling.read_dmn(ruling.write_dmn(table)))
    assert table_of(kind_from(text, tmp_path).table[0]) == table


def test_an_automatic_step_and_side_by_side_are_said() -> None:
    places = (PlaceSpec("a", kind="start"), PlaceSpec("b"))
    net = flow.Net(
        "k", tuple(flow.Place(p.code, flow.Kind(p.kind)) for p in places),
        (flow.Transition(StepSpec("go", ("a",)).code, ("a",), ("b",)),), parallels=(frozenset({"b", "a"}),),
    )  # fmt: skip
    text = kind_toml(net)
    assert 'beside = [["a", "b"]]' in text.splitlines()
    assert 'on = "auto"' in text.splitlines()


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_any_text_survives_its_quotes(text: str) -> None:
    assert tomllib.loads(f"k = {value(text)}")["k"] == text


@pytest.mark.parametrize("said", [True, False, 3, ["a", ["b"]], {"k": ["v"]}])
def test_other_values_survive(said: object) -> None:
    assert tomllib.loads(f"k = {value(said)}")["k"] == said

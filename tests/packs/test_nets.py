"""A kind of a pack becomes a net and tables, nothing lost."""

from pathlib import Path

import pytest

from minhu.methods import flow, ruling
from minhu.packs.kinds import EffectSpec, StepSpec
from minhu.packs.nets import effect_of, net_of, table_of, transition_of
from tests.packs.kinds import lamp


def test_a_kind_becomes_a_net_without_faults(tmp_path: Path) -> None:
    net = net_of(lamp(tmp_path).item)
    assert flow.check(net) == []
    assert [place.code for place in net.places] == ["start", "mend", "part", "look", "done"]
    assert net.index.place["part"].pauses == "part"
    assert net.index.place["start"].title == "start"
    assert net.timers == (flow.Timer("long_look", "look", "lamp.look"),)


def test_a_step_is_fired_by_its_own_code_a_timer_or_itself(tmp_path: Path) -> None:
    fired_by = {t.code: t.on for t in net_of(lamp(tmp_path).item).transitions}
    assert fired_by["begin"] == ""
    assert fired_by["mended"] == "mended"
    assert fired_by["forgotten"] == "long_look"


def test_effects_say_all_they_were_told_and_their_number() -> None:
    spec = EffectSpec("open", of="child", each="answerer", gets="answerer", copies=("a", "b"))
    said = dict(effect_of(spec, 1).args)
    assert said == {"of": "child", "each": "answerer", "gets": "answerer", "copies": "a,b", "n": "1"}


def test_a_guard_is_read_and_a_bad_one_refused() -> None:
    step = StepSpec("go", ("a",), ("b",), guard='kind = "x"')
    assert str(transition_of(step).guard) == 'kind = "x"'
    with pytest.raises(flow.BadGuard, match="column 1"):
        transition_of(StepSpec("go", ("a",), guard="= 3"))


def test_a_kind_running_side_by_side_says_so(tmp_path: Path) -> None:
    found = lamp(tmp_path, 'basis = "Town Order 3"\nasks', 'basis = "x"\nbeside = [["mend", "look"]]\nasks')
    faults = flow.check(net_of(found.item))
    assert [(one.fault, one.where) for one in faults] == [(flow.Fault.SERIAL, "look")]


def test_a_table_keeps_its_basis_and_decides(tmp_path: Path) -> None:
    table = table_of(lamp(tmp_path).item.table[0])
    assert table.basis == ruling.Basis("Town Order 3", "article 4")
    decided = ruling.compiled(table).decide({"danger": "yes"})
    assert [{key: int(value) for key, value in row.items()} for row in decided.rows] == [{"urgency": 3}]

"""Pictures of nets."""

from hypothesis import given

from minhu.methods.flow import Net, draw
from tests.methods.flow.nets import HAZARD, branches, line, net, place, sound_nets


@given(sound_nets())
def test_every_arc_leads_on_unless_it_leads_back(tried: Net) -> None:
    drawing = draw(tried)
    layer = {node.code: node.layer for node in drawing.nodes}
    assert set(layer) == set(tried.codes)
    for arc in drawing.arcs:
        assert (layer[arc.src] < layer[arc.dst]) is not arc.is_back
    # Each layer is as late as its longest way and no later.
    for code, number in layer.items():
        before = [layer[arc.src] + 1 for arc in drawing.arcs if arc.dst == code and not arc.is_back]
        assert number == max(before, default=0)


@given(sound_nets())
def test_no_two_nodes_stand_in_one_spot_and_rows_have_no_gaps(tried: Net) -> None:
    spots = [(node.layer, node.row) for node in draw(tried).nodes]
    assert len(set(spots)) == len(spots)
    for number in {layer for layer, _ in spots}:
        rows = sorted(row for layer, row in spots if layer == number)
        assert rows == list(range(len(rows)))


def test_branches_stand_under_each_other_without_crossing() -> None:
    nodes = {node.code: (node.layer, node.row) for node in draw(branches(3)).nodes}
    assert [nodes[f"t{b}.0"] for b in range(3)] == [(2, 0), (2, 1), (2, 2)]
    assert [nodes[f"w{b}"] for b in range(3)] == [(4, 0), (4, 1), (4, 2)]
    assert nodes["end"] == (6, 0)


def test_lines_that_were_crossed_are_put_in_order() -> None:
    moves = [("1", "start", "a"), ("2", "start", "b"), ("3", "a", "x"), ("4", "b", "y")]
    crossed = net([place(code) for code in "abyx"], [line(*move) for move in moves])
    rows = {node.code: node.row for node in draw(crossed).nodes}
    assert (rows["a"] < rows["b"]) == (rows["x"] < rows["y"])


def test_a_return_is_an_arc_back_and_a_look_is_marked() -> None:
    drawing = draw(HAZARD)
    assert {(a.src, a.dst) for a in drawing.arcs if a.is_read} == {
        ("rectify", "visit_site"), ("rectify", "withdraw")
    }  # fmt: skip
    back = {arc.src for arc in drawing.arcs if arc.is_back}
    assert "returned" in back
    kinds = {node.code: (node.kind, node.title) for node in drawing.nodes}
    assert (kinds["rectify"], kinds["late"]) == (("task", "整改"), ("transition", "late"))


def test_arcs_to_nowhere_are_left_out() -> None:
    drawing = draw(net([place("a")], [line("go", "start", "a"), line("out", "a", "nowhere")]))
    assert [(arc.src, arc.dst) for arc in drawing.arcs] == [("start", "go"), ("a", "out"), ("go", "a")]

"""Two wordings, clause by clause."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from minhu.methods.clauses import Side, compare, marks

WORDS = st.text("推进改革应当公布期限。0 ", max_size=24)
SIDES = st.lists(st.builds(Side, st.sampled_from(["第一条", "第二条", "第三条", ""]), WORDS), max_size=8)
A = "区人民政府应当建立企业服务中心，统一受理企业诉求。"
B = "有关部门应当公布服务事项的办理期限和收费标准。"
C = "违反本条例规定的，由主管机关责令改正。"


def sides(*words: str) -> list[Side]:
    """Articles that say these words."""
    return [Side(f"第{'一二三四五六七八九'[i]}条", said) for i, said in enumerate(words)]


def told(old: list[Side], new: list[Side]) -> list[tuple[str, int | None, int | None]]:
    """Kind, old place, new place."""
    return [(pair.kind, pair.old, pair.new) for pair in compare(old, new)]


@given(SIDES)
def test_a_text_compared_with_itself_is_all_kept(text: list[Side]) -> None:
    assert told(text, text) == [("kept", i, i) for i in range(len(text))]


@given(SIDES, SIDES)
def test_every_clause_of_both_sides_appears_exactly_once(old: list[Side], new: list[Side]) -> None:
    pairs = compare(old, new)
    assert Counter(p.old for p in pairs if p.old is not None) == Counter(range(len(old)))
    assert [p.new for p in pairs if p.new is not None] == list(range(len(new)))


@given(SIDES, SIDES)
def test_the_other_way_round_gives_the_same_pairs(old: list[Side], new: list[Side]) -> None:
    there = {(p.old, p.new): p.kind for p in compare(old, new) if p.old is not None and p.new is not None}
    back = {(p.new, p.old): p.kind for p in compare(new, old) if p.old is not None and p.new is not None}
    kinds = Counter(p.kind for p in compare(old, new)), Counter(p.kind for p in compare(new, old))
    assert there.keys() == back.keys()
    assert (kinds[0]["new"], kinds[0]["gone"]) == (kinds[1]["gone"], kinds[1]["new"])
    assert {key for key, kind in there.items() if kind == "changed"} == {
        key for key, kind in back.items() if kind == "changed"
    }


@given(SIDES, SIDES)
def test_the_same_comparison_twice_is_the_same(old: list[Side], new: list[Side]) -> None:
    assert compare(old, new) == compare(old, new)


@given(SIDES, SIDES, st.integers(0, 8))
def test_in_a_superset_of_itself_nothing_is_gone(text: list[Side], more: list[Side], at: int) -> None:
    whole = [*text[:at], *more, *text[at:]]
    pairs = compare(text, whole)
    assert {pair.kind for pair in pairs} <= {"kept", "moved", "new"}
    assert sum(pair.kind == "new" for pair in pairs) == len(more)


@given(SIDES, SIDES)
def test_sure_pairs_say_the_same_and_stand_once(old: list[Side], new: list[Side]) -> None:
    for pair in compare(old, new):
        if pair.is_sure and pair.old is not None and pair.new is not None:
            words = "".join(old[pair.old].words.split())
            assert ["".join(side.words.split()) for side in old].count(words) == 1
            assert ["".join(side.words.split()) for side in new].count(words) == 1


def test_an_inserted_article_renumbers_the_rest_and_changes_none() -> None:
    assert told(sides(A, B), sides(A, C, B)) == [("kept", 0, 0), ("new", None, 1), ("moved", 1, 2)]
    pair = compare(sides(A, B), sides(A, C, B))[2]
    assert (pair.is_renumbered, pair.is_elsewhere, pair.is_sure) == (True, False, True)


def test_an_article_that_stands_elsewhere_has_moved() -> None:
    old = [Side("", A), Side("", B), Side("", C)]
    assert told(old, [old[1], old[2], old[0]]) == [("kept", 1, 0), ("kept", 2, 1), ("moved", 0, 2)]


def test_changed_words_are_marked_on_both_sides() -> None:
    old, new = "应当在十个工作日内办结，逾期说明理由。", "应当在五个工作日内办结，并逾期说明理由。"
    assert told(sides(A, old), sides(A, new)) == [("kept", 0, 0), ("changed", 1, 1)]
    left, right = marks(old, new)
    assert [old[a:b] for a, b in left] == ["十"]
    assert [new[a:b] for a, b in right] == ["五", "并"]


def test_a_rewritten_article_between_kept_neighbours_is_changed_not_new() -> None:
    old = "设立改革专项资金，用于支持微改革。"
    new = "改革所需经费列入本级预算，用于支持重大改革和微改革的试点、评估与推广。"
    assert told(sides(A, old, C), sides(A, new, C))[1] == ("changed", 1, 1)
    assert {kind for kind, _, _ in told(sides(old, A), [Side("第九条", C), Side("第十条", new)])} == {
        "gone",
        "new",
    }


def test_blanks_and_wide_digits_change_nothing() -> None:
    assert told([Side("第一条", "在 ５ 日内\n办结。")], [Side("第一条", "在5日内办结。")]) == [("kept", 0, 0)]


def test_words_that_stand_twice_are_nobodys_sure_successor() -> None:
    pairs = compare(sides(A, A, B), sides(A, B))
    assert [(pair.kind, pair.is_sure) for pair in pairs] == [
        ("kept", False),
        ("gone", False),
        ("moved", True),
    ]


@given(WORDS, WORDS)
def test_marks_are_what_differs_and_mirror_each_other(old: str, new: str) -> None:
    left, right = marks(old, new)
    assert marks(new, old) == (right, left)
    rest = [
        "".join(
            text[a:b]
            for a, b in zip([0, *(e for _, e in spans)], [*(s for s, _ in spans), len(text)], strict=True)
        )
        for text, spans in ((old, left), (new, right))
    ]
    assert "".join(rest[0].split()) == "".join(rest[1].split())
    assert marks(old, old) == ([], [])


def test_a_very_long_clause_is_marked_by_sentences_in_time() -> None:
    old = "".join(f"第{n}项工作由主管部门负责办理。" for n in range(400))
    new = old.replace("第7项工作由", "第7项工作改由")
    left, right = marks(old, new)
    assert [new[a:b] for a, b in right] == ["第7项工作改由主管部门负责办理。"]
    assert [old[a:b] for a, b in left] == ["第7项工作由主管部门负责办理。"]

"""Published lists of other cities: read as far as they go, with what they leave open and what to ask."""

import json
from pathlib import Path

import pytest

from minhu.methods import composing
from minhu.packs import PackError
from minhu.packs.guides.published import read_published

SMALL = {
    "theme_code": "T1",
    "theme": "A shop",
    "linked": [{"matter": "Licence", "limit_days": 10, "result": "licence"}],
    "materials": [{"name": "Plan", "submit_mode": 4, "necessity": 1}],
    "promised_days": 4,
    "before": {"days": 12},
}


def said(*records: object) -> bytes:
    """A file of these records."""
    return json.dumps(records, ensure_ascii=False).encode()


def refused(content: bytes) -> list[str]:
    """What is wrong with a file, without the hint that follows each."""
    with pytest.raises(PackError) as caught:
        read_published(content, "list.json")
    return [f"{one.position}: {one.message}" for one in caught.value.problems]


def test_the_three_real_guides_come_in_as_far_as_they_go(shared: Path) -> None:
    content = (shared / "data" / "one_thing" / "guides.json").read_bytes()
    found = {one.name: one for one in read_published(content, "guides.json")}
    asked = {name: [(q.code, q.words) for q in one.queries] for name, one in found.items()}
    assert asked == {
        "新生儿出生一件事": [
            (
                "promise_shorter",
                "5 days are promised; 社会保障卡申领（邮寄卡不激活金融账户） alone may take 30",
            ),
            ("before_not_sum", "72 days are declared before; the matters' own limits add up to 82"),
        ],
        "开办餐饮店一件事": [
            ("promise_shorter", "4 days are promised; 《食品小经营许可证》新办 alone may take 10"),
            ("before_not_sum", "37 days are declared before; the matters' own limits add up to 33"),
        ],
        "企业注销登记一件事": [
            ("promise_shorter", "5 days are promised; 海关报关单位备案注销 alone may take 11"),
            ("before_not_sum", "20 days are declared before; the matters' own limits add up to 69"),
        ],
    }
    assert {name: len(one.draft.bundle.guides) - 1 for name, one in found.items()} == {
        "新生儿出生一件事": 7,
        "开办餐饮店一件事": 6,
        "企业注销登记一件事": 21,
    }
    assert "when is it asked for: 新生儿民族成份申请" in found["新生儿出生一件事"].open_points
    assert "no departments are named" in found["企业注销登记一件事"].open_points
    assert [one.left_out for one in found.values()] == [(), (), ()]


def test_a_draft_of_a_real_guide_compiles_to_its_longest_matter(shared: Path) -> None:
    content = (shared / "data" / "one_thing" / "guides.json").read_bytes()
    for one in read_published(content, "guides.json"):
        problem = composing.Problem(one.draft.bundle)
        solution = composing.compose(problem)
        assert composing.check(problem, solution) == []
        assert solution.proof is not None
        raw = next(each for each in json.loads(content) if each["theme_code"] == one.code)
        longest = max(each["limit_days"] for each in raw["linked"])
        assert solution.proof.makespan == longest == raw["check"]["max_linked_days"]
        assert solution.proof.ledger.serial_days == raw["check"]["sum_linked_days"]


def test_a_small_one_says_what_it_leaves_open() -> None:
    [one] = read_published(b"\xef\xbb\xbf" + said({**SMALL, "colour": "red"}), "list.json")
    assert (one.code, one.name, one.left_out) == ("T1", "A shop", ("not understood: colour",))
    assert [q.code for q in one.queries] == ["promise_shorter", "before_not_sum"]
    assert one.open_points[:3] == (
        "no legal basis is stated for any matter",
        "no matter's fields are listed",
        "which matter asks for which paper is not said",
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"[{", ["list.json:1:3: this is no JSON in UTF-8"]),
        ("[“]".encode("gbk"), ["list.json:1:1: this is no JSON in UTF-8"]),
        (b"[" * 100_000, ["list.json:1:1: this is no JSON in UTF-8"]),
        (b"{}", ["list.json:1:1: there is no list of guides in it"]),
        (b"[]", ["list.json:1:1: there is no list of guides in it"]),
        (b"[3]", ["list.json[0]:1:1: this is no guide"]),
        (
            said({"theme": "A"}),
            [f"list.json[0]:1:1: the key “{k}” is missing" for k in ("theme_code", "linked", "materials")],
        ),
        (said({**SMALL, "linked": "all"}), ["list.json[0].linked:1:1: this is no list"]),
        (said({**SMALL, "linked": ["all"]}), ["list.json[0].linked[0]:1:1: this is no table"]),
        (
            said(SMALL, {**SMALL, "linked": [{"matter": "", "limit_days": "3"}]}),
            [
                "list.json[1].linked[0].matter:1:1: “matter” must be text",
                "list.json[1].linked[0].limit_days:1:1: “limit_days” must be a whole number",
            ],
        ),
        (
            said({**SMALL, "linked": [{"matter": "x", "limit_days": -1}]}),
            ["list.json[0].linked[0].limit_days:1:1: it takes no less than no time"],
        ),
        (
            said({**SMALL, "materials": [{"name": "Plan", "submit_mode": True, "necessity": 1}]}),
            ["list.json[0].materials[0].submit_mode:1:1: “submit_mode” must be a whole number"],
        ),
    ],
)
def test_what_is_no_list_of_guides_is_refused_where_it_is_wrong(content: bytes, words: list[str]) -> None:
    found = refused(content)
    assert len(found) == len(words)
    assert [one for one, start in zip(found, words, strict=True) if not one.startswith(start)] == []

"""The table of rights, said once more in full: a changed right must be changed here too."""

import pytest
from django.contrib.auth.models import AnonymousUser

from minhu.people.models import User
from minhu.people.rules import (
    PUBLIC,
    RIGHTS,
    SIGNED_IN,
    Hat,
    Reader,
    Refused,
    holders_of,
    may,
    may_somewhere,
    require,
    rights_by_group,
)
from minhu.people.states import Role
from minhu.trail.states import Actor

O, L, R, S, A = Role.OFFICE, Role.LEAD, Role.LEADER, Role.SUPERVISOR, Role.AUDITOR  # noqa: E741
EVERY = {O, L, R, S, A}

# right -> (roles that have it everywhere, roles that have it within their own unit)
TABLE = {
    "see_desk": (EVERY, set()),
    "see_cockpit": (EVERY, set()),
    "see_ledger": (EVERY, set()),
    "see_mandates": (EVERY, set()),
    "see_coverage": (EVERY, set()),
    "see_basis": (EVERY, set()),
    "find": (EVERY, set()),
    "see_rights": (EVERY, set()),
    "use_api": (EVERY, set()),
    "report_problem": (EVERY, set()),
    "see_people": ({O, R, S, A}, set()),
    "see_record": ({O, R, S, A}, {L}),
    "submit_proof": ({O}, {L}),
    "ask_postponement": ({O}, {L}),
    "write_rule": ({O}, {L}),
    "propose_inapplicable": ({O}, {L}),
    "accept_proof": ({O, S}, {L}),
    "decide_postponement": ({O, R}, set()),
    "decide_inapplicable": ({O, R}, set()),
    "check_limit": ({O, S}, set()),
    "match_clause": ({O}, set()),
    "move_reform": ({O}, set()),
    "see_cases": ({O, R, S, A}, {L}),
    "see_powers": (EVERY, set()),
    "open_case": ({O, R, S}, {L}),
    "act_in_case": ({O, R, S}, {L}),
    "erase_personal": ({O}, set()),
    "publish_kind": ({O}, set()),
    "retry_effect": ({O}, set()),
    "see_voices": ({O, R, S, A}, {L}),
    "hear_voice": ({O}, {L}),
    "import_voices": ({O}, {L}),
    "see_raw_voice": (set(), {O, L}),
    "moderate_voice": ({O}, {L}),
    "publish_voice": ({O}, {L}),
    "decide_data_request": ({O}, {L}),
    "see_groups": (EVERY, set()),
    "group_voices": ({O}, {L}),
    "assign_voices": ({O}, {L}),
    "answer_voices": ({O}, {L}),
    "check_replies": ({O}, {L}),
    "propose_small_cut": ({O, R}, {L}),
    "link_reform": ({O}, set()),
    "manage_calls": ({O}, {L}),
    "see_things": (EVERY, set()),
    "design_thing": ({O}, {L}),
    "answer_question": ({O}, {L}),
    "publish_thing": ({O}, set()),
    "confirm_family": ({O}, set()),
    "apply_for_others": ({O, L}, set()),
    "start_reform": ({O}, set()),
    "edit_reform": ({O}, set()),
    "load_document": ({O}, set()),
    "load_pack": ({O}, set()),
    "administer_people": ({O}, set()),
    "answer_complaint": ({O}, set()),
}
# The auditor reads; the one thing an auditor may write is a complaint about the software itself. A program of
# an auditor may do what its post may do: read.
READING = {name for name in TABLE if name.startswith("see_")} | {"find", "report_problem", "use_api"}


def reader_with(role: Role | None, unit: str = "caizheng") -> Reader:
    """A reader without a database."""
    user = User(pk=7, username="somebody")
    if role is None:
        return Reader(user)
    hat = Hat("post-1", "经办岗", role.value, unit, unit, 3, 4)
    return Reader(user, hat, (hat,))


def test_the_table_is_as_agreed() -> None:
    assert {name: (set(rule.roles), set(rule.own)) for name, rule in RIGHTS.items()} == TABLE


@pytest.mark.parametrize("right", TABLE)
@pytest.mark.parametrize("role", Role)
def test_every_right_for_every_role(right: str, role: Role) -> None:
    everywhere, own = TABLE[right]
    reader = reader_with(role)
    assert {
        "for nothing in particular": may(reader, right),
        "for the own unit": may(reader, right, organisations={"caizheng", "fagai"}),
        "for another unit": may(reader, right, organisations={"fagai"}),
        "for anything at all": may_somewhere(reader, right),
    } == {
        "for nothing in particular": role in everywhere,
        "for the own unit": role in everywhere | own,
        "for another unit": role in everywhere,
        "for anything at all": role in everywhere | own,
    }


def test_an_auditor_never_writes() -> None:
    assert {name for name in RIGHTS if may_somewhere(reader_with(A), name)} - READING == set()


@pytest.mark.parametrize("right", TABLE)
def test_without_a_post_there_are_no_rights(right: str) -> None:
    assert not may_somewhere(reader_with(None), right)
    assert not may_somewhere(Reader(AnonymousUser()), right)
    # An empty code of organisation must not fit an empty code of a thing.
    assert not may(reader_with(None), right, organisations={""})


def test_the_doors_need_no_post() -> None:
    nobody, account = Reader(AnonymousUser()), reader_with(None)
    assert [may(nobody, PUBLIC), may(nobody, SIGNED_IN)] == [True, False]
    assert [may(account, PUBLIC), may(account, SIGNED_IN)] == [True, True]


def test_an_unknown_right_is_a_mistake_of_the_programmer() -> None:
    with pytest.raises(KeyError):
        may(reader_with(O), "see_everything")


def test_reader_speaks_in_codes() -> None:
    reader = reader_with(L)
    assert reader.actor == Actor(7, "post-1", "caizheng")
    assert reader.may("submit_proof", "caizheng")
    assert reader.may("submit_proof", organisations=["fagai", "caizheng"])
    assert not reader.may("submit_proof", "fagai")
    assert reader.may_somewhere("submit_proof")


def test_require_names_the_missing_right() -> None:
    require(reader_with(O), "edit_reform")
    with pytest.raises(Refused) as refusal:
        require(reader_with(L), "edit_reform")
    assert refusal.value.right == "edit_reform"


def test_holders_stand_in_the_order_of_the_roles() -> None:
    assert holders_of("accept_proof") == (O, L, S)


def test_the_table_for_reading_holds_every_right_once() -> None:
    rows = [(name, marks) for rows in rights_by_group().values() for name, _, marks in rows]
    assert sorted(name for name, _ in rows) == sorted(RIGHTS)
    assert dict(rows)["accept_proof"] == ["all", "own", "none", "all", "none"]


def test_a_reader_is_told_a_thing_once_a_request(reader) -> None:
    asked = []
    leader, another = reader(Role.LEADER), reader(Role.LEADER)
    for one in (leader, leader, another):
        assert one.once("figures", lambda: asked.append(1) or len(asked)) == len(asked)
    assert len(asked) == 2

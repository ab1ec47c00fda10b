"""Groups are split, merged and parted; every voice is always in exactly one, and merging back restores."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minhu.trail.models import Edge, Entry, ref
from minhu.voices.actions.groups import (
    SAID_IN,
    merge_groups,
    part_group,
    place_voice,
    retitle_group,
    split_group,
)
from minhu.voices.actions.groups_counting import recount_voice
from minhu.voices.models import Group, Membership
from minhu.voices.states.groups import GroupState
from minhu.voices.states.hearing import VoiceRefused
from tests.factories.groups import NOW, OFFICE, a_group, a_voice
from tests.factories.people import OrganisationFactory

pytestmark = pytest.mark.django_db


def members(group: Group) -> set[int]:
    """The voices of a group now."""
    return set(Membership.objects.filter(group=group, until=None).values_list("voice", flat=True))


def test_a_voice_without_a_like_gets_a_group_of_its_own() -> None:
    voice = a_voice("楼道灯坏了")
    group = place_voice(voice=voice, into=None, alike=None, at=NOW)
    assert (group.title, group.centre, group.size, group.unanswered) == ("楼道灯坏了", voice, 1, 1)
    assert members(group) == {voice.pk}
    assert Edge.objects.filter(src=ref(voice), dst=ref(group), kind=SAID_IN, until=None).count() == 1
    assert Entry.objects.filter(book=voice.book).get().deed == "voices.place_voice"


def test_a_voice_is_placed_once() -> None:
    voice, other = a_voice(), a_group()
    group = place_voice(voice=voice, into=None, alike=None, at=NOW)
    assert place_voice(voice=voice, into=other, alike=1.0, at=NOW) == group
    assert Membership.objects.filter(voice=voice).count() == 1


def test_the_database_itself_refuses_a_second_open_membership() -> None:
    voice = a_voice()
    group = place_voice(voice=voice, into=None, alike=None, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(voice=voice, group=group, since=NOW)


def test_a_like_of_a_merged_group_goes_where_that_group_went() -> None:
    one, other = a_group(), a_group()
    merge_groups(by=OFFICE, into=one, others=[other], at=NOW)
    other.refresh_from_db()
    assert place_voice(voice=a_voice(), into=other, alike=0.9, at=NOW) == one


def test_a_group_counts_people_days_and_its_commonest_place() -> None:
    cicheng, hongtang = OrganisationFactory(code="cicheng"), OrganisationFactory(code="hongtang")
    group = a_group(2, person="one", place=hongtang)
    place_voice(
        voice=a_voice(said_on=date(2026, 3, 2), person="", place=cicheng), into=group, alike=1, at=NOW
    )
    place_voice(voice=a_voice(person="", place=hongtang, state="answered"), into=group, alike=1, at=NOW)
    group.refresh_from_db()
    assert (group.size, group.people, group.unanswered) == (4, 3, 3)
    assert (group.first_on, group.last_on) == (date(2026, 3, 2), date(2026, 3, 30))
    assert group.place == hongtang


def test_voices_held_or_taken_back_do_not_count() -> None:
    group = a_group(2)
    held = Membership.objects.filter(group=group).latest("pk").voice
    held.state = "refused"
    held.save()
    recount_voice(held.pk)
    group.refresh_from_db()
    assert (group.size, group.unanswered) == (1, 1)


def test_splitting_makes_a_group_that_waits() -> None:
    group = a_group(3)
    first, *others = sorted(members(group))
    made = split_group(by=OFFICE, group=group, voices=[first], title="另一件事", at=NOW)
    group.refresh_from_db()
    assert (made.title, made.size, group.size) == ("另一件事", 1, 2)
    assert (members(made), members(group)) == ({first}, set(others))
    assert group.centre_id == others[0]
    assert Edge.objects.filter(dst=ref(group), kind=SAID_IN, until=None).count() == 2
    assert [one.deed for one in Entry.objects.filter(book=group.book)] == ["voices.split_group"]


@pytest.mark.parametrize("chosen", ["nobody", "all", "strangers"])
def test_splitting_refuses_nobody_and_all(chosen: str) -> None:
    group, other = a_group(2), a_group()
    voices = {"nobody": set(), "all": members(group), "strangers": members(other)}[chosen]
    with pytest.raises(VoiceRefused) as refused:
        split_group(by=OFFICE, group=group, voices=voices, title="", at=NOW)
    assert refused.value.field == "voices"
    assert Group.objects.count() == 2


def test_split_then_merged_back_is_as_before() -> None:
    group = a_group(4)
    before = members(group)
    made = split_group(by=OFFICE, group=group, voices=sorted(before)[:2], title="", at=NOW)
    merge_groups(by=OFFICE, into=group, others=[made], at=NOW)
    assert members(group) == before
    made.refresh_from_db()
    assert (made.state, made.merged_into, made.size) == (GroupState.MERGED, group, 0)


def test_merged_then_parted_is_as_before() -> None:
    one, other = a_group(2), a_group(3)
    before = members(one), members(other)
    merge_groups(by=OFFICE, into=one, others=[other], at=NOW)
    assert len(members(one)) == 5
    part_group(by=OFFICE, group=other, at=NOW)
    assert (members(one), members(other)) == before


def test_what_a_person_split_off_since_stays_there() -> None:
    one, other = a_group(2), a_group(3)
    merge_groups(by=OFFICE, into=one, others=[other], at=NOW)
    gone = min(members(other) or set(Membership.objects.filter(group=other).values_list("voice", flat=True)))
    made = split_group(by=OFFICE, group=one, voices=[gone], title="", at=NOW)
    part_group(by=OFFICE, group=other, at=NOW)
    assert members(made) == {gone}
    assert len(members(other)) == 2


def test_a_standing_group_cannot_be_parted_nor_a_merged_one_split() -> None:
    one, other = a_group(2), a_group(2)
    with pytest.raises(VoiceRefused):
        part_group(by=OFFICE, group=one, at=NOW)
    merge_groups(by=OFFICE, into=one, others=[other], at=NOW)
    with pytest.raises(VoiceRefused):
        split_group(by=OFFICE, group=other, voices=[1], title="", at=NOW)
    with pytest.raises(VoiceRefused):
        merge_groups(by=OFFICE, into=one, others=[other], at=NOW)
    with pytest.raises(VoiceRefused):
        merge_groups(by=OFFICE, into=one, others=[one], at=NOW)


def test_a_title_is_changed_and_never_emptied() -> None:
    group = a_group()
    assert retitle_group(by=OFFICE, group=group, title=" 路灯 ", at=NOW).title == "路灯"
    with pytest.raises(VoiceRefused):
        retitle_group(by=OFFICE, group=group, title="  ", at=NOW)
    assert Entry.objects.get(deed="voices.retitle_group").payload == {"title": ["路灯不亮", "路灯"]}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=5, unique=True))
def test_any_merges_undone_in_reverse_or_any_order_restore_every_group(pairs) -> None:
    sid = transaction.savepoint()
    groups = [a_group(2) for _ in range(4)]
    before = [members(group) for group in groups]
    at, merged = NOW, []
    for into, other in pairs:
        at += timedelta(minutes=1)
        rows = [Group.objects.get(pk=group.pk) for group in groups]
        if into != other and rows[into].is_standing and rows[other].is_standing:
            merge_groups(by=OFFICE, into=rows[into], others=[rows[other]], at=at)
            merged.append(other)
        assert Membership.objects.filter(until=None).count() == 8
    for other in sorted(merged):
        at += timedelta(minutes=1)
        part_group(by=OFFICE, group=Group.objects.get(pk=groups[other].pk), at=at)
    assert [members(group) for group in groups] == before
    transaction.savepoint_rollback(sid)

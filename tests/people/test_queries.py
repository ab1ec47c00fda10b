"""Readings: the reader of a page, the tree as a table, notices and complaints, each in few queries."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from minhu.people import queries
from minhu.people.states import Role
from tests.factories.people import (
    SINCE,
    ComplaintFactory,
    HoldingFactory,
    NoticeFactory,
    OrganisationFactory,
    PostFactory,
    UserFactory,
    make_reader,
)
from tests.people.conftest import AT

pytestmark = pytest.mark.django_db


def test_reader_of_one_post(django_assert_num_queries, unit, post) -> None:
    user = UserFactory(post=post)
    with django_assert_num_queries(1):
        reader = queries.reader_of(user)
        said = (reader.post, reader.title, reader.organisation, reader.organisation_name, reader.role)
        ids = (reader.post_id, reader.organisation_id)
    assert said == ("caizheng-jingban", "经办岗", "caizheng", "财政局", Role.LEAD)
    assert ids == (post.pk, unit.pk)


def test_reader_acts_from_the_wanted_post_if_it_is_held(post) -> None:
    user = UserFactory(post=post)
    second = PostFactory(role=Role.SUPERVISOR)
    HoldingFactory(user=user, post=second, since=SINCE + timedelta(days=1))
    assert queries.reader_of(user).post == post.code
    assert queries.reader_of(user, second.code).role == Role.SUPERVISOR
    assert queries.reader_of(user, "not-held").post == post.code
    assert [hat.post for hat in queries.reader_of(user).hats] == [post.code, second.code]


def test_a_post_that_ended_gives_nothing(post) -> None:
    user = UserFactory()
    HoldingFactory(user=user, post=post, until=AT)
    assert (queries.reader_of(user).hats, queries.reader_of(user).role) == ((), None)


def test_nobody_has_no_post(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        reader = queries.reader_of(AnonymousUser())
    assert (reader.signed_in, reader.post, reader.actor.user_id) == (False, "", None)


def test_the_tree_takes_one_query_however_deep(django_assert_num_queries) -> None:
    top = OrganisationFactory(code="top")
    middle = OrganisationFactory(code="middle", parent=top)
    OrganisationFactory(code="second", parent=top)
    OrganisationFactory(code="leaf", parent=middle)
    with django_assert_num_queries(1):
        tree = queries.organisation_tree()
    assert [(b.organisation.code, b.depth) for b in tree] == [
        ("top", 0),
        ("middle", 1),
        ("leaf", 2),
        ("second", 1),
    ]


def test_the_table_takes_three_queries(django_assert_num_queries, unit, post) -> None:
    UserFactory(username="cz1", post=post)
    PostFactory(title="督查岗", organisation=unit, role=Role.SUPERVISOR)
    UserFactory.create_batch(3, role=Role.LEAD)
    with django_assert_num_queries(3):
        table = queries.people_table()
    assert (len(table.units), table.posts, table.vacant) == (4, 5, 1)


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        ({"text": "财政"}, [("caizheng", 2)]),
        ({"text": "督查"}, [("caizheng", 1)]),
        ({"text": "CZ1"}, [("caizheng", 1)]),
        ({"role": Role.SUPERVISOR}, [("caizheng", 1)]),
        ({"text": "没有", "role": Role.LEAD}, []),
    ],
)
def test_the_table_is_narrowed(unit, post, wanted, shown) -> None:
    UserFactory(username="cz1", post=post)
    PostFactory(title="督查岗", organisation=unit, role=Role.SUPERVISOR)
    OrganisationFactory(name="发改局")
    table = queries.people_table(**wanted)
    assert [(row.organisation.code, len(row.posts)) for row in table.units] == shown


def test_notices_of_the_account_and_its_posts_only() -> None:
    reader = make_reader(Role.LEAD)
    NoticeFactory(text="给岗位", post_id=reader.post_id, at=AT)
    NoticeFactory(text="给账号", post=None, user=reader.user, at=AT)
    NoticeFactory(text="太旧", post_id=reader.post_id, at=AT - timedelta(days=31))
    NoticeFactory(text="给别人", at=AT)
    NoticeFactory(text="给别人", post=None, user=UserFactory(), at=AT)
    texts = [notice.text for notice in queries.notices_for(reader, at=AT)]
    assert sorted(texts) == ["给岗位", "给账号"]


def test_complaints_of_others_are_for_those_who_answer() -> None:
    reader = make_reader(Role.LEAD)
    mine, other = ComplaintFactory(post_id=reader.post_id), ComplaintFactory()
    assert list(queries.complaints_of(reader)) == [mine]
    assert set(queries.complaints_of(make_reader(Role.OFFICE))) == {mine, other}
    assert list(queries.unanswered_complaints()) == [mine, other]

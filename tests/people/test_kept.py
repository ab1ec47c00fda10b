"""What was typed before a session ended is told in words, and passwords are never kept."""

import json
from collections.abc import Iterator

import pytest
from django.urls import reverse
from django.utils import translation

from minhu.people.forms import AccountForm, GivePostForm
from minhu.people.states import Role
from minhu.people.views.kept import fields_at, said, told
from tests.factories.people import OrganisationFactory, PostFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def english() -> Iterator[None]:
    """The second language, so that labels can be compared."""
    with translation.override("en"):
        yield


def labels(rows: list) -> list[tuple[str, str]]:
    """Rows with plain labels."""
    return [(str(label), value) for label, value in rows]


@pytest.mark.usefixtures("english")
def test_labels_and_choices_are_those_of_the_form_and_what_it_carries_is_left_out() -> None:
    OrganisationFactory(code="caizheng", name="区财政局")
    typed = [
        ("title", "预算岗"),
        ("organisation", "caizheng"),
        ("role", "lead"),
        ("seen", "ab"),
        ("keep", "1"),
    ]
    assert labels(told(reverse("people:new_post") + "?in=caizheng", typed)) == [
        ("Title of the post", "预算岗"),
        ("Organisation", "区财政局"),
        ("Role", str(Role.LEAD.label)),
    ]


@pytest.mark.usefixtures("english")
def test_a_row_is_told_by_its_name_and_an_unknown_one_as_it_came() -> None:
    post, user = PostFactory(title="预算岗"), UserFactory(username="gaige")
    assert said(AccountForm().fields["post"], str(post.pk)) == str(post)
    assert said(AccountForm().fields["post"], "x") == "x"
    assert said(GivePostForm().fields["user"], str(user.pk)) == "gaige"


@pytest.mark.usefixtures("english")
def test_a_reason_typed_into_a_page_without_a_form_is_told() -> None:
    url = reverse("reforms:coverage_propose", args=[1])
    assert labels(told(url, [("reason", "本区不临海"), ("show", "all"), ("next", "7")])) == [
        ("Reason", "本区不临海")
    ]


def test_an_address_that_leads_nowhere_has_no_fields() -> None:
    assert fields_at("/nowhere/") == {}


def test_passwords_are_not_kept(client_as) -> None:
    words = {"old_password": "secret-one", "new_password1": "secret-two", "note": "x"}
    lost = client_as(None).post(reverse("people:password"), words)
    assert lost.status_code == 401
    assert json.loads(lost.context["kept"]) == [["note", "x"]]
    assert "secret" not in lost.content.decode()

"""Tokens of programs: made, shown once, limited, revoked, dead when their holder leaves."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from minhu.people.actions import TokenDraft, digest_of, end_post, give_post, make_token, revoke_token
from minhu.people.models import Token
from minhu.people.queries import reader_behind, token_with
from minhu.people.rules import Reader
from minhu.people.states import Role, Scope
from minhu.rulebook.models import Limit
from minhu.trail.models import Entry
from tests.factories.api import make_a_token
from tests.factories.people import make_reader
from tests.factories.rulebook import lay_rulebook
from tests.people.conftest import AT
from tests.roles import check_roles

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate(AT)


@pytest.fixture
def office() -> Reader:
    """A reader of the reform office."""
    return make_reader(Role.OFFICE)


def draft(days: int = 30, name: str = "导出程序") -> TokenDraft:
    """A token that reads."""
    return TokenDraft(name, Scope.READ, TODAY + timedelta(days=days))


def made(reader: Reader, **changes) -> tuple[Token, str]:
    """A token of a reader."""
    return make_token(by=reader.actor, draft=draft(**changes), most_days=90, at=AT)


def test_only_the_digest_of_the_secret_is_kept(office) -> None:
    token, secret = made(office)
    assert secret.startswith("minhu_")
    assert len(secret) >= 40
    assert token.digest == digest_of(secret)
    kept = [str(value) for value in Token.objects.values_list().get()]
    kept += [str(entry) for entry in Entry.objects.values_list("payload", flat=True)]
    assert [value for value in kept if secret in value] == []
    assert token_with(digest_of(secret), on=TODAY) == token


def test_making_and_revoking_are_deeds_of_the_post(office) -> None:
    token, _secret = made(office)
    revoke_token(by=office.actor, token=token, at=AT)
    revoke_token(by=office.actor, token=token, at=AT)
    entries = Entry.objects.filter(thing=f"people.token:{token.pk}").order_by("seq")
    assert [(one.deed, one.actor_post) for one in entries] == [
        ("people.make_token", office.post),
        ("people.revoke_token", office.post),
    ]
    assert entries[0].payload == {"scope": "read", "expires_on": token.expires_on.isoformat()}


@pytest.mark.parametrize("days", [-1, 91])
def test_a_token_lives_no_longer_than_the_rulebook_says(office, days: int) -> None:
    with pytest.raises(ValidationError) as refusal:
        made(office, days=days)
    assert list(refusal.value.message_dict) == ["expires_on"]
    assert not Token.objects.exists()
    assert made(office, days=90)[0].expires_on == TODAY + timedelta(days=90)


def test_a_token_says_what_it_is_for(office) -> None:
    with pytest.raises(ValidationError):
        made(office, name="  ")


def test_it_works_to_the_end_of_its_last_day(office) -> None:
    _token, secret = made(office, days=3)
    assert token_with(digest_of(secret), on=TODAY + timedelta(days=3)) is not None
    assert token_with(digest_of(secret), on=TODAY + timedelta(days=4)) is None


def test_it_acts_as_its_post_and_never_as_another_of_its_holder(office) -> None:
    token, _secret = made(office)
    other = make_reader(Role.LEADER)
    give_post(by=office.actor, user=token.user, post=other.user.posts.get(), at=AT)
    reader = reader_behind(token)
    assert reader is not None
    assert (reader.post, [hat.post for hat in reader.hats]) == (office.post, [office.post])


def test_a_post_given_again_does_not_wake_the_programs_of_before(office) -> None:
    make_reader(Role.OFFICE)  # the office must not be left empty
    token, secret = made(office)
    kept, _other = made(make_reader(Role.LEAD))
    end_post(by=office.actor, holding=token.user.holdings.get(), at=AT)
    assert reader_behind(token) is None
    give_post(by=office.actor, user=token.user, post=token.post, at=AT)
    assert token_with(digest_of(secret), on=TODAY) is None
    kept.refresh_from_db()
    assert kept.revoked_at is None


# --- the page --------------------------------------------------------------------------------------------
ADDRESS = "/people/me/tokens/"


def typed(**changes) -> dict[str, str]:
    """What the form sends."""
    until = timezone.localdate() + timedelta(days=30)
    return {"name": "导出程序", "scope": "write", "expires_on": until.isoformat()} | changes


def test_every_role_may_let_programs_work(client_as) -> None:
    lay_rulebook()
    check_roles(client_as, ADDRESS, set(Role))


def test_the_secret_is_shown_once(client_as) -> None:
    lay_rulebook()
    client = client_as(Role.LEAD)
    page = client.post(ADDRESS, typed())
    secret = re.search(r"minhu_[\w-]{43}", page.content.decode())[0]
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    token = token_with(digest_of(secret), on=timezone.localdate())
    assert (token.user, token.post, token.scope) == (client.user, client.post_held, "write")
    again = client.get(ADDRESS).content.decode()
    assert "导出程序" in again
    assert secret not in again


def test_what_is_wrong_is_told_at_its_field(client_as) -> None:
    lay_rulebook()
    late = (timezone.localdate() + timedelta(days=366)).isoformat()
    answer = client_as(Role.LEAD).post(ADDRESS, typed(expires_on=late))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["expires_on"]
    assert answer.context["form"]["name"].value() == "导出程序"


def test_own_tokens_only_are_seen_and_revoked(client_as) -> None:
    lay_rulebook()
    client, other = client_as(Role.OFFICE), client_as(Role.OFFICE)
    client.post(ADDRESS, typed(name="我的程序"))
    token = Token.objects.get()
    assert "我的程序" not in other.get(ADDRESS).content.decode()
    assert other.post(f"{ADDRESS}{token.pk}/revoke/").status_code == 404
    assert client.get(f"{ADDRESS}{token.pk}/revoke/").status_code == 405
    assert client.post(f"{ADDRESS}{token.pk}/revoke/").status_code == 302
    token.refresh_from_db()
    assert token.revoked_at is not None
    assert token.state_on(timezone.localdate()).tone == "off"


def test_without_the_limit_the_page_says_what_is_missing(client_as) -> None:
    lay_rulebook()
    Limit.objects.filter(code="api.token_days").delete()
    answer = client_as(Role.OFFICE).get(ADDRESS)
    assert answer.status_code == 503
    assert "api.token_days" in answer.content.decode()


def test_the_state_of_a_token_is_a_light(office) -> None:
    token, _secret = make_a_token(office, days=2)
    today = timezone.localdate()
    assert token.state_on(today).tone == "done"
    assert token.state_on(today + timedelta(days=3)).tone == "off"

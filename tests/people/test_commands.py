"""The first log-in of a new installation, and settings that must not start."""

import pytest
from django.core.management import CommandError, call_command

from minhu.people.apps import gate_stands
from minhu.people.management.commands import open_account
from minhu.people.models import User
from minhu.people.queries import reader_of
from minhu.people.states import Role
from minhu.trail.models import Entry
from tests.factories.people import PostFactory


@pytest.fixture
def typed(monkeypatch):
    """Whatever is typed at the password prompt."""
    return lambda word: monkeypatch.setattr(open_account, "getpass", lambda prompt: word)


def test_the_first_account_of_the_office(db, typed, capsys) -> None:
    PostFactory(code="gaige-zonghe", role=Role.OFFICE)
    typed("a-long-password-1")
    call_command("open_account", "gaige", "gaige-zonghe")
    user = User.objects.get()
    assert (reader_of(user).role, user.check_password("a-long-password-1")) == (Role.OFFICE, True)
    assert list(Entry.objects.order_by("seq").values_list("deed", flat=True)) == [
        "people.open_account",
        "people.give_post",
    ]


def test_an_unknown_post_is_answered_with_the_known_ones(db, typed) -> None:
    PostFactory(code="gaige-zonghe", role=Role.OFFICE)
    with pytest.raises(CommandError, match="gaige-zonghe"):
        call_command("open_account", "gaige", "gaige")


def test_a_weak_password_opens_nothing(db, typed) -> None:
    PostFactory(code="gaige-zonghe", role=Role.OFFICE)
    typed("12345")
    with pytest.raises(CommandError):
        call_command("open_account", "gaige", "gaige-zonghe")
    assert (User.objects.count(), Entry.objects.count()) == (0, 0)


def test_settings_without_the_gate_do_not_start(settings) -> None:
    assert gate_stands(None) == []
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "gate" not in name]
    assert [problem.id for problem in gate_stands(None)] == ["people.C001"]

"""Due days as iCalendar: well formed, private, revocable, and the same as long as nothing changes."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from minhu.people.actions import end_post
from minhu.people.models import Holding, Token
from minhu.people.states import Role
from minhu.site.calendar.feed import calendar_of, escaped, folded
from minhu.trail.states import SYSTEM
from minhu.ui import offers
from minhu.ui.offers import Duty, DutySource
from tests.factories.rulebook import lay_rulebook
from tests.roles import check_roles

ON = date(2026, 3, 31)
MAKE = "/calendar/new/"


def text_of(*duties: Duty, on: date = ON) -> str:
    """A calendar of some duties."""
    return calendar_of(duties, name="待办", address="https://reform.example", on=on)


def unfolded(text: str) -> list[str]:
    """The lines of a calendar as a program reads them."""
    return text.replace("\r\n ", "").rstrip("\r\n").split("\r\n")


# -- the text ---------------------------------------------------------------------------------------------
def test_a_due_day_is_an_event_of_one_whole_day():
    lines = unfolded(text_of(Duty("交证据", "高效办成一件事", "/reforms/a/", date(2026, 4, 7))))
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-1] == "END:VCALENDAR"
    event = lines[lines.index("BEGIN:VEVENT") : lines.index("END:VEVENT") + 1]
    uid = event.pop(1)
    assert re.fullmatch(r"UID:[0-9a-f]{32}@reform\.example", uid)
    assert event == [
        "BEGIN:VEVENT", "DTSTAMP:20260331T000000Z", "DTSTART;VALUE=DATE:20260407",
        "DTEND;VALUE=DATE:20260408", "SUMMARY:交证据", "DESCRIPTION:高效办成一件事",
        "URL:https://reform.example/reforms/a/", "TRANSP:TRANSPARENT", "END:VEVENT",
    ]  # fmt: skip


def test_only_own_duties_with_a_day_are_in_it():
    text = text_of(
        Duty("无期限", "", "/a/"), Duty("等别人", "", "/b/", ON, waits=True), Duty("有", "", "/c/", ON)
    )
    assert text.count("BEGIN:VEVENT") == 1
    assert "SUMMARY:有" in text


def test_a_day_that_moves_keeps_its_uid_and_equal_duties_have_one_each():
    def uids(*duties):
        return re.findall(r"UID:(\w+)@", text_of(*duties))

    before, after = Duty("甲", "", "/a/", ON), Duty("甲", "", "/a/", ON + timedelta(days=9))
    assert uids(before) == uids(after)
    assert len(set(uids(before, before, Duty("乙", "", "/a/", ON)))) == 3


def test_signs_with_a_meaning_are_spelled():
    assert escaped("一;二,三\\四\n五\r\x00") == "一\\;二\\,三\\\\四\\n五"
    lines = unfolded(text_of(Duty("甲\nBEGIN:VEVENT", "", "/a/", ON)))
    assert lines.count("BEGIN:VEVENT") == 1


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
def test_folded_lines_are_short_and_unfold_to_the_same(text):
    pieces = list(folded(text))
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert all(piece.startswith(" ") for piece in pieces[1:])
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == text


# -- the private address ----------------------------------------------------------------------------------
pytestmark = pytest.mark.django_db


@pytest.fixture
def duties():
    """A house whose only duty is one that a test may change."""
    lay_rulebook()
    found = [Duty("交证据", "", "/reforms/a/", date(2026, 4, 7))]

    class Module:
        __name__ = "test"
        DUTIES = [DutySource(lambda reader, on: found if reader.may("see_desk") else [])]

    before = offers.clear()
    offers.restore({name: module for name, module in before.items() if name == "minhu.site.offers"})
    offers.register(Module)  # type: ignore[arg-type]
    yield found
    offers.restore(before)


def address(client) -> str:
    """A new private address, as the page shows it."""
    text = client.post(MAKE).content.decode()
    return re.search(r"(/calendar/minhu_[\w-]+\.ics)", text)[1]  # type: ignore[index]


def test_every_role_may_make_one_and_nobody_without_an_account(client_as, duties):
    check_roles(client_as, MAKE, set(Role), method="post")


def test_the_address_opens_the_calendar_without_a_log_in(client_as, client, duties):
    answer = client.get(address(client_as("lead")))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-cache"
    assert "SUMMARY:交证据" in answer.content.decode()
    assert Token.objects.get().last_used_on == timezone.localdate()


def test_the_secret_is_kept_nowhere(client_as, duties):
    secret = address(client_as("lead")).removeprefix("/calendar/").removesuffix(".ics")
    token = Token.objects.get()
    assert secret not in str(vars(token))
    assert token.scope == "calendar"


def test_a_wrong_address_finds_nothing(client, client_as, duties):
    right = address(client_as("lead"))
    assert client.get(right[:-5] + "x.ics").status_code == 404
    assert client.get("/calendar/.ics").status_code == 404


def test_a_revoked_address_finds_nothing(client, client_as, duties):
    owner = client_as("lead")
    right = address(owner)
    page = owner.get("/people/me/").content.decode()
    revoke = re.search(r'action="(/people/me/tokens/\d+/revoke/)"', page)[1]  # type: ignore[index]
    assert owner.post(revoke).status_code == 302
    assert client.get(right).status_code == 404
    assert "/revoke/" not in owner.get("/people/me/").content.decode()


def test_whoever_leaves_the_post_leaves_the_calendar(client, client_as, duties):
    owner = client_as("lead")
    right = address(owner)
    end_post(by=SYSTEM, holding=Holding.objects.get(user=owner.user), at=timezone.now())
    assert client.get(right).status_code == 404


def test_the_address_opens_no_api_and_a_programs_token_no_calendar(client, client_as, duties):
    secret = address(client_as("lead")).removeprefix("/calendar/").removesuffix(".ics")
    answer = client.get("/api/v1/documents", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 401
    Token.objects.update(scope="read")
    assert client.get(f"/calendar/{secret}.ics").status_code == 404


def test_nothing_new_is_told_by_the_etag(client, client_as, duties):
    right = address(client_as("lead"))
    first = client.get(right)
    again = client.get(right, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    duties.append(Duty("新的", "", "/b/", date(2026, 5, 1)))
    changed = client.get(right, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_the_page_shows_the_address_once_and_then_only_that_it_is_there(client_as, duties):
    owner = client_as("leader")
    right = address(owner)
    page = owner.get("/people/me/").content.decode()
    assert right not in page
    assert page.count("/revoke/") == 1


def test_without_the_limit_of_the_rulebook_none_is_made(client_as, db):
    answer = client_as("lead").post(MAKE)
    assert answer.status_code == 503
    assert "api.token_days" in answer.content.decode()
    assert Token.objects.count() == 0

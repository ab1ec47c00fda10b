"""The daily mail: one a day and person, of what is new, over a real mail server, never twice."""

from datetime import date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command

from minhu.people.actions import choose_digest
from minhu.people.models import Subscription
from minhu.people.states import Role
from minhu.site.digest.queries import digest_of
from minhu.site.digest.sending import Sent, send_digests
from minhu.site.settings import mail
from minhu.trail.models import Entry
from minhu.trail.states import SYSTEM
from minhu.ui import offers
from minhu.ui.offers import Duty, DutySource, Light
from tests.factories.people import HoldingFactory, NoticeFactory, PostFactory, UserFactory
from tests.postgresql import free_port
from tests.roles import check_roles
from tests.smtp import mail_server

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 3, 31, 8, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY, DAY = date(2026, 3, 31), timedelta(days=1)


@pytest.fixture
def duties():
    """A house whose duties a test may change."""
    found: list[Duty] = []

    class Module:
        __name__ = "test"
        DUTIES = [DutySource(lambda reader, on: found if reader.may("see_desk") else [])]

    before = offers.clear()
    offers.restore({name: module for name, module in before.items() if name == "minhu.site.offers"})
    offers.register(Module)  # type: ignore[arg-type]
    yield found
    offers.restore(before)


@pytest.fixture
def server(settings):
    """A real mail server, which the house is told of as an installation is."""
    port = free_port()
    for name, value in mail(f"smtp://127.0.0.1:{port}").items():
        setattr(settings, name, value)
    settings.DEFAULT_FROM_EMAIL = "minhu@reform.example"
    settings.MINHU_ADDRESS = "https://reform.example"
    with mail_server(port) as kept:
        yield kept


@pytest.fixture
def officer():
    """An officer with an address."""
    return UserFactory(role="lead", email="officer@reform.example")


def owed(title: str, days: int | None = 0, **more) -> Duty:
    """A duty due in so many days."""
    return Duty(title, "", f"/x/{title}/", None if days is None else TODAY + timedelta(days=days), **more)


def body(server) -> str:
    """The text of the last mail."""
    return server.mails[-1].get_content()


# -- what it says -----------------------------------------------------------------------------------------
def test_a_mail_tells_late_things_this_week_how_many_later_and_notices(duties, server, officer):
    duties += [owed("甲", -3), owed("乙", 2), owed("丙", None), owed("丁", 60), owed("戊", 0, waits=True)]
    NoticeFactory(
        post=officer.posts.get(), text="验收通过", url="/reforms/a/", at=MORNING - timedelta(hours=2)
    )
    assert send_digests(at=MORNING) == Sent(sent=1)
    [letter] = server.mails
    assert (letter["X-To"], letter["From"]) == ("officer@reform.example", "minhu@reform.example")
    assert letter["Message-ID"] == f"<digest.{officer.pk}.2026-03-31@reform.example>"
    assert letter.get_content_type() == "text/plain"
    assert "1" in letter["Subject"]
    lines = body(server).splitlines()
    assert "2026-03-28 甲 https://reform.example/x/甲/" in lines[1]
    assert any("2026-04-02 乙" in line for line in lines)
    assert any("丙 https://" in line for line in lines)
    assert not any("丁" in line or "戊" in line for line in lines)
    assert "- 验收通过 https://reform.example/reforms/a/" in lines
    assert lines[-1].endswith("https://reform.example/people/me/")


def test_it_speaks_the_first_language_of_the_site(duties, server, officer, settings):
    duties += [owed("甲", -3)]
    settings.LANGUAGE_CODE = "en"
    send_digests(at=MORNING)
    assert body(server).splitlines()[:2] == [
        "Late（1）",
        "- [new] 2026-03-28 甲 https://reform.example/x/甲/",
    ]
    assert server.mails[0]["Subject"] == "A place · My desk：1 late"


def test_duties_of_all_posts_stand_in_one_mail_each_once(server, officer):
    HoldingFactory(user=officer, post=PostFactory(role="supervisor"))

    class Module:
        __name__ = "test"
        DUTIES = [DutySource(lambda reader, on: [owed("共同"), owed(reader.role)])]

    before = offers.clear()
    offers.register(Module)  # type: ignore[arg-type]
    send_digests(at=MORNING)
    offers.restore(before)
    assert len(server.mails) == 1
    assert [body(server).count(f"/x/{name}/") for name in ("共同", "lead", "supervisor")] == [1, 1, 1]


# -- when it comes ----------------------------------------------------------------------------------------
def test_one_mail_a_day_however_often_it_is_asked(duties, server, officer):
    duties += [owed("甲")]
    assert send_digests(at=MORNING) == Sent(sent=1)
    duties += [owed("乙")]
    NoticeFactory(user=officer, post=None, at=MORNING + timedelta(hours=1))
    assert send_digests(at=MORNING + timedelta(hours=2)) == Sent()
    assert send_digests(at=MORNING + DAY) == Sent(sent=1)
    assert "[新] 2026-03-31 乙" in body(server)
    assert "[新] 2026-03-31 甲" not in body(server)
    assert "请看看这件事" in body(server)


def test_nothing_new_no_mail(duties, server, officer):
    duties += [owed("甲", 1)]
    assert send_digests(at=MORNING) == Sent(sent=1)
    assert send_digests(at=MORNING + DAY) == Sent(nothing_new=1)
    duties.clear()
    assert send_digests(at=MORNING + 2 * DAY) == Sent(nothing_new=1)
    assert len(server.mails) == 1


def test_a_light_that_changes_is_new(duties, server, officer):
    duties[:] = [owed("甲", 1, light=Light("blue", "临近到期"))]
    send_digests(at=MORNING)
    duties[:] = [owed("甲", 1, light=Light("red", "逾期"))]
    assert send_digests(at=MORNING + 3 * DAY) == Sent(sent=1)


def test_a_notice_is_told_once(duties, server, officer):
    NoticeFactory(post=officer.posts.get(), at=MORNING - timedelta(hours=1))
    NoticeFactory(post=officer.posts.get(), text="很久以前", at=MORNING - timedelta(days=5))
    assert send_digests(at=MORNING) == Sent(sent=1)
    assert "很久以前" not in body(server)
    assert send_digests(at=MORNING + DAY) == Sent(nothing_new=1)


def test_without_an_address_a_post_or_the_wish_no_mail_comes(duties, server, officer):
    duties += [owed("甲")]
    UserFactory(role="lead")
    UserFactory(email="nobody@reform.example")
    choose_digest(by=SYSTEM, user=officer, is_wanted=False, at=MORNING)
    assert send_digests(at=MORNING) == Sent(nothing_new=1)
    assert server.mails == []


# -- failing ----------------------------------------------------------------------------------------------
def test_a_mail_that_fails_is_tried_a_quarter_later_and_stops_no_other(duties, server, officer, caplog):
    duties += [owed("甲")]
    server.refuses = "451 try again later"
    assert send_digests(at=MORNING) == Sent(failed=1)
    assert send_digests(at=MORNING + timedelta(minutes=14)) == Sent()
    server.refuses = ""
    assert send_digests(at=MORNING + timedelta(minutes=15)) == Sent(sent=1)
    assert send_digests(at=MORNING + timedelta(minutes=45)) == Sent()
    assert len(server.mails) == 1
    assert "officer@" not in caplog.text


def test_what_was_not_sent_is_told_the_next_day(duties, server, officer):
    duties += [owed("甲")]
    NoticeFactory(post=officer.posts.get(), at=MORNING - timedelta(hours=1))
    server.refuses = "451 try again later"
    send_digests(at=MORNING)
    server.refuses = ""
    assert send_digests(at=MORNING + DAY) == Sent(sent=1)
    assert "[新]" in body(server)
    assert "请看看这件事" in body(server)


def test_without_a_mail_server_every_mail_waits(duties, officer, settings):
    for name, value in mail(f"smtp://127.0.0.1:{free_port()}").items():
        setattr(settings, name, value)
    UserFactory(role="lead", email="second@reform.example")
    duties += [owed("甲")]
    assert send_digests(at=MORNING) == Sent(failed=2)
    assert Subscription.objects.filter(done_on=None).count() == 2


def test_two_workers_take_one_mail_once(duties, server, officer, monkeypatch):
    """The second worker comes while the first one sends."""
    duties += [owed("甲")]
    from minhu.site.digest import sending

    real, inner = sending.mail_of, []

    def while_sending(*args):
        if not inner:
            inner.append(send_digests(at=MORNING + timedelta(seconds=1)))
        return real(*args)

    monkeypatch.setattr(sending, "mail_of", while_sending)
    assert send_digests(at=MORNING) == Sent(sent=1)
    assert inner == [Sent()]
    assert len(server.mails) == 1


# -- the command and the switch ---------------------------------------------------------------------------
def run(*options: str) -> str:
    """What `minhu digest` says."""
    out = StringIO()
    call_command("digest", *options, stdout=out)
    return out.getvalue()


def test_a_dry_run_prints_and_sends_nothing(duties, server, officer):
    duties += [owed("甲", -100)]
    said = run("--dry-run")
    assert "/x/甲/" in said
    assert "officer@" not in said
    assert server.mails == []
    assert Subscription.objects.count() == 0


def test_the_command_sends_and_says_how_many(duties, server, officer, settings):
    settings.LANGUAGE_CODE = "en"
    duties += [owed("甲", -100)]
    assert "1 " in run()
    assert len(server.mails) == 1


def test_the_command_fails_where_a_mail_failed(duties, server, officer):
    duties += [owed("甲", -100)]
    server.refuses = "451 no"
    with pytest.raises(CommandError):
        run()


def test_everybody_with_an_account_may_switch_it_off(client_as):
    check_roles(client_as, "/digest/", set(Role), method="post", data={"wanted": "no"})


def test_the_switch_on_the_own_page_turns_it_off_and_on(client_as):
    client = client_as("lead")
    client.user.email = "officer@reform.example"
    client.user.save()
    assert 'value="no"' in client.get("/people/me/").content.decode()
    client.post("/digest/", {"wanted": "no"})
    assert not Subscription.objects.get().is_wanted
    assert 'value="yes"' in client.get("/people/me/").content.decode()
    client.post("/digest/", {"wanted": "yes"})
    assert Subscription.objects.get().is_wanted
    assert [e.payload for e in Entry.objects.order_by("seq")] == [{"is_wanted": False}, {"is_wanted": True}]


def test_without_an_address_there_is_nothing_to_switch(client_as):
    page = client_as("lead").get("/people/me/").content.decode()
    assert 'name="wanted"' not in page


def test_a_digest_knows_what_is_new(duties, officer):
    duties += [owed("甲"), owed("乙")]
    first = digest_of(officer, None, on=TODAY, at=MORNING)
    assert len(first.new) == 2
    told = Subscription(user=officer, seen=sorted(first.seen)[:1])
    assert len(digest_of(officer, told, on=TODAY, at=MORNING).new) == 1

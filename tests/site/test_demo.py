"""`minhu demo`: refuses where it is not a demonstration, and says what there is to see."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from minhu.mandates.models import Document
from minhu.people.models import User
from minhu.site.welcome.queries import headline, telling_answer, walk
from minhu.trail.models import Entry

pytestmark = pytest.mark.django_db
PACK = Path(__file__).resolve().parents[2] / "packs" / "jiangbei"


@pytest.fixture
def demonstration(settings, tmp_path) -> None:
    """A demonstration on this machine; collected files go to a folder of the test."""
    settings.MINHU_DEMO = True
    settings.MINHU_PACK = PACK
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.STATIC_ROOT = tmp_path / "static"


def told() -> str:
    """What the command says."""
    said = StringIO()
    call_command("demo", stdout=said)
    return said.getvalue()


def test_it_refuses_without_the_demonstration_being_asked_for(settings):
    settings.MINHU_DEMO = False
    with pytest.raises(CommandError, match="MINHU_DEMO=1"):
        told()
    assert User.objects.count() == Document.objects.count() == Entry.objects.count() == 0


def test_it_says_address_log_ins_figures_and_one_clause_all_the_way(demonstration, monkeypatch, settings):
    monkeypatch.setenv("MINHU_PORT", "8123")
    said = told()
    assert "http://127.0.0.1:8123\n" in said
    assert f"password {settings.MINHU_DEMO_PASSWORD}" in said
    accounts = sorted(User.objects.values_list("username", flat=True))
    assert accounts == [
        "chengjian", "cicheng", "ducha", "duchafuhe", "gaige", "gongan", "hongtang", "huanjing", "jingxin",
        "jiwei", "lingdao", "qifu", "renshe", "shenji", "shenpiban", "shichang", "weijian", "xiaofang",
        "xinfang", "yibao", "yingji", "zhengfuban", "zhifa", "zhili", "zhujian", "zigui", "zuzhibu",
    ]  # fmt: skip
    for username in accounts:
        assert f"    {username} " in said
    sentences = headline(timezone.localdate())
    assert sentences
    for sentence in sentences:
        assert f"  {sentence}\n" in said
    for step in walk():
        assert f"http://127.0.0.1:8123{step.url}" in said
    entries = Entry.objects.count()
    assert told() == said
    assert Entry.objects.count() == entries


def test_every_step_of_the_walk_is_a_page_that_exists(demonstration, client):
    told()
    steps = list(walk())
    assert [step.where for step in steps] == [
        "mandates",
        "mandates",
        "reforms",
        "reforms",
        "reforms",
        "trail",
    ]
    client.force_login(User.objects.get(username="shenji"))
    for step in steps:
        assert client.get(step.url).status_code == 200, step
    answer = telling_answer()
    assert steps[0].url == answer.clause.get_absolute_url()
    assert steps[2].url == answer.reform.get_absolute_url()


def test_an_empty_house_has_no_walk_and_no_headline():
    assert list(walk()) == []
    assert headline(timezone.localdate()) == []
    assert telling_answer() is None

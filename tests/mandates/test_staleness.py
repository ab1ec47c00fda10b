"""Local texts older than what they carry out."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from minhu.mandates.actions import BadDocument, check_implementation, revise_document, set_implements
from minhu.mandates.bridge import bases_of
from minhu.mandates.models import Document, Implementation, Version
from minhu.mandates.offers import stale_duties
from minhu.mandates.queries import implemented_by, stale_documents
from minhu.people.states import Role
from minhu.trail.models import Entry
from minhu.trail.queries import book_history
from tests.mandates.test_load import AT, BY, HEAD, TEXT, load
from tests.roles import check_roles

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rulebook")]
TODAY = date(2026, 11, 24)
LOCAL = "区里〔2026〕1号"
WORDS = "第一条 根据《关于深化改革的意见》和有关规定，结合本区实际，制定本办法。\n第二条 公开账目。\n"


@pytest.fixture
def pair() -> tuple[Document, Document]:
    """An upstream document of March and a local one of April that carries it out."""
    upstream = load().document
    local = load(
        WORDS, number=LOCAL, title="实施办法", kind="local", level="district", issued_on=date(2026, 4, 1)
    ).document
    set_implements(by=BY, document=local, numbers=[upstream.number], at=AT)
    return upstream, local


def amend(day: date | None = date(2026, 6, 1)) -> Version:
    """Load the upstream document anew."""
    return load(TEXT + "\n第三条 另有规定。\n", at=AT + timedelta(days=90), issued_on=day)


def states() -> list[str]:
    """How the local document stands."""
    return [one.state for one in implemented_by(Document.objects.get(number=LOCAL), on=TODAY)]


def test_a_newer_wording_above_makes_a_local_text_stale(pair: tuple[Document, Document]) -> None:
    assert (states(), stale_documents(on=TODAY)) == (["fresh"], [])
    amend()
    (one,) = stale_documents(on=TODAY)
    assert (one.local, one.upstream, one.local_on, one.upstream_on, one.state) == (
        pair[1], pair[0], date(2026, 4, 1), date(2026, 6, 1), "stale",
    )  # fmt: skip
    assert stale_documents(on=date(2026, 5, 1)) == []
    assert [two.state for two in implemented_by(pair[0], on=TODAY)] == ["stale"]


def test_a_wording_without_a_day_is_said_to_have_none(pair: tuple[Document, Document]) -> None:
    amend(None)
    assert (states(), stale_documents(on=TODAY)) == (["undated"], [])


def test_who_looked_and_why_holds_until_the_next_wording(pair: tuple[Document, Document]) -> None:
    amend()
    link = Implementation.objects.get()
    with pytest.raises(BadDocument):
        check_implementation(by=BY, link=link, reason=" ", at=AT)
    check_implementation(by=BY, link=link, reason="新增条款不涉及本区", at=AT)
    assert states() == ["checked"]
    assert book_history(pair[1].book).last().payload["reason"] == "新增条款不涉及本区"
    load(TEXT + "\n第三条 又改。\n", at=AT + timedelta(days=99), issued_on=date(2026, 9, 1))
    assert states() == ["stale"]
    load(WORDS + "第三条 补上。\n", number=LOCAL, title="实施办法", kind="local", level="district",
         issued_on=date(2026, 10, 1), at=AT + timedelta(days=120))  # fmt: skip
    assert states() == ["fresh"]


def test_the_day_of_the_head_moves_the_wording_issued_with_it(pair: tuple[Document, Document]) -> None:
    head = {name: getattr(HEAD, name) for name in HEAD.__dataclass_fields__}
    newer = type(HEAD)(**head | {"issued_on": date(2026, 5, 5)})
    revise_document(by=BY, document=pair[0], head=newer, at=AT)
    assert states() == ["stale"]


def test_saying_the_same_twice_changes_nothing(pair: tuple[Document, Document]) -> None:
    before = Entry.objects.count()
    assert set_implements(by=BY, document=pair[1], numbers=[pair[0].number], at=AT) is False
    assert Entry.objects.count() == before
    assert set_implements(by=BY, document=pair[1], numbers=[], at=AT) is True
    assert states() == []


@pytest.mark.parametrize(
    ("which", "number"), [(0, LOCAL), (1, "没有〔2026〕9号"), (1, LOCAL), (0, "市委〔2026〕3号")]
)
def test_only_a_local_text_carries_out_and_only_what_is_above(
    pair: tuple[Document, Document], which: int, number: str
) -> None:
    with pytest.raises(BadDocument) as refused:
        set_implements(by=BY, document=pair[which], numbers=[number], at=AT)
    assert refused.value.field == "implements"


def test_the_office_owes_a_look_and_nobody_else(client_as, pair: tuple[Document, Document]) -> None:
    amend()
    owed = {role: list(stale_duties(reader_for(client_as, role), TODAY)) for role in Role}
    (duty,) = owed.pop(Role.OFFICE)
    assert [duties for duties in owed.values() if duties] == []
    assert "实施办法" in str(duty.title)
    assert duty.url == reverse("mandates:check", args=[Implementation.objects.get().pk])
    check_implementation(by=BY, link=Implementation.objects.get(), reason="无关", at=AT)
    assert list(stale_duties(reader_for(client_as, Role.OFFICE), TODAY)) == []


def reader_for(client_as, role: Role):
    """The reader of a role, as pages see it."""
    return client_as(role).get(reverse("mandates:documents")).wsgi_request.reader


def test_pages_show_both_days_and_the_reason(client_as, pair: tuple[Document, Document]) -> None:
    amend()
    office = client_as(Role.OFFICE, headers={"accept-language": "en"})
    text = office.get(pair[1].get_absolute_url()).content.decode()
    assert "The local text was issued 2026-04-01; the wording in force of “关于深化改革的意见”" in text
    assert "older than what it implements" in office.get(reverse("mandates:documents")).content.decode()
    url = reverse("mandates:check", args=[Implementation.objects.get().pk])
    check_roles(client_as, url, [Role.OFFICE])
    assert "Please say why" in office.post(url, {"reason": " "}).content.decode()
    assert office.post(url, {"reason": "无关"}).status_code == 302
    assert "Checked" in office.get(pair[1].get_absolute_url()).content.decode()


def test_what_the_text_names_is_ticked_until_somebody_decides(client_as, pair) -> None:
    set_implements(by=BY, document=pair[1], numbers=[], at=AT)
    url = reverse("mandates:implements", args=[pair[1].pk])
    check_roles(client_as, url, [Role.OFFICE])
    office = client_as(Role.OFFICE)
    assert office.get(url).context["form"].initial["implements"] == [pair[0].number]
    assert office.post(url, {"implements": [pair[0].number]}).status_code == 302
    assert states() == ["fresh"]
    page = office.post(reverse("mandates:implements", args=[pair[0].pk]), {"implements": [pair[0].number]})
    assert "implements" in page.context["form"].errors


def test_a_text_names_what_is_here_and_what_is_not(pair: tuple[Document, Document]) -> None:
    found = bases_of("第一条 根据《中华人民共和国关于深化改革的意见》、《某法》，制定本办法。")
    assert (found.here, found.elsewhere) == ((pair[0],), ("某法",))


def test_the_work_safety_law_is_newer_than_both_local_texts(shared: Path) -> None:
    folder = shared / "data" / "regulations"
    for name, kind, level in (
        ("安全生产法", "upstream", "central"),
        ("浙江省安全生产条例", "local", "province"),
        ("宁波市生产经营单位安全生产主体责任规定", "local", "city"),
    ):
        (path,) = folder.glob(f"{name}(*.md")
        document = load(
            path.read_text(), number=name, title=name, kind=kind, level=level, issued_on=None
        ).document
        if kind == "local":
            named = bases_of(path.read_text()).here
            set_implements(by=BY, document=document, numbers=[one.number for one in named], at=AT)
    assert [(one.local.number, one.local_on, one.upstream_on) for one in stale_documents(on=TODAY)] == [
        ("宁波市生产经营单位安全生产主体责任规定", date(2021, 3, 26), date(2021, 6, 10)),
        ("浙江省安全生产条例", date(2016, 7, 29), date(2021, 6, 10)),
    ]

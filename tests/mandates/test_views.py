"""Pages of the room: who sees them, what they say, what they refuse."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from minhu.mandates.models import Document, Duty, Version
from minhu.people.states import Role
from minhu.rulebook.models import Limit
from minhu.trail.models import Entry
from tests.factories.mandates import DutyFactory, make_articles
from tests.mandates.test_load import TEXT, load
from tests.methods.files.making import docx
from tests.roles import check_roles

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rulebook")]
EVERY = list(Role)
OFFICE = [Role.OFFICE]
FIELDS = {
    "text": TEXT,
    "number": "市委〔2026〕3号",
    "title": "关于深化改革的意见",
    "level": "city",
    "kind": "upstream",
}


@pytest.fixture
def office(client_as) -> Client:
    """The reform office, reading English."""
    return client_as(Role.OFFICE, headers={"accept-language": "en"})


@pytest.mark.parametrize("name", ["document", "version", "clause"])
def test_everybody_signed_in_reads(client_as, name: str) -> None:
    clause = make_articles(["办好这件事。"])[0]
    keys = {
        "document": [clause.version.document_id],
        "version": [clause.version.document_id, clause.version_id],
        "clause": [clause.pk],
    }
    check_roles(client_as, reverse(f"mandates:{name}", args=keys[name]), EVERY)
    check_roles(client_as, reverse("mandates:documents"), EVERY)


def test_only_the_office_loads_and_corrects(client_as) -> None:
    duty = DutyFactory()
    document = duty.clause.version.document
    check_roles(client_as, reverse("mandates:load"), OFFICE)
    check_roles(client_as, reverse("mandates:load"), OFFICE, method="post", data={**FIELDS, "keep": "1"})
    check_roles(client_as, reverse("mandates:head", args=[document.pk]), OFFICE)
    check_roles(client_as, reverse("mandates:add_duty", args=[duty.clause_id]), OFFICE)
    check_roles(client_as, reverse("mandates:duty", args=[duty.pk]), OFFICE)
    data = {"who": "区财政局", "what": "保障资金"}
    check_roles(client_as, reverse("mandates:duty", args=[duty.pk]), OFFICE, method="post", data=data)


def test_removing_a_duty_needs_the_office_and_a_post(client_as) -> None:
    def url() -> str:
        return reverse("mandates:remove_duty", args=[DutyFactory().pk])

    refused = {role: client_as(role).post(url()).status_code for role in Role if role != Role.OFFICE}
    assert refused == dict.fromkeys(refused, 403)
    assert client_as(Role.OFFICE).get(url()).status_code == 405
    before = Duty.objects.count()
    assert client_as(Role.OFFICE).post(url()).status_code == 302
    assert Duty.objects.count() == before


def test_looking_at_the_cut_keeps_nothing_and_fills_the_head(office: Client) -> None:
    upload = SimpleUploadedFile("意见.txt", f"{TEXT}\n".encode("gb18030"))
    page = office.post(
        reverse("mandates:load"), {"file": upload, "level": "city", "kind": "upstream", "look": "1"}
    )
    assert page.status_code == 200
    assert page.context["form"]["title"].value() == "关于深化改革的意见"
    assert page.context["form"]["text"].value().startswith("# 关于深化改革的意见")
    assert page.context["cut"].units == 2
    assert Document.objects.count() == 0


def test_the_cut_shows_duties_and_what_was_left_out(office: Client) -> None:
    page = office.post(reverse("mandates:load"), {**FIELDS, "look": "1"}).content.decode()
    assert "区人民政府应当于2026年6月底前建成企业综合服务中心 <span" in page
    assert "2026年6月底前 · 2026-06-30" in page
    assert '<span class="tag">下载</span>' in page


def test_all_duties_or_those_with_a_date(office: Client, client_as) -> None:
    url = reverse("mandates:duties", args=[load().document_id])
    check_roles(client_as, url, EVERY)
    everything = [duty.what for _, duty in office.get(url).context["rows"]]
    dated = [duty.by_words for _, duty in office.get(url, {"dated": "1"}).context["rows"]]
    assert (len(everything), dated) == (4, ["2026年6月底前"])


def test_beside_a_long_text_stand_eight_rows_at_most(office: Client) -> None:
    version = make_articles([f"各部门应当于2026年{n}月底前办结第{n}件事。" for n in range(1, 10)])[0].version
    for clause in version.clauses.all():
        DutyFactory(clause=clause, by_words="月底前")
    page = office.get(version.document.get_absolute_url()).content.decode()
    side = page[page.index('id="duties-title"') :]
    assert side.count('<li><p class="no muted">') == 8
    assert f'{reverse("mandates:duties", args=[version.document_id])}?dated=1">All 9</a>' in side


def test_keeping_leads_to_the_document_and_counts_what_was_asked(office: Client) -> None:
    answer = office.post(reverse("mandates:load"), {**FIELDS, "keep": "1"})
    document = Document.objects.get()
    assert answer.headers["Location"] == document.get_absolute_url()
    assert Entry.objects.get(deed="mandates.load_document").asked == 3


def test_a_text_from_a_browser_is_the_text_from_a_file(office: Client) -> None:
    load(number="市委〔2026〕3号")
    answer = office.post(
        reverse("mandates:load"), {**FIELDS, "text": TEXT.replace("\n", "\r\n"), "keep": "1"}, follow=True
    )
    assert "nothing changed" in answer.content.decode()
    assert Version.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"text": " "}, "text", "The document is empty"),
        ({"number": ""}, "number", "known by its number"),
        ({"title": ""}, "title", "title of the document"),
        ({"title": "另一份"}, "number", "already belongs to"),
        ({"received_on": "2026-01-01", "issued_on": "2026-02-01"}, "received_on", "before it was issued"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    office: Client, change: dict, field: str, words: str
) -> None:
    load(number="市委〔2026〕3号")
    with translation.override("en"):
        page = office.post(reverse("mandates:load"), {**FIELDS, **change, "keep": "1"})
        assert page.status_code == 200
        assert words in str(page.context["form"].errors[field])
    kept = {name: page.context["form"][name].value() for name in ("number", "title")}
    assert kept["number"] == (change.get("number", FIELDS["number"]) or kept["number"])
    assert Version.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("空.txt", b"", "empty"),
        ("图.txt", b"%PDF-1.7 ...", "is a PDF file, but a damaged one"),
        ("图.docx", b"\x89PNG....", "run text recognition"),
        ("大.txt", b"x" * (1024 * 1024 + 1), "the limit is 1 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(office: Client, name, data, words) -> None:
    Limit.objects.filter(code="document.max_megabytes").update(value=1)
    upload = SimpleUploadedFile(name, data)
    fields = {key: value for key, value in FIELDS.items() if key != "text"}
    page = office.post(reverse("mandates:load"), {**fields, "file": upload, "keep": "1"})
    assert words in str(page.context["form"].errors["file"])
    assert page.context["form"]["number"].value() == FIELDS["number"]


def test_an_earlier_wording_says_so(office: Client) -> None:
    first = load()
    load(TEXT + "\n第三条 本意见自印发之日起施行。\n")
    url = reverse("mandates:version", args=[first.document_id, first.pk])
    assert "no longer in force" in office.get(url).content.decode()
    assert "no longer in force" not in office.get(first.document.get_absolute_url()).content.decode()


def test_the_head_is_corrected_or_refused(office: Client) -> None:
    document = load().document
    url = reverse("mandates:head", args=[document.pk])
    data = {
        "title": document.title,
        "issuer": "市委办",
        "level": "city",
        "kind": "upstream",
        "issued_on": "2026-03-02",
    }
    assert office.post(url, data).status_code == 302
    document.refresh_from_db()
    assert document.issuer == "市委办"
    page = office.post(url, {**data, "received_on": "2026-01-01"})
    assert "before it was issued" in page.content.decode()


def test_a_duty_is_added_corrected_and_recorded(office: Client) -> None:
    clause = make_articles(["办好这件事。"])[0]
    office.post(
        reverse("mandates:add_duty", args=[clause.pk]),
        {"who": "区财政局", "what": "保障资金", "by_on": "2026-06-30"},
    )
    duty = Duty.objects.get()
    assert (duty.who, duty.is_corrected, duty.start, duty.end) == ("区财政局", True, clause.start, clause.end)
    office.post(reverse("mandates:duty", args=[duty.pk]), {"who": "区审计局", "what": "保障资金"})
    duty.refresh_from_db()
    assert (duty.who, duty.by_on) == ("区审计局", None)
    page = office.post(reverse("mandates:duty", args=[duty.pk]), {"who": "区审计局", "what": " "})
    assert page.status_code == 200
    office.post(reverse("mandates:remove_duty", args=[duty.pk]))
    assert [e.deed for e in Entry.objects.order_by("seq")] == [
        "mandates.add_duty", "mandates.correct_duty", "mandates.remove_duty",
    ]  # fmt: skip
    assert Entry.objects.last().payload["before"]["who"] == "区审计局"


def test_the_second_tab_sees_what_the_first_saved_of_a_duty(office: Client) -> None:
    duty = DutyFactory(who="区财政局", what="保障资金", by_words="")
    url = reverse("mandates:duty", args=[duty.pk])
    opened = office.get(url).context["form"]["seen"].value()
    office.post(url, {"who": "区审计局", "what": "保障资金", "seen": opened})
    page = office.post(url, {"who": "区民政局", "what": "发放补贴", "seen": opened})
    said = "".join(page.context["form"].non_field_errors())
    assert "Who: 区审计局; What: 保障资金" in said or "What: 保障资金; Who: 区审计局" in said
    assert page.context["form"]["who"].value() == "区民政局"
    duty.refresh_from_db()
    assert duty.who == "区审计局"
    again = office.post(
        url, {"who": "区民政局", "what": "发放补贴", "seen": page.context["form"]["seen"].value()}
    )
    duty.refresh_from_db()
    assert (again.status_code, duty.who) == (302, "区民政局")


def test_the_second_tab_sees_what_the_first_saved_of_a_head(office: Client) -> None:
    document = load().document
    url = reverse("mandates:head", args=[document.pk])
    opened = office.get(url).context["form"]["seen"].value()
    data = {"title": document.title, "kind": "upstream", "issued_on": "2026-03-02", "seen": opened}
    assert office.post(url, {**data, "issuer": "省委", "level": "province"}).status_code == 302
    page = office.post(url, {**data, "issuer": "国务院", "level": "central"})
    assert "Issued by: 省委; Level: Province" in page.content.decode()
    document.refresh_from_db()
    assert document.issuer == "省委"
    seen = page.context["form"]["seen"].value()
    assert office.post(url, {**data, "issuer": "国务院", "level": "central", "seen": seen}).status_code == 302
    document.refresh_from_db()
    assert document.issuer == "国务院"


def test_pages_ask_a_bounded_number_of_queries(office: Client, django_assert_max_num_queries) -> None:
    small = make_articles(["办好这件事。"])[0].version
    large = make_articles([f"办好第{n}件事。" for n in range(10)])[0].version
    for version in (small, large):
        DutyFactory(clause=version.clauses.first())
        with django_assert_max_num_queries(24):
            assert office.get(version.document.get_absolute_url()).status_code == 200


def word_upload() -> SimpleUploadedFile:
    """A Word file with a tracked insertion."""
    return SimpleUploadedFile(
        "办法.docx", docx("<w:p><w:ins><w:r><w:t>第一条 公开账目。</w:t></w:r></w:ins></w:p>")
    )


def test_what_was_decided_is_shown_before_a_file_is_kept(office: Client) -> None:
    fields = {key: value for key, value in FIELDS.items() if key != "text"}
    page = office.post(reverse("mandates:load"), {**fields, "file": word_upload(), "keep": "1"})
    text = page.content.decode()
    assert Version.objects.count() == 0
    assert "1 tracked insertion was taken, as if accepted" in text
    kept = {name: page.context["form"][name].value() for name in ("text", "source", "number")}
    assert kept["text"] == "第一条 公开账目。"
    assert office.post(reverse("mandates:load"), {**fields, **kept, "keep": "1"}).status_code == 302
    version = Version.objects.get()
    assert (version.read_from.name, version.read_from.is_edited) == ("Word", False)
    assert "read from a Word file" in office.get(version.document.get_absolute_url()).content.decode()


def test_a_text_edited_after_it_was_read_says_so(office: Client) -> None:
    fields = {key: value for key, value in FIELDS.items() if key != "text"}
    page = office.post(reverse("mandates:load"), {**fields, "file": word_upload(), "look": "1"})
    source = page.context["form"]["source"].value()
    data = {**fields, "text": "第一条 公开全部账目。", "source": source, "keep": "1"}
    assert office.post(reverse("mandates:load"), data).status_code == 302
    assert Version.objects.get().read_from.is_edited is True


def test_a_text_without_numbers_says_that_paragraphs_count(office: Client) -> None:
    page = office.post(
        reverse("mandates:load"), {**FIELDS, "text": "全区办好三件事。\n\n扩建学校。", "look": "1"}
    )
    assert "every paragraph counts as a clause" in page.content.decode()


def test_what_a_local_text_names_is_ticked_when_looking_and_linked_when_kept(office: Client) -> None:
    upstream = load().document
    local = {
        **FIELDS,
        "text": "第一条 根据《关于深化改革的意见》，制定本办法。",
        "number": "区〔2026〕1号",
        "title": "办法",
        "kind": "local",
        "level": "district",
    }
    form = office.post(reverse("mandates:load"), {**local, "look": "1"}).context["form"]
    assert form["implements"].value() == [upstream.number]
    assert (
        office.post(
            reverse("mandates:load"), {**local, "implements": [upstream.number], "keep": "1"}
        ).status_code
        == 302
    )
    assert [link.local.number for link in upstream.implemented_by.all()] == ["区〔2026〕1号"]
    refused = office.post(
        reverse("mandates:load"),
        {**FIELDS, "number": "区〔2026〕2号", "implements": [upstream.number], "keep": "1"},
    )
    assert "Only a local document" in str(refused.context["form"].errors["implements"])

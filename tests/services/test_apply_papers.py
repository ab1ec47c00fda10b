"""Papers: what they are by content, how large, what the scanner says; commitments, later days, sharing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from minhu.services.actions import applying
from minhu.services.models import ApplicationPaper
from minhu.services.states import APPLICANT, ApplicationRefused, PaperState, PaperWay, ScanState
from tests.factories.applying import PDF, PNG, Applicant, file, lay
from tests.services.daemons import EICAR, Clamd

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def somebody() -> Applicant:
    """An applicant before the first paper, which is the identity card."""
    lay()
    return Applicant().begin().fill("papers")


def code_of(somebody: Applicant, name: str) -> str:
    """The code of a paper by its name."""
    return next(want.code for want in somebody.walk.wants if want.name == name)


def give(somebody: Applicant, content: bytes, name: str, want: str = "身份证件"):
    """Hand a file in; the answer."""
    url = f"/services/apply/canteen/papers/{code_of(somebody, want)}/"
    return somebody.client.post(url, {"do": "upload", "file": file(content, name)})


def test_a_file_is_kept_with_its_digest_and_that_nobody_scanned_it(somebody, tmp_path) -> None:
    assert give(somebody, PDF, "card.pdf").status_code == 302
    paper = ApplicationPaper.objects.get()
    assert (paper.way, paper.state, paper.scan) == (PaperWay.UPLOAD, PaperState.GIVEN, ScanState.SKIPPED)
    assert ((tmp_path / paper.file).read_bytes(), paper.size) == (PDF, len(PDF))


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (PNG, "card.pdf", "PNG"),
        (b"MZ\x90\x00", "card.pdf", ".pdf"),
        (b"plain words", "card.txt", ".txt"),
        (b"", "card.pdf", "card.pdf"),
        (PDF + b" " * (1024 * 1024), "card.pdf", "1 MB"),
        (PDF, "card", "card"),
        (b"<html><script>1</script></html>", "card.jpg", ".jpg"),
    ],
    ids=["picture", "program", "text", "empty", "large", "nameless", "page"],
)
def test_what_is_not_what_its_name_says_is_refused_with_what_to_do(somebody, content, name, said) -> None:
    answer = give(somebody, content, name)
    words = str(answer.context["form"].errors)
    assert (answer.status_code, said in words) == (200, True)
    assert ApplicationPaper.objects.count() == 0
    assert somebody.walk.values != {}


def test_another_file_takes_the_place_of_the_one_before(
    somebody, tmp_path, django_capture_on_commit_callbacks
) -> None:
    give(somebody, PDF, "one.pdf")
    with django_capture_on_commit_callbacks(execute=True):
        give(somebody, PNG, "two.png")
    paper = ApplicationPaper.objects.get()
    assert (paper.name, paper.media_type) == ("two.png", "image/png")
    assert [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()] == [PNG]


def test_a_paper_nobody_asked_for_is_refused(somebody) -> None:
    with pytest.raises(ApplicationRefused):
        applying.give_file(
            by=APPLICANT, pk=somebody.pk, want="nothing", name="a.pdf", content=PDF, at=timezone.now()
        )


# -- the scanner ------------------------------------------------------------------------------------------
def test_a_clean_file_says_that_it_was_looked_through(somebody, settings) -> None:
    with Clamd() as daemon:
        settings.MINHU_CLAMD, settings.MINHU_SCAN_REQUIRED = daemon.address, True
        give(somebody, PDF, "card.pdf")
    assert (ApplicationPaper.objects.get().scan, daemon.seen) == (ScanState.CLEAN, [PDF])


def test_a_virus_is_refused_and_named_and_not_kept(somebody, settings, tmp_path) -> None:
    with Clamd() as daemon:
        settings.MINHU_CLAMD, settings.MINHU_SCAN_REQUIRED = daemon.address, True
        answer = give(somebody, PDF + EICAR, "card.pdf")
    assert "Eicar" in str(answer.context["form"].errors)
    assert (ApplicationPaper.objects.count(), [path for path in tmp_path.rglob("*") if path.is_file()]) == (
        0,
        [],
    )


def test_without_a_scanner_that_answers_nothing_is_taken_and_nothing_is_lost(somebody, settings) -> None:
    settings.MINHU_CLAMD, settings.MINHU_SCAN_REQUIRED = "tcp://127.0.0.1:1", True
    before = somebody.walk.values
    answer = give(somebody, PDF, "card.pdf")
    assert (answer.status_code, "file" in answer.context["form"].errors) == (200, True)
    assert (ApplicationPaper.objects.count(), somebody.walk.values) == (0, before)


def test_where_scanning_is_not_required_a_silent_scanner_stops_nobody(somebody, settings) -> None:
    settings.MINHU_CLAMD, settings.MINHU_SCAN_REQUIRED = "tcp://127.0.0.1:1", False
    give(somebody, PDF, "card.pdf")
    assert ApplicationPaper.objects.get().scan == ScanState.SKIPPED


# -- commitments and later days ---------------------------------------------------------------------------
def test_a_commitment_is_kept_in_the_words_that_were_shown(somebody) -> None:
    url = f"/services/apply/canteen/papers/{code_of(somebody, '健康证明')}/"
    page = somebody.client.get(url)
    assert somebody.client.post(url, {"do": "commit"}).status_code == 200
    somebody.client.post(url, {"do": "commit", "agreed": "1"})
    paper = ApplicationPaper.objects.get()
    assert (paper.way, paper.words) == (PaperWay.COMMIT, page.context["commitment"])
    assert ("办法 第十六条" in paper.words, "健康证明" in paper.words) == (True, True)


def test_a_paper_put_off_has_the_day_by_which_it_must_be_there(somebody) -> None:
    url = f"/services/apply/canteen/papers/{code_of(somebody, '平面图')}/"
    somebody.client.post(url, {"do": "later"})
    paper = ApplicationPaper.objects.get()
    want = next(one for one in somebody.walk.wants if one.name == "平面图")
    assert (paper.way, paper.state, want.later_days > 0) == (PaperWay.DEFER, PaperState.WAITING, True)
    assert paper.due_on >= timezone.localdate() + timedelta(days=want.later_days)


def test_what_is_needed_from_the_beginning_cannot_be_put_off(somebody) -> None:
    url = f"/services/apply/canteen/papers/{code_of(somebody, '身份证件')}/"
    assert somebody.client.post(url, {"do": "later"}).status_code == 200
    assert somebody.client.post(url, {"do": "commit", "agreed": "1"}).status_code == 200
    assert ApplicationPaper.objects.count() == 0


def test_sharing_that_is_not_set_up_says_so_and_asks_for_the_paper(somebody) -> None:
    want = next(one for one in somebody.walk.wants if one.way is PaperWay.SHARE)
    page = somebody.client.get(f"/services/apply/canteen/papers/{want.code}/")
    assert (page.context["connector"], want.may_upload) == (None, True)
    assert "没有接通" in page.content.decode()
    somebody.fill().send()
    assert ApplicationPaper.objects.get(material=want.material).way == PaperWay.UPLOAD

"""Proofs: handed in, looked into, kept under their hash, decided by somebody else, never changed after."""

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from minhu.reforms.actions import ProofDraft, Refusal, Verdict, decide_proof, submit_proof, take_over_proof
from minhu.reforms.models import Milestone, Proof
from minhu.rulebook.models import Limit
from minhu.trail.models import Edge, Entry
from tests.factories.reforms import (
    CHECKER,
    LATER,
    NO,
    NOW,
    OFFICER,
    PDF,
    YES,
    MilestoneFactory,
    ProofFactory,
    a_proof,
    hash_of,
)
from tests.reforms.test_reforms import last_entry, refused

pytestmark = pytest.mark.usefixtures("rulebook", "media")
LINK = ProofDraft("清单网页", link="https://example.org/list")
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\0" * 32
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
EXE = b"MZ\x90\x00\x03" + b"\0" * 100


def packed(*names: str) -> bytes:
    """A zip that holds files of these names."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return held.getvalue()


DOCX, XLSX, OFD = (
    packed("[Content_Types].xml", "word/document.xml"),
    packed("xl/workbook.xml"),
    packed("OFD.xml"),
)


def test_a_file_is_kept_under_its_hash_and_recorded(media: Path) -> None:
    stone = MilestoneFactory()
    proof = submit_proof(by=OFFICER, milestone=stone, draft=a_proof(), at=NOW, asked=2)
    assert Path(proof.path).read_bytes() == PDF
    assert Path(proof.path) == media / "proofs" / hash_of(PDF)[:2] / hash_of(PDF)
    assert (proof.file_name, proof.sha256, proof.size, proof.media_type) == (
        "办法.pdf",
        hash_of(PDF),
        len(PDF),
        "application/pdf",
    )
    assert (proof.submitted_by_user, proof.submitted_by_post, proof.submitted_by_organisation) == (
        101,
        "lead.clerk",
        "lead",
    )
    entry = last_entry()
    assert (entry.deed, entry.thing, entry.asked) == (
        "reforms.submit_proof",
        f"reforms.milestone:{stone.pk}",
        2,
    )
    assert (entry.payload["sha256"], entry.payload["proof"]) == (hash_of(PDF), f"reforms.proof:{proof.pk}")
    edge = Edge.objects.get()
    assert (edge.src, edge.dst, edge.kind) == (
        f"reforms.milestone:{stone.pk}",
        f"reforms.proof:{proof.pk}",
        "proved_by",
    )


def test_the_same_file_lies_once_on_disk(media: Path) -> None:
    first, second = MilestoneFactory(), MilestoneFactory()
    for stone in (first, second):
        submit_proof(by=OFFICER, milestone=stone, draft=a_proof(), at=NOW)
    assert [path.name for path in media.rglob("*") if path.is_file()] == [hash_of(PDF)]


def test_a_link_needs_no_file() -> None:
    proof = submit_proof(by=OFFICER, milestone=MilestoneFactory(), draft=LINK, at=NOW)
    assert (proof.link, proof.is_file, proof.size) == ("https://example.org/list", False, None)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PDF),
        ("a.docx", DOCX),
        ("a.XLSX", XLSX),
        ("a.ofd", OFD),
        ("a.doc", OLE),
        ("a.wps", OLE),
        ("a.png", PNG),
        ("a.jpg", JPEG),
        ("a.jpeg", JPEG),
        ("a.txt", "实施方案".encode()),
        ("a.csv", "名称,单位\n".encode("gb18030")),
        ("a.md", ("长" * 30000).encode()),
    ],
)
def test_known_types_are_taken(name: str, content: bytes) -> None:
    assert submit_proof(by=OFFICER, milestone=MilestoneFactory(), draft=a_proof(name, content), at=NOW).sha256


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.pdf", PNG, "png"),
        ("a.png", PDF, "pdf"),
        ("a.pdf", EXE, None),
        ("a.txt", EXE, None),
        ("a.docx", XLSX, "xlsx"),
        ("a.docx", packed("a.txt"), "zip"),
        ("a.docx", b"PK\x03\x04 broken", "zip?"),
        ("a.xlsx", OLE, "ole"),
        ("a.txt", b"<html><script>", None),
        ("a.md", b"<svg onload=x>", None),
        ("a.txt", PDF, "pdf"),
        ("a.jpg", PNG, "png"),
    ],
)
def test_a_renamed_type_is_refused_by_its_content(
    name: str, content: bytes, said: str | None, media: Path
) -> None:
    with pytest.raises(Refusal) as caught:
        submit_proof(by=OFFICER, milestone=MilestoneFactory(), draft=a_proof(name, content), at=NOW)
    assert caught.value.field == "file"
    assert f"的后缀是{Path(name).suffix}，内容却是" in str(caught.value)
    if said:
        assert f"内容却是{said}。" in str(caught.value)
    assert (Proof.objects.count(), list(media.rglob("*"))) == (0, [])


@pytest.mark.parametrize("name", ["a.exe", "a.html", "a.svg", "a.zip", "a"])
def test_unknown_types_are_refused(name: str) -> None:
    assert (
        refused(submit_proof, by=OFFICER, milestone=MilestoneFactory(), draft=a_proof(name), at=NOW) == "file"
    )


def test_empty_and_too_large_files_are_refused() -> None:
    stone = MilestoneFactory()
    with pytest.raises(Refusal) as empty:
        submit_proof(by=OFFICER, milestone=stone, draft=a_proof(content=b""), at=NOW)
    assert (empty.value.field, "是空文件" in str(empty.value)) == ("file", True)
    with pytest.raises(Refusal) as large:
        submit_proof(by=OFFICER, milestone=stone, draft=a_proof(content=PDF + b" " * 1_100_000), at=NOW)
    assert (large.value.field, "上限为1 MB" in str(large.value)) == ("file", True)


def test_without_a_limit_in_the_rulebook_files_are_refused_and_links_taken() -> None:
    Limit.objects.filter(code="proof.max_megabytes").delete()
    stone = MilestoneFactory()
    assert refused(submit_proof, by=OFFICER, milestone=stone, draft=a_proof(), at=NOW) == "file"
    assert submit_proof(by=OFFICER, milestone=stone, draft=LINK, at=NOW).pk


def test_proofs_refused() -> None:
    stone = MilestoneFactory()
    submit = {"by": OFFICER, "milestone": stone, "at": NOW}
    assert refused(submit_proof, draft=ProofDraft(" ", link="https://example.org"), **submit) == "title"
    assert refused(submit_proof, draft=ProofDraft("办法"), **submit) == "file"
    assert (
        refused(submit_proof, draft=ProofDraft("办法", a_proof().file, "https://example.org"), **submit)
        == "file"
    )
    submit_proof(draft=LINK, **submit)
    submit_proof(draft=a_proof(), **submit)
    assert refused(submit_proof, draft=LINK, **submit) == "link"
    assert refused(submit_proof, draft=a_proof(), **submit) == "file"


@pytest.mark.parametrize("state", ["idea", "argued", "paused", "closed"])
def test_proofs_are_taken_only_while_a_reform_carries_lights(state: str) -> None:
    stone = MilestoneFactory(reform__state=state)
    assert refused(submit_proof, by=OFFICER, milestone=stone, draft=LINK, at=NOW) == ""


def test_acceptance_by_another_finishes_the_milestone() -> None:
    proof = ProofFactory()
    row = decide_proof(by=CHECKER, proof=proof, verdict=YES, at=LATER, asked=0)
    assert (row.state, row.decided_by_user, row.decided_at) == ("accepted", 202, LATER)
    assert Milestone.objects.get().accepted_on == date(2026, 3, 31)
    assert (last_entry().deed, last_entry().payload["milestone_done"]) == ("reforms.accept_proof", True)


def test_the_submitter_never_accepts() -> None:
    proof = ProofFactory()
    with pytest.raises(Refusal) as caught:
        decide_proof(by=OFFICER, proof=proof, verdict=YES, at=LATER)
    assert str(caught.value) == "这是您自己提交的证据，须由他人验收。"
    assert (Proof.objects.get().state, Entry.objects.count()) == ("waiting", 0)


def test_a_milestone_waits_for_the_last_of_its_proofs() -> None:
    first = ProofFactory()
    second = ProofFactory(milestone=first.milestone)
    decide_proof(by=CHECKER, proof=first, verdict=YES, at=LATER)
    assert Milestone.objects.get().accepted_on is None
    decide_proof(by=CHECKER, proof=second, verdict=YES, at=LATER)
    assert Milestone.objects.get().accepted_on == date(2026, 3, 31)


def test_a_returned_proof_says_why_and_is_followed_by_another() -> None:
    proof = ProofFactory()
    assert refused(decide_proof, by=CHECKER, proof=proof, verdict=Verdict(False, " "), at=LATER) == "reason"
    row = decide_proof(by=CHECKER, proof=proof, verdict=NO, at=LATER)
    assert (row.state, row.reason, Milestone.objects.get().accepted_on) == ("returned", "缺少附件", None)
    assert refused(decide_proof, by=CHECKER, proof=proof, verdict=YES, at=LATER) == ""
    again = submit_proof(by=OFFICER, milestone=proof.milestone, draft=LINK, at=LATER)
    decide_proof(by=CHECKER, proof=again, verdict=YES, at=LATER)
    assert Milestone.objects.get().is_accepted


def test_the_database_keeps_accepted_proofs() -> None:
    proof = ProofFactory()
    decide_proof(by=CHECKER, proof=proof, verdict=YES, at=LATER)
    for deed in (lambda: Proof.objects.update(title="别的"), lambda: Proof.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            deed()
    assert Proof.objects.get().title == proof.title


def test_the_database_lets_other_proofs_change() -> None:
    ProofFactory(state="returned")
    assert Proof.objects.update(title="别的") == 1


def test_a_proof_from_before_is_taken_over_with_its_day() -> None:
    stone = MilestoneFactory()
    proof = take_over_proof(by=OFFICER, milestone=stone, draft=a_proof(), on=date(2026, 2, 3), at=NOW)
    assert (proof.state, proof.submitted_by_user, proof.decided_by_user) == ("accepted", None, None)
    assert (proof.submitted_by_organisation, proof.decided_by_organisation) == (
        stone.reform.lead.code,
        stone.acceptor.code,
    )
    assert Milestone.objects.get().accepted_on == date(2026, 2, 3)
    assert last_entry().payload["accepted_on"] == "2026-02-03"

"""Documents come in: cut, kept, kept again, refused."""

from datetime import UTC, date, datetime, timedelta

import pytest

from minhu.mandates.actions import BadDocument, DocumentDraft, Head, load_document, revise_document
from minhu.mandates.models import Clause, Document, Duty, Version
from minhu.mandates.queries import clause_at, duties_by_unit, units
from minhu.trail.models import Entry
from minhu.trail.queries import book_history
from minhu.trail.states import Actor

pytestmark = pytest.mark.django_db
BY = Actor(7, "office-chief", "reform-office")
AT = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)
LATER = AT + timedelta(days=30)
TEXT = """# 关于深化改革的意见

## 第一章 总则

第一条 区人民政府应当于2026年6月底前建成企业综合服务中心。

下载

第二条 区财政局应当做好下列工作：

（一）保障资金；

（二）公开账目。
"""
HEAD = Head(title="关于深化改革的意见", issuer="市委", level="city", issued_on=date(2026, 3, 2))


def draft(text: str = TEXT, number: str = "市委〔2026〕3号", **head: object) -> DocumentDraft:
    """The document of this file, with changes."""
    return DocumentDraft(
        number, Head(**{name: getattr(HEAD, name) for name in Head.__dataclass_fields__} | head), text
    )


def load(*args: object, at: datetime = AT, **kwargs: object) -> Version:
    """Load it as the office."""
    return load_document(by=BY, draft=draft(*args, **kwargs), at=at, asked=4)


def rows() -> tuple[int, ...]:
    """How many rows there are of everything."""
    return tuple(model.objects.count() for model in (Document, Version, Clause, Duty, Entry))


def test_a_text_falls_into_a_tree_whose_spans_are_exact() -> None:
    version = load()
    clauses = list(version.clauses.order_by("order"))
    assert [(c.label, c.kind, c.is_unit) for c in clauses[:2]] == [
        ("第一章", "chapter", False),
        ("第一条", "article", True),
    ]
    assert [c.label for c in units(version).order_by("order")] == ["第一条", "第二条"]
    for clause in clauses:
        stretch = version.text[clause.start : clause.end]
        assert stretch.startswith(clause.text[:5])
        if "下载" not in stretch:
            assert stretch == clause.text
        if clause.parent:
            assert clause.parent.start <= clause.start < clause.end <= clause.parent.end


def test_page_furniture_is_in_no_clause() -> None:
    version = load()
    assert [version.text[start:end] for start, end in version.furniture] == ["下载"]
    assert [c.label for c in version.clauses.all() if "下载" in c.text] == []


def test_duties_name_who_and_by_when() -> None:
    version = load()
    first = clause_at("市委〔2026〕3号", "第一条")
    duty = duties_by_unit(version)[first.pk][0]
    assert (duty.who, duty.by_on) == ("区人民政府", date(2026, 6, 30))
    assert version.text[duty.start : duty.end].startswith("区人民政府应当")


def test_a_clause_is_found_by_label_path_and_label_path() -> None:
    load()
    wanted = clause_at("市委〔2026〕3号", "第二条")
    assert clause_at("市委〔2026〕3号", wanted.path) == wanted
    assert clause_at("市委〔2026〕3号", "第一章/第二条") == wanted
    with pytest.raises(Clause.DoesNotExist, match="第九条"):
        clause_at("市委〔2026〕3号", "第九条")


def test_the_record_says_what_came_in() -> None:
    version = load()
    entry = book_history(version.document.book).get()
    assert (entry.deed, entry.actor_post, entry.asked) == ("mandates.load_document", "office-chief", 4)
    assert (entry.payload["units"], entry.payload["is_new"]) == (2, True)


def test_the_same_text_twice_changes_nothing() -> None:
    first = load()
    before = rows()
    again = load(TEXT.replace("\n", "\r\n"), at=LATER)
    assert (again, rows()) == (first, before)


def test_a_new_text_of_a_known_number_makes_a_version() -> None:
    first = load()
    second = load(TEXT + "\n第三条 本意见自印发之日起施行。\n", at=LATER)
    first.refresh_from_db()
    assert (first.is_current, second.is_current, second.label) == (False, True, "2")
    assert Document.objects.count() == 1
    assert units(second.document).count() == 3


def test_an_earlier_text_comes_back_into_force() -> None:
    first = load()
    load(TEXT + "\n第三条 本意见自印发之日起施行。\n", at=LATER)
    again = load(at=LATER + timedelta(days=1))
    assert (again, again.is_current, again.label) == (first, True, "1")
    assert Version.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": "另一份文件"}, "number"),
        ({"kind": "local"}, "kind"),
    ],
)
def test_a_number_used_twice_is_refused(change: dict, field: str) -> None:
    load()
    before = rows()
    with pytest.raises(BadDocument) as refused:
        load("第一条 全然不同。", **change)
    assert (refused.value.field, rows()) == (field, before)


def test_a_refusal_names_the_document_that_has_the_number() -> None:
    load()
    with pytest.raises(BadDocument, match="关于深化改革的意见"):
        load(title="另一份文件")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": " \n "}, "text"),
        ({"number": "  "}, "number"),
        ({"title": " "}, "title"),
        ({"level": "moon"}, "level"),
        ({"kind": "sideways"}, "kind"),
        ({"received_on": date(2026, 3, 1)}, "received_on"),
    ],
)
def test_a_document_that_cannot_be_is_refused_at_its_field(change: dict, field: str) -> None:
    with pytest.raises(BadDocument) as refused:
        load(**change)
    assert (refused.value.field, rows()) == (field, (0, 0, 0, 0, 0))


def test_a_head_is_revised_and_the_record_keeps_the_old_one() -> None:
    document = load().document
    head = Head(title="关于深化改革的意见", issuer="市委办公室", level="city", issued_on=date(2026, 3, 2))
    revised = revise_document(by=BY, document=document, head=head, at=LATER, asked=1)
    entry = book_history(document.book).last()
    assert revised.issuer == "市委办公室"
    assert entry.payload == {"before": {"issuer": "市委"}, "after": {"issuer": "市委办公室"}}
    count = Entry.objects.count()
    revise_document(by=BY, document=document, head=head, at=LATER)
    assert Entry.objects.count() == count


def test_a_text_without_numbering_still_comes_in_by_paragraphs() -> None:
    version = load("全区要办好三件事。\n\n区教育局应当扩建学校。")
    assert (
        "".join(c.text for c in units(version).order_by("order"))
        == "全区要办好三件事。区教育局应当扩建学校。"
    )

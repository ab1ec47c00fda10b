"""Wordings side by side, and which clause surely goes on in which."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from minhu.mandates.bridge import compare_versions, opened_again, successors, version_before
from minhu.mandates.models import Version
from minhu.mandates.queries import current_version
from minhu.people.states import Role
from tests.mandates.test_load import AT, load
from tests.roles import check_roles

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rulebook")]
OLD = """# 关于深化改革的意见

第一条 区人民政府应当建成企业综合服务中心。

第二条 有关部门应当在十日内答复来信。

第三条 本意见由改革办解释。

第四条 各单位应当公开账目。
"""
NEW = """# 关于深化改革的意见

第一条 区人民政府应当建成企业综合服务中心。

第二条 街道应当设立便民服务点并公布地址。

第三条 有关部门应当在五日内答复来信。

第四条 各单位应当公开账目。

第五条 各单位应当公开账目。
"""


@pytest.fixture
def two() -> tuple[Version, Version]:
    """Two wordings, the second in force."""
    return load(OLD), load(NEW, at=AT + timedelta(days=30))


def told(earlier: Version, later: Version) -> list[tuple[str, str, str]]:
    """Kind, earlier name, later name."""
    steps = compare_versions(earlier, later).steps
    return [(s.kind, s.earlier.name if s.earlier else "", s.later.name if s.later else "") for s in steps]


def test_every_clause_is_kept_changed_new_or_gone(two: tuple[Version, Version]) -> None:
    assert told(*two) == [
        ("kept", "第一条", "第一条"),
        ("new", "", "第二条"),
        ("changed", "第二条", "第三条"),
        ("gone", "第三条", ""),
        ("kept", "第四条", "第四条"),
        ("new", "", "第五条"),
    ]


def test_changed_words_are_marked_on_both_sides(two: tuple[Version, Version]) -> None:
    step = next(s for s in compare_versions(*two).steps if s.kind == "changed")
    assert [step.earlier_words[a:b] for a, b in step.earlier_marks] == ["十"]
    assert [step.later_words[a:b] for a, b in step.later_marks] == ["五"]


def test_a_new_wording_opens_what_changed_and_what_is_new(two: tuple[Version, Version]) -> None:
    assert [s.later.name for s in opened_again(two[1]) if s.later] == ["第二条", "第三条", "第五条"]
    assert (opened_again(two[0]), version_before(two[0]), version_before(two[1])) == ([], None, two[0])


def test_only_what_says_the_same_once_is_a_sure_successor(two: tuple[Version, Version]) -> None:
    found = {Version.objects.get(pk=two[0].pk).clauses.get(pk=key).label: clause.label
             for key, clause in successors(two[1]).items()}  # fmt: skip
    assert found == {"第一条": "第一条"}


def test_wordings_of_two_documents_are_not_compared(two: tuple[Version, Version]) -> None:
    other = load(number="市委〔2026〕4号")
    with pytest.raises(ValueError, match="no wordings of one document"):
        compare_versions(two[0], other)


def test_the_page_shows_counts_marks_and_one_kind_at_a_time(client_as, two: tuple[Version, Version]) -> None:
    url = reverse("mandates:compare", args=[two[1].document_id, two[1].pk, two[0].pk])
    check_roles(client_as, url, list(Role))
    page = client_as(Role.AUDITOR, headers={"accept-language": "en"}).get(url)
    text = page.content.decode()
    assert page.context["comparison"].counts == [
        ("changed", 1), ("new", 2), ("gone", 1), ("moved", 0), ("kept", 2),
    ]  # fmt: skip
    assert "在<mark>十</mark>日内" in text
    assert "在<mark>五</mark>日内" in text
    only = client_as(Role.AUDITOR).get(url, {"show": "gone"}).context["steps"]
    assert [step.earlier.label for step in only] == ["第三条"]


def test_wordings_of_other_documents_are_not_found(client_as, two: tuple[Version, Version]) -> None:
    other = load(number="市委〔2026〕4号")
    for earlier in (other.pk, two[1].pk):
        url = reverse("mandates:compare", args=[two[1].document_id, two[1].pk, earlier])
        assert client_as(Role.OFFICE).get(url).status_code == 404


def test_the_document_page_leads_to_what_changed(client_as, two: tuple[Version, Version]) -> None:
    url = reverse("mandates:compare", args=[two[1].document_id, two[1].pk, two[0].pk])
    assert url in client_as(Role.OFFICE).get(two[1].document.get_absolute_url()).content.decode()


def test_comparing_reads_the_same_however_long(
    two: tuple[Version, Version], django_assert_num_queries
) -> None:
    with django_assert_num_queries(2):
        compare_versions(*two)


def test_two_real_wordings_of_one_city(shared: Path) -> None:
    paths = sorted((shared / "data" / "regulations").glob("上海市优化营商环境条例*.md"))
    first, second = (
        load(
            path.read_text(),
            number="沪",
            title="上海市优化营商环境条例",
            issued_on=None,
            at=AT + timedelta(days=i),
        )
        for i, path in enumerate(paths)
    )
    comparison = compare_versions(first, second)
    counts = dict(comparison.counts)
    both = counts["changed"] + counts["moved"] + counts["kept"]
    assert (both + counts["gone"], both + counts["new"]) == (80, 97)
    assert counts["changed"] >= 40
    assert current_version(second.document) == second
    assert len(successors(second)) == 19

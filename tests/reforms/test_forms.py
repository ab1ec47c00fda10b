"""Forms: what is asked of people, how values are said, which choices are offered."""

from datetime import date

import pytest
from django.http import QueryDict
from django.utils import translation

from minhu.people.states import Role
from minhu.reforms.actions import draft_of
from minhu.reforms.forms import LedgerFilterForm, MoveForm, ProofForm, ReformForm, VerdictForm
from minhu.reforms.models import Reform
from minhu.reforms.queries.ledger import Filters
from minhu.reforms.views.wording import address, columns, opening
from tests.factories.people import OrganisationFactory, PostFactory
from tests.factories.reforms import MilestoneFactory, ReformFactory

pytestmark = pytest.mark.django_db


def test_values_are_said_in_words() -> None:
    unit = OrganisationFactory(name="区审批办")
    form = ReformForm(instance=Reform())
    said = [
        form.said(name, value)
        for name, value in (
            ("domain", "green"),
            ("lead", unit),
            ("supports", (unit, unit)),
            ("supports", ()),
            ("starts_on", date(2026, 3, 1)),
            ("risk", ""),
            ("line", 2),
            ("illustrative", True),
            ("fund_yuan", None),
            ("fund_yuan", 500),
        )
    ]
    assert said == [
        "绿色转型",
        "区审批办",
        "区审批办、区审批办",
        "—",
        "2026年3月1日",
        "—",
        "抓改革之重、畅改革之路",
        "是",
        "—",
        "500",
    ]


def test_closed_organisations_are_offered_only_where_they_already_stand() -> None:
    closed, standing = OrganisationFactory(closed_on=date(2026, 1, 1)), OrganisationFactory()
    reform = ReformFactory(lead=closed)
    assert set(ReformForm(instance=reform).fields["lead"].queryset) == {closed, standing}
    assert closed not in ReformForm(instance=Reform()).fields["lead"].queryset
    assert list(ReformForm(instance=reform).fields["supports"].queryset) == [standing]


def test_only_leaders_answer_for_a_reform() -> None:
    PostFactory(role=Role.LEAD)
    leader = PostFactory(role=Role.LEADER)
    assert list(ReformForm(instance=Reform()).fields["leader_post"].queryset) == [leader]


def test_a_draft_takes_from_the_ledger_what_the_person_ticked() -> None:
    reform = ReformFactory(goal="清单里的", risk="清单里的")
    data = QueryDict(mutable=True)
    data.update(
        {
            "code": reform.code,
            "name": reform.name,
            "domain": "economy",
            "category": "key",
            "origin": "clause",
            "lead": reform.lead_id,
            "goal": "我填的",
            "risk": "我填的",
            "rev": 1,
            "take": "goal",
        }
    )
    form = ReformForm(data, instance=Reform.objects.get())
    assert form.is_valid(), form.errors
    assert (form.draft(reform).goal, form.draft(reform).risk) == ("清单里的", "我填的")
    assert draft_of(reform).goal == "清单里的"


def test_what_is_carried_along_is_not_counted_as_asked() -> None:
    form = VerdictForm(QueryDict("verdict=no&reason=缺附件"))
    assert (form.is_valid(), form.asked, form.verdict().yes, form.verdict().reason) == (
        True,
        1,
        False,
        "缺附件",
    )


def test_a_proof_starts_with_what_is_to_be_handed_over() -> None:
    assert ProofForm(milestone=MilestoneFactory(deliverable="印发的办法"))["title"].value() == "印发的办法"


@pytest.mark.parametrize(
    ("link", "valid"), [("https://example.org/a", True), ("javascript:alert(1)", False), ("办法", False)]
)
def test_only_real_addresses_are_links(link: str, valid: bool) -> None:
    form = ProofForm({"title": "办法", "link": link}, {}, milestone=MilestoneFactory())
    assert form.is_valid() == valid


def test_the_next_stages_are_those_of_the_table() -> None:
    form = MoveForm(reform=ReformFactory(state="closed"))
    assert [value for value, _words in form.fields["to"].choices] == ["spread", "running"]
    assert form["to"].value() == "spread"
    assert MoveForm({"to": "closed"}, reform=ReformFactory(state="running")).is_valid() is False


def test_the_filter_offers_leads_in_the_order_of_the_tree() -> None:
    ReformFactory(lead=OrganisationFactory(code="b", order=2))
    ReformFactory(lead=OrganisationFactory(code="a", order=1))
    OrganisationFactory(code="c")
    assert [code for code, _name in LedgerFilterForm().fields["lead"].choices] == ["", "a", "b"]


def test_a_chosen_value_is_marked_and_everything_is_escaped() -> None:
    ReformFactory(lead=OrganisationFactory(code="a", short="<b>甲</b>"))
    drawn = str(LedgerFilterForm({"lead": "a"})["lead"])
    assert '<option value="a" selected>&lt;b&gt;甲&lt;/b&gt;</option>' in drawn
    assert (drawn.count("selected"), drawn.startswith('<select name="lead"') or 'name="lead"' in drawn) == (
        1,
        True,
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("light=red&sort=-due", Filters(light="red", sort="-due")),
        ("light=pink&domain=sport&sort=price", Filters()),
        ("text=++服务+&domain=green", Filters(text="服务", domain="green")),
    ],
)
def test_addresses_are_read_as_far_as_they_make_sense(query: str, expected: Filters) -> None:
    assert LedgerFilterForm(QueryDict(query)).filters() == expected


def test_an_address_keeps_filters_and_goes_back_to_the_first_page() -> None:
    query = QueryDict("domain=green&page=3&light=red")
    assert address(query, sort="name") == "?domain=green&light=red&sort=name"
    assert address(query, light="") == "?domain=green"


@pytest.mark.parametrize(
    ("sort", "key", "url", "direction"),
    [
        ("name", "改革", "?sort=-name", "ascending"),
        ("-name", "改革", "?sort=name", "descending"),
        ("name", "灯与原因", "?sort=light", ""),
        ("name", "阶段", "", ""),
    ],
)
def test_heads_sort_and_say_which_way(sort: str, key: str, url: str, direction: str) -> None:
    heads = {str(one.words): one for one in columns(sort, QueryDict())}
    assert (heads[key].url, heads[key].sorted) == (url, direction)


def test_the_opening_counts_and_links_in_both_languages() -> None:
    tones = {"red": 2, "yellow": 1, "blue": 0, "off": 4, "done": 3}
    parts = opening(tones, QueryDict("domain=green"))
    assert (
        "".join(part.text for part in parts)
        == "共 10 项改革：2 项逾期，1 项延期或证据退回，0 项临近到期，3 项节点全部验收。"
    )
    assert [part.url for part in parts if part.late] == ["?domain=green&light=red"]
    with translation.override("en"):
        said = "".join(part.text for part in opening(tones, QueryDict()))
    assert said == "10 reforms: 2 late, 1 postponed or returned, 0 due soon, 3 all accepted."
    assert opening(dict.fromkeys(tones, 0), QueryDict()) == ()

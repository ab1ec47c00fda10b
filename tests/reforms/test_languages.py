"""Every page in English: no page breaks on a word, and no Chinese of ours is left on it."""

import re
from datetime import date

import pytest
from django.urls import reverse

from minhu.people.states import Role
from tests.factories.people import OrganisationFactory, PostFactory
from tests.factories.reforms import (
    MeasureFactory,
    MilestoneFactory,
    PostponementFactory,
    ProofFactory,
    ReformFactory,
    RuleFactory,
)

pytestmark = pytest.mark.usefixtures("rulebook", "media")
CHINESE = re.compile(r"[\u3400-\u9fff]+")
# The seal, and the name of the other language.
KNOWN = {"呼", "中文", "听", "接", "列", "办"}


@pytest.fixture
def town(db) -> dict[str, object]:
    """A whole reform whose data are English."""
    lead, other = (
        OrganisationFactory(name="Library", short="Library"),
        OrganisationFactory(name="Finance", short="Finance"),
    )
    reform = ReformFactory(
        code="T-1",
        name="Open late",
        problem="Shut at five",
        goal="Open until nine",
        indicator="Hours",
        risk="Cold",
        lead=lead,
        leader_post=PostFactory(title="Mayor", organisation=lead),
        fund_yuan=5000,
        line=2,
        origin_note="Asked for by readers",
    )
    reform.supports.add(other)
    MeasureFactory(reform=reform, title="Nothing yet")
    measure = MeasureFactory(reform=reform, title="Staff")
    words = {"reform": reform, "measure": measure, "acceptor": other, "deliverable": "The rota"}
    MilestoneFactory(title="Done", accepted_on=date(2026, 2, 1), due_on=date(2026, 2, 1), **words)
    late = MilestoneFactory(title="Late", due_on=date(2026, 3, 1), **words)
    moved = MilestoneFactory(title="Moved", planned_on=date(2026, 3, 1), due_on=date(2099, 3, 1), **words)
    proof = ProofFactory(milestone=late, title="Rota")
    ProofFactory(milestone=late, title="Old rota", state="returned", reason="Friday is missing")
    ProofFactory(milestone=late, title="Older rota", state="accepted")
    wish = PostponementFactory(milestone=moved, reason="No heating")
    PostponementFactory(
        milestone=late,
        reason="Ill",
        granted=False,
        answer="No",
        decided_at=proof.submitted_at,
        decided_by_user=7,
    )
    new = RuleFactory(reform=reform, number="New", title="Until nine", function="Hours")
    rule = RuleFactory(
        reform=reform, number="Old", title="Until five", replaced_by=new, ends_on=date(2026, 5, 1)
    )
    return {"measure": measure.pk, "late": late.pk, "proof": proof.pk, "wish": wish.pk, "rule": rule.pk}


PAGES = [
    ("ledger", None),
    ("late", None),
    ("new", None),
    ("reform", "T-1"),
    ("edit", "T-1"),
    ("move", "T-1"),
    ("add_measure", "T-1"),
    ("measure", "measure"),
    ("add_milestone", "measure"),
    ("milestone", "late"),
    ("prove", "late"),
    ("postpone", "late"),
    ("proof", "proof"),
    ("postponement", "wish"),
    ("rule", "rule"),
    ("write_rule", "T-1"),
]


@pytest.mark.parametrize(("name", "key"), PAGES)
def test_a_page_in_english_is_english(client_as, town, name: str, key: str | None) -> None:
    client = client_as(Role.OFFICE, OrganisationFactory(name="Office", short="Office"))
    client.post_held.title = "Clerk"
    client.post_held.save()
    client.cookies["django_language"] = "en"
    url = reverse(f"reforms:{name}", args=[] if key is None else [town.get(key, key)])
    answer = client.get(url)
    words = re.sub(r"<[^>]+>", " ", answer.content.decode())
    assert (answer.status_code, set(CHINESE.findall(words)) - KNOWN) == (200, set())


@pytest.mark.parametrize(
    "address", ["?text=nothing", "?light=red&domain=economy", "?sort=-progress", "?state=running&page=3"]
)
def test_the_ledger_in_english_under_every_filter(client_as, town, address: str) -> None:
    client = client_as(Role.LEAD)
    client.cookies["django_language"] = "en"
    assert client.get(reverse("reforms:ledger") + address).status_code == 200

"""Every page of the house with one concrete address in the demonstration district, and who opens it.

A new named page that is not listed here fails `test_every_page_is_listed`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from minhu.mandates.models import Clause, Document, Duty, Implementation, Version
from minhu.people.models import Complaint, Post
from minhu.reforms.models import Measure, Milestone, Postponement, Proof, Reform, Rule
from minhu.trail.models import ref
from tests.factories.mandates import VersionFactory
from tests.factories.people import ComplaintFactory

OFFICE, LEADER, NOBODY = "gaige", "lingdao", ""


@dataclass(frozen=True, slots=True)
class Sight:
    """A page to look at: its name, its address, and the log-in that opens it."""

    name: str
    url: str
    username: str = OFFICE


def named(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """All named addresses of the house."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from named(pattern, f"{pattern.namespace}:" if pattern.namespace else space)
        elif pattern.name:
            yield space + pattern.name, pattern


def arguments() -> dict[str, list[object]]:
    """What the addresses of pages need, from the loaded district; pages without arguments need nothing."""
    reform = Reform.objects.get(code="GG-2024-14")
    open_stone = Milestone.objects.filter(reform=reform, accepted_on=None).first()
    upstream = Version.objects.filter(document__kind="upstream", is_current=True).order_by("pk").first()
    clause = Clause.objects.filter(version=upstream, is_unit=True).first()
    document = Document.objects.get(pk=upstream.document_id)
    earlier = document.versions.filter(is_current=False).first() or VersionFactory(
        document=document, is_current=False, label="0"
    )
    code, version, unit = [reform.code], [upstream.pk], ["shenpi"]
    return {
        "audit:thing": [ref(reform)],
        "mandates:document": [document.pk],
        "mandates:duties": [document.pk],
        "mandates:version": [document.pk, upstream.pk],
        "mandates:head": [document.pk],
        "mandates:clause": [clause.pk],
        "mandates:compare": [document.pk, upstream.pk, earlier.pk],
        "mandates:implements": [Implementation.objects.first().local_id],
        "mandates:check": [Implementation.objects.first().pk],
        "mandates:add_duty": [clause.pk],
        "mandates:duty": [Duty.objects.first().pk],
        "people:unit": unit,
        "people:edit_unit": unit,
        "people:edit_post": ["shenpi-jingban"],
        "people:account": ["zigui"],
        "people:complaint": [(Complaint.objects.first() or ComplaintFactory(post=Post.objects.first())).pk],
        "people:reset_new": ["MQ", "no-such-token"],
        "reforms:coverage_review": version,
        "reforms:coverage_matrix": version,
        "reforms:coverage_blind": version,
        "reforms:coverage_claims": version,
        "reforms:coverage_decisions": version,
        "reforms:coverage_search": version,
        "reforms:coverage_sure": version,
        "reforms:measure": [Measure.objects.filter(reform=reform).first().pk],
        "reforms:add_milestone": [Measure.objects.filter(reform=reform).first().pk],
        "reforms:milestone": [open_stone.pk],
        "reforms:prove": [open_stone.pk],
        "reforms:postpone": [open_stone.pk],
        "reforms:proof": [Proof.objects.filter(state="waiting").first().pk],
        "reforms:postponement": [Postponement.objects.first().pk],
        "reforms:rule": [Rule.objects.first().pk],
        "reforms:reform": code,
        "reforms:edit": code,
        "reforms:move": code,
        "reforms:add_measure": code,
        "reforms:write_rule": code,
        "rulebook:limit": ["light.near_days"],
    }


# Not pages of their own: files, and doors that lead on at once.
NOT_LOOKED_AT = {"api:openapi", "reforms:proof_file", "site:home", "ui:language"}
POSTED = {"ui:look", "people:logout", "people:change_hat"}
PUBLIC = {"people:login", "people:reset", "people:reset_sent", "people:reset_done", "people:reset_new"}


def sights() -> list[Sight]:
    """One address of each named page of the house that a role may open."""
    wanted, found = arguments(), []
    for name, pattern in named():
        needs = len(pattern.pattern.converters)
        if name in NOT_LOOKED_AT | POSTED or (needs and name not in wanted):
            continue
        found.append(
            Sight(name, reverse(name, args=wanted.get(name, [])), NOBODY if name in PUBLIC else OFFICE)
        )
    return found

"""Every page of the house with one concrete address in the demonstration district, and who opens it.

A new named page that is not listed here fails `test_every_page_is_listed`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from minhu.cases.actions import open_case
from minhu.cases.actions.rating import digest_of_token
from minhu.cases.models import Case, Paper, PersonalDatum, Rating, Step
from minhu.cases.states import Doer, Opening
from minhu.mandates.models import Clause, Document, Duty, Implementation, Version
from minhu.people.models import Complaint, Post
from minhu.reforms.models import Measure, Milestone, Postponement, Proof, Reform, Rule
from minhu.services.actions.asking import Asked, ask_department
from minhu.services.models import Item, Thing
from minhu.trail.models import ref
from minhu.trail.states import Actor
from minhu.voices.actions.hearing import hear
from minhu.voices.actions.occasions import OccasionDraft, record_occasion
from minhu.voices.actions.owning import ask_about_data
from minhu.voices.actions.publishing import propose_publication
from minhu.voices.models import Candidate, Group, HotIssue, Membership, Reply
from minhu.voices.states.hearing import Draft, Want
from tests.factories.mandates import VersionFactory
from tests.factories.people import ComplaintFactory

OFFICE, LEADER, NOBODY = "gaige", "lingdao", ""
TOKEN = "a-token-that-is-looked-at"


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
        **case_arguments(),
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
        **service_arguments(),
        **voice_arguments(),
    }


def service_arguments() -> dict[str, list[object]]:
    """What the addresses of one-things need."""
    thing = Thing.objects.get(code="restaurant")
    item = Item.objects.filter(versions__thing_versions__thing=thing).first()
    question = thing.open_questions.first() or ask_department(
        by=Actor(None, "gaige-zonghe", "gaigeban"), thing=thing, asked=Asked(item.department, "依据哪一条？"),
        at=timezone.now(),
    )  # fmt: skip
    return {
        "services:apply": [thing.code],
        "services:thing": [thing.code],
        "services:guide": [thing.code],
        "services:withdraw": [thing.code],
        "services:answer": [question.pk],
        "services:item": [item.code],
    }


def voice_arguments() -> dict[str, list[object]]:
    """What the addresses of voices need: one held, one to be published, a request, an evening."""
    now, by = timezone.now(), Actor(1, "zhili-jingban", "zhili")
    garbled = hear(by=None, draft=Draft("啊" * 200), at=now).voice
    heard = hear(by=None, draft=Draft("姚江边的步道夜里没有灯", may_publish=True), at=now)
    number = heard.voice.number
    proposed = propose_publication(by=by, number=number, text=heard.voice.masked, at=now)
    asked = ask_about_data(code=heard.follow_code, want=Want.CORRECT, words="是甬江边", at=now)
    evening = OccasionDraft("evening", "代表夜聊", now.date(), "wenjiao")
    noted = record_occasion(by=by, draft=evening, said=[Draft("楼道的灯不亮")], at=now)
    group = Group.objects.filter(size__gte=5, people__gte=5).order_by("-size", "pk").first()
    return {
        "voices:open_group": [group.pk],
        "voices:open_call": ["gonggong-chongdian"],
        "voices:call_desk": ["gonggong-chongdian"],
        "voices:call_change": ["gonggong-chongdian"],
        "voices:voice": [number],
        "voices:propose": [number],
        "voices:decide": [garbled.number],
        "voices:check": [proposed.pk],
        "voices:answer": [asked.pk],
        "voices:occasion": [noted.occasion.pk],
        **group_arguments(),
    }


def group_arguments() -> dict[str, list[object]]:
    """What the addresses of groups need: one that was answered, one that waits, a hot issue, a small cut."""
    answered = Membership.objects.get(voice=Reply.objects.earliest("pk").voice, until=None).group
    waiting = Group.objects.standing().filter(case=None, size__gt=0).order_by("-size").first()
    return {
        "voices:group": [answered.pk],
        "voices:assign": [waiting.pk],
        "voices:check_reply": [Reply.objects.earliest("pk").pk],
        "voices:hot_issue": [HotIssue.objects.first().pk],
        "voices:candidate": [Candidate.objects.filter(state="proposed").first().pk],
    }


def case_arguments() -> dict[str, list[object]]:
    """What the addresses of cases need: a question that waits for the office, a paper, a rating."""
    joint = Step.objects.filter(node="setting", state="open", case__kind__code="joint").first()
    case = joint.case if joint else joint_question()
    paper = Paper.objects.filter(is_made=True).first() or Paper.objects.create(
        case=case, code="notice", title="通知书", is_made=True, rev=1, made_at=case.opened_at,
        content={"form": "notice", "title": "通知书", "date": "2026-03-31", "body": ["请按期办理。"]},
    )  # fmt: skip
    kept = PersonalDatum.objects.filter(erased_at=None, case__kind__is_confidential=False).first()
    token = {"token_digest": digest_of_token(TOKEN)}
    Rating.objects.get_or_create(**token, defaults={"case": case, "asked_at": case.opened_at})
    return {
        "cases:case": [case.number],
        "cases:do": [case.number, "set_hosts"],
        "cases:erase": [kept.case.number if kept else case.number],
        "cases:who": [case.number, "setting"],
        "cases:fill": ["joint"],
        "cases:kind": ["voice"],
        "cases:kind_move": ["voice"],
        "cases:paper": [paper.case.number, paper.pk],
        "cases:plan": ["supervision"],
        "cases:rate": [TOKEN],
        "cases:statistics": ["voice"],
        "reforms:start_from_case": [case.number],
    }


def joint_question() -> Case:
    """A question put to several departments, which waits for the office."""
    values = {"subject": "企业用地分割转让要跑几个窗口", "question": "谁来牵头", "why_joint": "涉及三个部门",
              "expected": "scheme", "urgency": "normal"}  # fmt: skip
    by = Doer(Actor(None, "gaige-zonghe", "gaigeban"), "office")
    done = open_case(by=by, opening=Opening("joint", values), key="looked-at", at=timezone.now())
    return Case.objects.get(number=done.number)


# Not pages of their own: files, and doors that lead on at once.
NOT_LOOKED_AT = {"api:openapi", "reforms:proof_file", "site:calendar", "site:home", "ui:language"}
NOT_LOOKED_AT |= {"cases:kind_bpmn", "cases:kind_dmn", "cases:paper_file", "cases:letters_link"}
POSTED = {"ui:look", "people:logout", "people:change_hat", "site:calendar_make", "site:digest"}
NOT_LOOKED_AT |= {"services:proof", "services:template", "services:filled", "services:thing_bpmn"}
NOT_LOOKED_AT |= {f"services:guide_{name}" for name in ("json_ld", "turtle", "bpmn", "document")}
NOT_LOOKED_AT |= {"services:catalogue_json_ld", "services:catalogue_turtle"}
POSTED |= {"services:confirm_family", "services:dissolve_family"}
POSTED |= {"services:take", "services:open_values", "services:apply_discard", "services:apply_noted"}
POSTED |= {f"services:follow_{name}" for name in ("close", "rate", "withdraw")}
# Pages of one applicant: `test_services` opens them with a draft, on a phone and at a desk.
STEPS = ("on", "save", "changes", "situation", "form", "shared", "paper", "child", "consent", "check")
NOT_LOOKED_AT |= {f"services:apply_{name}" for name in STEPS}
NOT_LOOKED_AT |= {"services:follow_one", "services:follow_correct", "services:follow_result"}
NOT_LOOKED_AT |= {"services:apply_receipt"}
NOT_LOOKED_AT |= {
    "services:open_paper",
    "services:erase_application",
    "voices:groups_find",
    "voices:group_answer",
}
NOT_LOOKED_AT |= {"voices:empty", "voices:marked", "voices:mine", "voices:table"}
NOT_LOOKED_AT |= {f"voices:open311_{name}" for name in ("discovery", "service", "services", "token")}
NOT_LOOKED_AT |= {"voices:open311_request", "voices:open311_requests"}
POSTED |= {"voices:similar", "voices:leave", "voices:mine_again", "voices:mine_contact"}
POSTED |= {"voices:mine_consent", "voices:mine_data", "voices:mine_rate"}
NOT_LOOKED_AT |= {"voices:open_csv", "voices:open_json"}
POSTED |= {f"voices:call_{name}" for name in ("announce", "days", "weigh", "publish")}
PUBLIC = {
    "services:apply",
    "services:catalogue",
    "services:follow",
    "services:guide",
    "cases:rate",
    "voices:open_call",
    "voices:open_calls",
    "voices:open_data",
    "voices:open_group",
    "voices:open_groups",
    "voices:outcomes",
    "voices:say",
    "voices:follow",
    "people:login",
    "people:reset",
    "people:reset_sent",
    "people:reset_done",
    "people:reset_new",
}


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

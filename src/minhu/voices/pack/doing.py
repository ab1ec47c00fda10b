"""One deed on the group of an illustrative topic, as the posts of the place would do it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from minhu.cases import actions as cases
from minhu.cases.states import Ask, CaseRefused, Doer
from minhu.packs import Located, PackError
from minhu.people.models import Post
from minhu.people.states import Role
from minhu.reforms.models import Reform
from minhu.trail.states import SYSTEM, Actor
from minhu.voices.actions.answering import Assignment, answer_group, assign_group
from minhu.voices.actions.answering_again import answer_as_before
from minhu.voices.actions.answering_ratings import rate_reply
from minhu.voices.actions.candidates import CutDraft, link_candidate, propose_small_cut
from minhu.voices.actions.links import confirm_link
from minhu.voices.models import Group, Reply, VoiceCase
from minhu.voices.pack.specs import TopicDeedSpec, TopicSpec
from minhu.voices.queries.groups import known_values
from minhu.voices.states.hearing import VoiceRefused


@dataclass(frozen=True)
class Doing:
    """A deed of a topic at its moment; `told` knows the groups, voices and posts."""

    told: Any
    row: Located[TopicSpec]
    place: int
    at: datetime

    def do(self) -> None:
        """Do it. Raises PackError at its line where it is refused."""
        deeds: dict[str, Callable[[], object]] = {
            "assign": self.assign, "accept": self.accept, "answer": self.answer, "rate": self.rate,
            "satisfied": self.satisfied, "again": self.again, "link": self.link, "cut": self.cut,
        }  # fmt: skip
        try:
            deeds[self.deed.do]()
        except (CaseRefused, VoiceRefused) as refused:
            words = f"“{self.row.item.title}”: {refused.words}"
            faults = "; ".join(one.words for one in getattr(refused, "faults", ()))
            raise PackError([self.row.problem(f"{words} {faults}".strip(), "do", self.place, "do")]) from None

    @property
    def deed(self) -> TopicDeedSpec:
        """What is done."""
        return self.row.item.do[self.place]

    @property
    def key(self) -> str:
        """The same deed of the same topic has the same key."""
        return f"topic:{self.told.pack.code}:{self.row.item.code}:{self.place}"

    @property
    def group(self) -> Group:
        """The group as it stands now."""
        return Group.objects.select_related("case", "centre", "place").get(
            pk=self.told.groups[self.row.item.code].pk
        )

    def case_now(self) -> VoiceCase:
        """The case in which the group is handled."""
        row = self.group.cases.select_related("case", "group").last()
        if row is None:
            raise VoiceRefused("the group has no case yet: assign it before")
        return row

    def handler(self) -> Doer:
        """The post of the office that handles it."""
        first = next(one for one in self.row.item.do if one.do == "assign")
        return doer(self.told.actor(first.handler))

    def act(self, step: str, values: dict[str, object] | None = None) -> Ask:
        """A step of the case, to be done."""
        return Ask(self.case_now().case.number, step, self.key, values or {})

    def assign(self) -> None:
        """The desk gives the group to an office."""
        values = dict(known_values(self.group))
        if self.deed.sort:
            values["sort"] = self.deed.sort
        given = Assignment(values, self.deed.handler, self.deed.helper, self.deed.note, self.deed.matter)
        assign_group(by=doer(self.told.desk), group=self.group, given=given, key=self.key, at=self.at)

    def accept(self) -> None:
        """The office signs for it."""
        by = self.handler()
        cases.act(by=by, ask=self.act("accept"), at=self.at)

    def answer(self) -> None:
        """The office answers; every author gets it."""
        deed, by = self.deed, self.handler()
        values: dict[str, object] = {"answer": deed.answer}
        step = "answered"
        if deed.adoption:
            step = "answered_suggestion"
            values |= {"adoption": deed.adoption, "public_reason": deed.reason}
            values |= {"outcome_form": deed.outcome} if deed.outcome else {}
        answer_group(by=by, voice_case=self.case_now(), ask=self.act(step, values), at=self.at)

    def satisfied(self) -> None:
        """The desk calls back and closes."""
        by = doer(self.told.desk)
        said: dict[str, object] = {"call_result": self.deed.result} if self.deed.result else {}
        cases.act(by=by, ask=self.act("satisfied", said), at=self.at)

    def rate(self) -> None:
        """An author rates the latest answer."""
        voice = self.told.voices[self.row.item.code][self.deed.voice - 1]
        reply = Reply.objects.filter(voice=voice).order_by("-pk").first()
        if reply is None:
            raise VoiceRefused(f"voice {self.deed.voice} has no answer to rate")
        rate_reply(
            reply=reply, level=self.deed.level or None, is_fixed=self.deed.fixed, words=self.deed.words,
            at=self.at,
        )  # fmt: skip

    def again(self) -> None:
        """Who came later gets the same answer."""
        answer_as_before(by=self.told.desk, group=self.group, at=self.at)

    def reform(self) -> Reform:
        """The reform a deed names."""
        found = Reform.objects.filter(code=self.deed.reform).first()
        if found is None:
            raise VoiceRefused(f"there is no reform “{self.deed.reform}”")
        return found

    def link(self) -> None:
        """The reform office says that a reform takes it up."""
        confirm_link(by=office_actor(), group=self.group, reform=self.reform(), at=self.at)

    def cut(self) -> None:
        """A small cut is proposed, and taken into a reform if the deed names one."""
        deed = self.deed
        draft = CutDraft(deed.title, deed.problem, deed.severity, [self.group], deed.cut)
        row = propose_small_cut(by=self.told.desk, draft=draft, at=self.at)
        if deed.reform:
            link_candidate(by=office_actor(), candidate=row, reform=self.reform(), at=self.at)


def doer(actor: Actor) -> Doer:
    """A post as whoever acts on a case."""
    return Doer(actor, Role.LEAD)


def office_actor() -> Actor:
    """The reform office."""
    post = Post.objects.filter(role=Role.OFFICE).select_related("organisation").first()
    return Actor(None, post.code, post.organisation.code) if post else SYSTEM

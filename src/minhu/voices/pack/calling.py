"""Illustrative calls: prepared, announced, commented, answered and published as their days tell."""

from datetime import date, datetime, time, timedelta

from minhu.packs import Counts, Located, Pack, PackError
from minhu.trail.states import Actor
from minhu.voices.actions.calls import announce_call, comment_call, prepare_call, publish_outcome
from minhu.voices.actions.calls_answering import answer_comments
from minhu.voices.models import Call, CallArticle, Comment
from minhu.voices.pack.opening import open_some
from minhu.voices.pack.specs import CALLS, CallSpec, CommentAnswerSpec, CommentSpec
from minhu.voices.pack.telling import actor_of
from minhu.voices.queries.limits import HOME, day_of
from minhu.voices.states.calls import CallDraft, Weighed
from minhu.voices.states.hearing import Draft, VoiceRefused


def tell_calls(pack: Pack, *, by: Actor, at: datetime) -> Counts:
    """Tell the calls that are not there yet. Raises PackError at a call that is refused."""
    counts = Counts()
    for row in pack.read(CALLS):
        if Call.objects.filter(code=row.item.code).exists():
            counts += Counts(unchanged=1)
            continue
        try:
            CallTelling(pack, row, by, at).tell()
        except VoiceRefused as refused:
            words = f"“{row.item.title}”: {refused.words}"
            raise PackError([row.problem(words, "code")]) from None
        counts += Counts(created=1 + len(row.item.comments))
    return counts


class CallTelling:
    """One illustrative call being told."""

    def __init__(self, pack: Pack, row: Located[CallSpec], by: Actor, at: datetime) -> None:
        self.pack, self.row, self.spec, self.by, self.at = pack, row, row.item, by, at
        self.office = actor_of(row.item.office)
        self.said: dict[str, list[Comment]] = {}

    def day(self, days_ago: int) -> date:
        """So many days before the pack is loaded."""
        return day_of(self.at) - timedelta(days=days_ago)

    def moment(self, days_ago: int, hour: int = 11) -> datetime:
        """A moment of that day, never later than now."""
        return min(datetime.combine(self.day(days_ago), time(hour), HOME), self.at)

    def tell(self) -> None:
        """All of it in the order of its days."""
        spec, begins = self.spec, self.moment(self.spec.opens_days_ago, 8)
        draft = CallDraft(
            spec.code, spec.title, spec.matter, spec.office, self.day(spec.opens_days_ago),
            self.day(-spec.closes_in_days), spec.ways, spec.draft_title, self.text(), spec.short_reason,
            illustrative=True,
        )  # fmt: skip
        call = prepare_call(by=self.office, draft=draft, at=begins)
        call = announce_call(by=self.office, call=call, at=begins)
        articles = {one.label: one for one in call.articles.all()}
        for comment in sorted(spec.comments, key=lambda one: -one.on_days_ago):
            self.comment(call, articles, comment)
        open_some([one.voice for told in self.said.values() for one in told], self.at)
        for answer in sorted(spec.answers, key=lambda one: -one.on_days_ago):
            self.answer(call, answer)
        if spec.outcome and spec.published_days_ago is not None:
            at = self.moment(spec.published_days_ago, 16)
            publish_outcome(by=self.office, call=call, outcome=spec.outcome, at=at)

    def text(self) -> str:
        """The draft text, if there is one."""
        return self.pack.text(self.spec.draft, self.row.where("draft")) if self.spec.draft else ""

    def comment(self, call: Call, articles: dict[str, CallArticle], told: CommentSpec) -> None:
        """One comment."""
        if told.article and told.article not in articles:
            raise VoiceRefused(f"there is no article “{told.article}” in the draft")
        draft = Draft(told.text, said_on=self.day(told.on_days_ago), may_publish=told.may_publish, typed=0)
        heard = comment_call(
            by=self.by, call=call, article=articles.get(told.article), draft=draft,
            at=self.moment(told.on_days_ago),
        )  # fmt: skip
        self.said.setdefault(told.article, []).append(heard.voice.comment)

    def answer(self, call: Call, told: CommentAnswerSpec) -> None:
        """What the office said to some comments, counted in the order they were said."""
        comments = self.said.get(told.article, [])
        keys = [comments[number - 1].pk for number in told.voices if 0 < number <= len(comments)]
        said = Weighed(keys, told.adoption, told.reason)
        answer_comments(by=self.office, call=call, said=said, at=self.moment(told.on_days_ago, 15))

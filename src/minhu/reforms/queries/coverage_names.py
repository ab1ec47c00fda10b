"""Who decided about an answer or a proposal, in words instead of codes."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from minhu.people.models import Post
from minhu.reforms.models import Answer, Inapplicable
from minhu.reforms.queries.coverage_review import Review
from minhu.trail.states import SYSTEM


def name_posts(rows: Iterable[Answer | Inapplicable]) -> None:
    """Give each row `asker` and `decider`: the title of the post that acted; one query."""
    listed = list(rows)
    codes = {code for row in listed for code in codes_of(row).values() if code}
    posts = Post.objects.filter(code__in=codes - {SYSTEM.post})
    titles = {SYSTEM.post: _("the system"), **dict(posts.values_list("code", "title"))}
    for row in listed:
        for word, code in codes_of(row).items():
            setattr(row, word, titles.get(code, code))


def acted_on(review: Review) -> list[Answer | Inapplicable]:
    """The answers and the proposal a review shows."""
    options = (*review.confirmed, *review.suggested, *review.refused)
    proposal = review.row.inapplicable if review.row else None
    return [*(option.answer for option in options), *([proposal] if proposal else [])]


def codes_of(row: Answer | Inapplicable) -> dict[str, str]:
    """The codes of the posts that acted on a row; nobody asks for an answer."""
    return {"asker": getattr(row, "asked_by_post", ""), "decider": row.decided_by_post}

"""The people of a desk, and the step of a case that lies on it."""

from minhu.cases.models import Case, Step
from minhu.cases.states import StepState
from minhu.people.models import Holding


def open_step(case: Case, place: str) -> Step | None:
    """The stay of a case at a place now."""
    rows = case.steps.filter(node=place, state=StepState.OPEN, organisation__isnull=False)
    return rows.select_related("organisation", "assignee").first()


def people_of(organisation: int | None) -> list[tuple[int, str]]:
    """Accounts that hold a post of an organisation now, with the titles of their posts there."""
    held = Holding.objects.current().filter(post__organisation=organisation)
    titles: dict[tuple[int, str], list[str]] = {}
    for holding in held.select_related("user", "post").order_by("post", "user"):
        titles.setdefault((holding.user_id, holding.user.get_username()), []).append(holding.post.title)
    return [(pk, f"{name} · {' / '.join(posts)}") for (pk, name), posts in titles.items()]

"""Finding reforms and milestones by words."""

from django.db.models import Q, QuerySet

from minhu.reforms.models import Milestone, Reform


def find_reforms(text: str, most: int) -> QuerySet[Reform]:
    """Reforms whose name, code, problem or goal holds the words."""
    asked = Q(name__icontains=text) | Q(code__icontains=text)
    asked |= Q(problem__icontains=text) | Q(goal__icontains=text)
    return Reform.objects.filter(asked).order_by("code")[:most]


def find_milestones(text: str, most: int) -> QuerySet[Milestone]:
    """Milestones whose title or deliverable holds the words."""
    asked = Q(title__icontains=text) | Q(deliverable__icontains=text)
    return Milestone.objects.filter(asked).select_related("reform").order_by("due_on", "id")[: max(most, 0)]

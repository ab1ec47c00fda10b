"""What a person may choose when sorting a group: domains that are known here, and those suggested."""

from collections.abc import Iterable

from minhu.voices.models import Group


def domain_choices(more: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Domains that groups have, and some more."""
    known = set(Group.objects.exclude(domain="").order_by().values_list("domain", flat=True).distinct())
    return [(name, name) for name in sorted(known | {one for one in more if one})]

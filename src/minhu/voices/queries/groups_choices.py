"""What a person may choose when sorting a group: domains that are known here, offices that stand."""

from collections.abc import Iterable

from minhu.voices.models import Group, Voice


def domain_choices(more: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Domains that voices or groups have, and those suggested."""
    known = set(Voice.objects.exclude(domain="").order_by().values_list("domain", flat=True).distinct())
    known |= set(Group.objects.exclude(domain="").order_by().values_list("domain", flat=True).distinct())
    return [(name, name) for name in sorted(known | {one for one in more if one})]

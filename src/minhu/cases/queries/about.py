"""Kinds of case that may be about a thing of another room."""

from minhu.cases.models import Kind


def kinds_about(prefix: str) -> list[Kind]:
    """Current kinds that say they may be about things of a prefix (`reforms.milestone`), in their order."""
    return [kind for kind in Kind.objects.filter(is_current=True) if prefix in kind.spec.get("about", ())]

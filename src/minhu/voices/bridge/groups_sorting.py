"""What sorting makes of a group: its domain and office suggested, or nothing where it is unsure."""

from minhu.voices.states.groups import Sorted


def suggestion(what: str, text: str) -> Sorted:
    """The suggestion for a text; without a trained model it abstains."""
    return Sorted()

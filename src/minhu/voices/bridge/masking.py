"""Personal data blotted out of whatever leaves the handler's view."""

import re

DIGITS = re.compile(r"[0-9０-９][0-9０-９ \-－]{5,}[0-9０-９XxＸ]")


def masked(text: str) -> str:
    """A text without what could tell who somebody is."""
    return DIGITS.sub("＊＊＊", text)

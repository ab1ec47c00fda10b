"""Sentences whose numbers are links."""

import re

from minhu.ui.offers.shapes import Part, Words


def sentence(template: Words, **parts: Part | Words | int) -> tuple[Part, ...]:
    """Cut a translated sentence at its `{names}`, so that numbers can be links in any word order.

    >>> [part.text for part in sentence("{late} of {all} are late", late=Part("3", "/x"), all=57)]
    ['3', ' of ', '57', ' are late']
    """
    pieces = re.split(r"\{(\w+)\}", str(template))
    cut = [parts[piece] if place % 2 else piece for place, piece in enumerate(pieces)]
    made = (part if isinstance(part, Part) else Part(str(part)) for part in cut)
    return tuple(part for part in made if part.text)

"""Which other groups say something like one group."""

from minhu.voices.bridge.likeness import alike
from minhu.voices.bridge.searching import voices_found
from minhu.voices.models import Group
from minhu.voices.queries.searching import Similar, similar_rows

LONGEST = 400
NEAR = 40


def near_groups(group: Group, most: int = 6) -> list[Similar]:
    """Other standing groups that say something like this one, the nearest first."""
    text = (group.centre.masked if group.centre else group.title)[:LONGEST]
    near = [one.voice for one in alike(text, NEAR)]
    keys = dict.fromkeys([*near, *voices_found(group.title, NEAR), *voices_found(text, NEAR)])
    found = similar_rows(list(keys), most + 1)
    return [one for one in found if one.group.pk != group.pk and one.group.is_standing][:most]

"""A group everybody may see as plain values for files: no single voice, no author."""

from typing import Any

from minhu.voices.queries.open_groups import OpenGroup

COLUMNS = {
    "number": "编号 number of the group",
    "title": "标题 title, masked",
    "theme": "领域 theme",
    "street": "街道 where most of it was said",
    "voices": "件数 voices",
    "people": "人数 distinct people, as far as they can be told apart",
    "first_on": "最早 first said on",
    "last_on": "最近 last said on",
    "stage": "进展 waiting, in_hand, answered",
    "office": "承办 office that handles it",
    "due_on": "期限 answer due on",
    "reforms": "改革 reforms that take it up",
    "rules": "制度 rules in force made by these reforms",
    "illustrative": "示例 made up for the demonstration",
}
SEALED = ("=", "+", "-", "@", "\t")


def row_of(one: OpenGroup) -> dict[str, Any]:
    """The values of one group."""
    group = one.group
    due = one.case.due_on if one.case else None
    return {
        "number": group.number, "title": one.title, "theme": group.domain,
        "street": group.place.name if group.place else "", "voices": group.size, "people": group.people,
        "first_on": group.first_on.isoformat(), "last_on": group.last_on.isoformat(),
        "stage": one.standing.value, "office": group.office.name if group.office else "",
        "due_on": due.isoformat() if due else "",
        "reforms": [outcome.reform.name for outcome in one.reforms],
        "rules": [rule.title for rule in one.rules], "illustrative": group.illustrative,
    }  # fmt: skip

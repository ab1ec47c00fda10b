"""The door for programs: what every room's `api.py` is made of.

A room writes `operations = Operations(_("Documents"))` and marks functions with `@operations.get(…)` or
`@operations.post(…)`; `site/api.py` mounts them. See `docs/reference/api.md`, “How a room adds operations”.
"""

from minhu.people.wire.asking import Asked, Body, Call, Key, Text
from minhu.people.wire.mounting import Api, addresses
from minhu.people.wire.numbers import numbers_from
from minhu.people.wire.operations import Operations
from minhu.people.wire.paging import Page, PageAsked, paged
from minhu.people.wire.problems import Problem, conflict, invalid, unset

__all__ = [
    "Api",
    "Asked",
    "Body",
    "Call",
    "Key",
    "Operations",
    "Page",
    "PageAsked",
    "Problem",
    "Text",
    "addresses",
    "conflict",
    "invalid",
    "numbers_from",
    "paged",
    "unset",
]

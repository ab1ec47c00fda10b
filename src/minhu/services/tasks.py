"""One round of the worker: drafts and values whose time is over go, shared papers are asked for again."""

from collections.abc import Callable
from datetime import datetime

from minhu.services.actions import applying
from minhu.services.connectors import connectors
from minhu.services.queries.applying import papers_to_fetch

MOST = 50


def one_round(*, at: datetime, goes_on: Callable[[], bool]) -> dict[str, int]:
    """Do what is due; counts by name. Raises BadConnectors where sharing is set up wrongly."""
    expired = applying.expire_drafts(at=at)
    connectors()
    fetched = 0
    for paper in papers_to_fetch(at, MOST):
        if not goes_on():
            break
        fetched += applying.fetch_again(paper, at)
    return {"papers_fetched": fetched, "applications_expired": expired}

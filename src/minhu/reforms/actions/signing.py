"""Who asked and who decided, written into a row as plain values."""

from datetime import datetime
from typing import Any

from minhu.trail.states import Actor


def signature(prefix: str, by: Actor) -> dict[str, object]:
    """The fields `<prefix>_user`, `_post`, `_organisation` of whoever acts."""
    return {
        f"{prefix}_user": by.user_id,
        f"{prefix}_post": by.post,
        f"{prefix}_organisation": by.organisation,
    }


def sign(row: Any, by: Actor, at: datetime) -> None:
    """Write into a row, not yet saved, who decided and when."""
    row.decided_at = at
    for name, value in signature("decided_by", by).items():
        setattr(row, name, value)

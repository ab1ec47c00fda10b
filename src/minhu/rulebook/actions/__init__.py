"""Doing: bringing limits and calendars in from a pack, and confirming that a limit still holds."""

from minhu.rulebook.actions.checking import check_limit
from minhu.rulebook.actions.loading import load_calendar, load_limits, record_pack_version

__all__ = ["check_limit", "load_calendar", "load_limits", "record_pack_version"]

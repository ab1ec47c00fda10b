"""How far files are read: the limits of the rulebook as the readers take them."""

from datetime import date

from minhu.methods.files import Limits as FileLimits
from minhu.rulebook.queries import limit


def file_limits(on: date) -> FileLimits:
    """How far the readers of Word and PDF files go on a day, by the rulebook."""
    return FileLimits(
        pages=int(limit("document.max_pages", on=on).value),
        unpacked_megabytes=float(limit("document.max_unpacked_megabytes", on=on).value),
        seconds=float(limit("document.max_seconds", on=on).value),
    )

"""Files handed in with a deed: looked into and kept under their digest before the deed is tried."""

from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from minhu.cases.states import Ask, Opening, Upload

Deed = TypeVar("Deed", Ask, Opening)


def kept(deed: Deed, at: datetime) -> Deed:
    """A deed whose files are kept; without files it is the same."""
    if not any(isinstance(value, Upload) for value in deed.values.values()):
        return deed
    values = {
        key: keep(key, value, at) if isinstance(value, Upload) else value
        for key, value in deed.values.items()
    }
    return replace(deed, values=values)


def keep(key: str, upload: Upload, at: datetime) -> Upload:
    """One file kept."""
    raise NotImplementedError

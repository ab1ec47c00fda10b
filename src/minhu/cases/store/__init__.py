"""The one transaction of every deed on a case: read under a lock, decide, write, record (ADR 0009).

This floor holds the only statements of the room that go past the ORM: they are counted in microseconds.
"""

from minhu.cases.store.applying import apply, apply_many
from minhu.cases.store.opening import open_case

__all__ = ["apply", "apply_many", "open_case"]

"""Who acts on a case, the plain values deeds are asked in, and what they answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from minhu.trail.states import SYSTEM, Actor


@dataclass(frozen=True, slots=True)
class Doer:
    """Whoever acts on a case: the actor of the record, and the role of the post acted from."""

    actor: Actor
    role: str = ""

    @property
    def is_system(self) -> bool:
        """Whether a timer, an effect or a pack acts."""
        return self.actor == SYSTEM


MACHINE = Doer(SYSTEM, "system")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file given for a field; its digest, size and media type are filled in when it is kept."""

    name: str
    file: Any = field(default=None, compare=False, repr=False)
    sha256: str = ""
    size: int = 0
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """A case to be opened; `assigns`: role → codes of organisations. `parent`: number of the case served."""

    kind: str
    values: Mapping[str, object] = field(default_factory=dict)
    assigns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """A command to one case. `on`: the step; `place` and `attempt`: where, if several offer it.

    `rev`: the revision the asker saw. `key`: the same key with the same content is answered as before.
    """

    number: str
    on: str
    key: str
    values: Mapping[str, object] = field(default_factory=dict)
    assigns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    place: str = ""
    attempt: int = 0
    rev: int | None = None
    is_timer: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """What a command did: plain values, so that the same answer can be given again."""

    number: str
    rev: int
    places: tuple[str, ...]
    end: str = ""
    papers: tuple[str, ...] = ()
    repeated: bool = False

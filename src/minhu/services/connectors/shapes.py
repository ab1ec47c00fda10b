"""What is asked of data sharing, what it answers, and how it fails."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Asked:
    """One paper asked for: of which application, and the few values by which it is found."""

    material: str
    application: str
    values: Mapping[str, str]
    at: datetime


@dataclass(frozen=True, slots=True)
class Fetched:
    """What sharing brought: data by name, a file, or both; `origin` says where it came from."""

    origin: str
    data: Mapping[str, str] = field(default_factory=dict)
    file: bytes = b""
    name: str = ""


class ConnectorFailed(Exception):
    """Sharing brought nothing; the words are for whoever keeps the connector and hold no value."""


class Unreachable(ConnectorFailed):
    """The other side does not answer now: worth trying again."""


class NotFound(ConnectorFailed):
    """The other side answers that it has no such paper: the applicant must bring it."""


class Misconfigured(ConnectorFailed):
    """It can never work as it is set up: a wrong token, an answer of another shape."""


class BadConnectors(ValueError):
    """The file of connectors is wrong: where, what, and how to mend it."""


class Connector(Protocol):
    """A way to fetch papers. `sends`: field of the form (`role.element`) → its name on the other side."""

    @property
    def name(self) -> str:
        """As materials name it."""
        ...

    @property
    def title(self) -> str:
        """As people call it."""
        ...

    @property
    def sends(self) -> Mapping[str, str]:
        """The only values that leave the house."""
        ...

    @property
    def tries(self) -> int:
        """How often it is tried before the applicant is asked to bring the paper."""
        ...

    def fetch(self, asked: Asked) -> Fetched:
        """Bring the paper. Raises ConnectorFailed."""
        ...

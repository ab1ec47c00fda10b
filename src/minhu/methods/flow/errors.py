"""What can be refused by a net."""

from enum import StrEnum


class FlowError(ValueError):
    """Anything refused by this method."""


class BadGuard(FlowError):
    """A condition that cannot be read, or that compares what cannot be compared."""


class BadNet(FlowError):
    """A net whose arcs point nowhere, so that no step can be computed: `check` says where."""


class Livelock(FlowError):
    """Automatic transitions that would go on for ever: `check` finds them before publishing."""


class BadBpmn(FlowError):
    """A BPMN file outside the subset we read; the message names every element that is."""


class Reason(StrEnum):
    """Why a command is refused."""

    UNKNOWN = "unknown"
    ENDED = "ended"
    NOT_HERE = "not_here"
    STALE = "stale"
    GUARD = "guard"
    BUSY = "busy"
    TOO_OFTEN = "too_often"
    AMBIGUOUS = "ambiguous"
    CLOCK = "clock"


class Refused(FlowError):
    """A command that may not be done now: why, which (`on`), and words with what would be allowed."""

    def __init__(self, reason: Reason, on: str, words: str) -> None:
        super().__init__(words)
        self.reason, self.on, self.words = reason, on, words

"""Words of the room services, pure: in which list, for whom, in which state."""

from minhu.services.states.applying import (
    APPLICANT,
    MENDS,
    WITHDRAWS,
    ApplicationRefused,
    ApplicationState,
    PaperState,
    PaperWay,
    ScanState,
    brings,
    shares,
)
from minhu.services.states.things import (
    Audience,
    MergeState,
    QuestionState,
    Tier,
    VersionState,
)

__all__ = [
    "APPLICANT",
    "MENDS",
    "WITHDRAWS",
    "ApplicationRefused",
    "ApplicationState",
    "Audience",
    "MergeState",
    "PaperState",
    "PaperWay",
    "QuestionState",
    "ScanState",
    "Tier",
    "VersionState",
    "brings",
    "shares",
]

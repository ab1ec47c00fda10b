"""Words of the room services, pure: in which list, for whom, in which state."""

from minhu.services.states.things import (
    Audience,
    MergeState,
    QuestionState,
    Tier,
    VersionState,
)

__all__ = ["Audience", "MergeState", "QuestionState", "Tier", "VersionState"]

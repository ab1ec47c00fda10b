"""The rows of the room voices."""

from minhu.voices.models.calls import Call, CallArticle, Comment
from minhu.voices.models.groups import Group, HotIssue, HotRun, Membership, Sorting
from minhu.voices.models.links import Candidate, ReformLink, Reply, VoiceCase
from minhu.voices.models.occasions import Occasion
from minhu.voices.models.personal import (
    DataRequest,
    Incoming,
    Knock,
    Moderation,
    Publication,
    Salt,
    VoicePersonal,
)
from minhu.voices.models.voices import Counter, Voice

__all__ = [
    "Call",
    "CallArticle",
    "Candidate",
    "Comment",
    "Counter",
    "DataRequest",
    "Group",
    "HotIssue",
    "HotRun",
    "Incoming",
    "Knock",
    "Membership",
    "Moderation",
    "Occasion",
    "Publication",
    "ReformLink",
    "Reply",
    "Salt",
    "Sorting",
    "Voice",
    "VoiceCase",
    "VoicePersonal",
]

"""The rows of the room voices."""

from minhu.voices.models.occasions import Occasion
from minhu.voices.models.personal import DataRequest, Knock, Moderation, Publication, Salt, VoicePersonal
from minhu.voices.models.voices import Counter, Voice

__all__ = [
    "Counter",
    "DataRequest",
    "Knock",
    "Moderation",
    "Occasion",
    "Publication",
    "Salt",
    "Voice",
    "VoicePersonal",
]

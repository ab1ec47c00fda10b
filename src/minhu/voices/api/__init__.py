"""For programs: hear, read voices, write down occasions and read them."""

from minhu.voices.api import occasions, voices
from minhu.voices.api.mounted import operations

__all__ = ["occasions", "operations", "voices"]

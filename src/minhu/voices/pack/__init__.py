"""The sections of a pack that the room voices reads: illustrative voices, occasions, topics and calls."""

from minhu.voices.pack.loading import SECTIONS, load

__all__ = ["SECTIONS", "load"]

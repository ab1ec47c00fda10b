"""What could tell who somebody is, found in Chinese civic text and blotted out."""

from minhu.methods.text.masking.blotting import Masked, Span, mask

__all__ = ["Masked", "Span", "mask"]

"""Personal data blotted out of whatever leaves the handler's view."""

from minhu.methods.text.masking import mask


def masked(text: str) -> str:
    """A text without what could tell who somebody is; of the same length."""
    return mask(text).text

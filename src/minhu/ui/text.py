"""Text with marked spans, cut so that every piece can be escaped on its own."""

from collections.abc import Iterable

Span = tuple[int, int]


def merge(spans: Iterable[Span], length: int) -> list[Span]:
    """Spans clipped to the text, sorted, those that touch or overlap made one; senseless ones dropped."""
    merged: list[Span] = []
    for start, end in sorted((max(0, int(s)), min(length, int(e))) for s, e in spans):
        if end <= start:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def pieces(text: str, spans: Iterable[Span]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is marked; joined they give the text back."""
    cuts, at = [], 0
    for start, end in merge(spans, len(text)):
        cuts += [(text[at:start], False), (text[start:end], True)]
        at = end
    cuts.append((text[at:], False))
    return [(piece, marked) for piece, marked in cuts if piece]

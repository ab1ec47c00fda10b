"""The articles of a draft text, as the clauses of a mandate are cut."""

from minhu.mandates.bridge import Piece, read

MOST_HEADING = 200


def articles_of(draft: str) -> list[Piece]:
    """The units of a text that can be commented one by one, in their order."""
    return [piece for piece in read(draft).pieces if piece.is_unit and piece.text.strip()]

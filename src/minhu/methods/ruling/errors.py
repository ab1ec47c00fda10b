"""What can be wrong with a decision table or with a question put to it."""


class RulingError(ValueError):
    """Anything refused by this method."""


class BadTable(RulingError):
    """A table whose parts do not fit together."""


class BadCell(RulingError):
    """A cell that cannot be read: in which table, row (from 1, 0 the head) and column, where in its text."""

    def __init__(self, words: str, at: int = 0) -> None:
        super().__init__(words)
        self.words, self.at = words, at
        self.table, self.row, self.column, self.text = "", 0, "", ""

    def in_cell(self, table: str, row: int, column: str, text: str) -> "BadCell":
        """The same error, told with its place."""
        placed = BadCell(
            f"{table}, row {row}, {column}, character {self.at + 1} of {text!r}: {self.words}", self.at
        )
        placed.table, placed.row, placed.column, placed.text = table, row, column, text
        return placed


class BadInput(RulingError):
    """A value of the wrong type, not among those allowed, or missing: the message names the input."""


class Ambiguous(RulingError):
    """Several rules where the hit policy allows one (U) or wants them to agree (A); `rules` numbers them."""

    def __init__(self, words: str, rules: tuple[int, ...]) -> None:
        super().__init__(words)
        self.rules = rules


class BadDmn(RulingError):
    """A DMN file outside the subset we read; the message names every element that is."""

"""What is refused, in words for whoever asked."""


class Refusal(Exception):
    """Something cannot be done; `words` say why and how to mend it, `faults` all of it."""

    def __init__(self, words: str, faults: tuple[str, ...] = ()) -> None:
        self.words, self.faults = words, faults or (words,)
        super().__init__(words)

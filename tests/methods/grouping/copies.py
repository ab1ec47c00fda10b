"""Texts with known copies, and how well groups agree with them."""

import random
from collections import Counter
from collections.abc import Sequence

LETTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]


def sentence(rng: random.Random) -> str:
    return "".join(rng.choices(LETTERS, k=rng.randint(10, 40))) + "。"


def mistyped(text: str, share: float, rng: random.Random) -> str:
    """Every so-manieth character replaced."""
    return "".join(rng.choice(LETTERS) if rng.random() < share else c for c in text)


def with_copies(groups: int, seed: int, most: int = 6, share: float = 0.05) -> tuple[list[str], list[int]]:
    """Texts and the number of the text each was copied from, shuffled."""
    rng = random.Random(seed)
    rows = []
    for group in range(groups):
        base = "".join(sentence(rng) for _ in range(5))
        rows += [(base if k == 0 else mistyped(base, share, rng), group) for k in range(rng.randint(1, most))]
    rng.shuffle(rows)
    return [text for text, _ in rows], [group for _, group in rows]


def partition(texts: Sequence[str], labels: Sequence[int]) -> Counter[tuple[str, ...]]:
    """The groups as sorted texts, whatever their numbers."""
    found: dict[int, list[str]] = {}
    for text, label in zip(texts, labels, strict=True):
        found.setdefault(int(label), []).append(text)
    return Counter(tuple(sorted(group)) for group in found.values())


def pair_f1(found: Sequence[int], truth: Sequence[int]) -> float:
    """F1 over pairs that are together."""

    def pairs(labels: Sequence[object]) -> int:
        return sum(n * (n - 1) // 2 for n in Counter(labels).values())

    both = pairs([(int(a), int(b)) for a, b in zip(found, truth, strict=True)])
    return 2 * both / (pairs([int(a) for a in found]) + pairs(list(truth)))


def jaccard(one: str, other: str) -> float:
    """Of character bigrams, by sets."""
    a, b = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (one, other))
    return len(a & b) / len(a | b)

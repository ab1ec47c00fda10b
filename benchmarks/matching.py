"""Coverage: which local article answers which national one, and whether none does, beside TF-IDF and BM25.

Unit: article. Correct: a local article that shares a verbatim run of 22 characters or more with the national
one. Masked: every run of 8 characters or more that the national article shares with any article of that place
is taken out of it; it counts if 25 characters are left. What was confirmed elsewhere (the correct articles of
the other cities) is masked against the place in the same way; both editions of a city are left out together.
"""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks._coverage import (
    GAP,
    SEED,
    Array,
    Asked,
    Result,
    asked_of,
    auc,
    calibration_error,
    interval,
    load,
    precision_at,
    rank,
    result,
)
from benchmarks.figure import Figure
from minhu.methods.matching import (
    Item,
    Problem,
    Sureness,
    aligned,
    by_bm25,
    by_memory,
    by_tf_idf,
    examples,
    learn,
    signs,
    solve,
)


def plain(asked: Sequence[Asked], scorer: Callable[..., Iterator[tuple[int, Array]]]) -> Result:
    """A peer: ranks by its scores, blind by its best score."""
    found = []
    for one in asked:
        scores = one.scores(scorer)
        for i in one.rows:
            correct = one.place.correct[i]
            found.append((i, rank(scores[i], correct), scores[i].max(), np.delete(scores[i], correct).max()))
    return result(found)


def ours(asked: Sequence[Asked], corpus: Sequence[str]) -> tuple[Result, Array]:
    """Memory and sureness, both learned from other cities only; `corpus` gives nothing but the idf.

    With the ranks that order gives besides, for texts that go the same way.
    """
    found, in_order = [], []
    for one in asked:
        home = {one.place.city}
        sureness = learn_without(asked, home, corpus)
        scores, signs_of = scored(one, home, corpus)
        ordered = aligned(scores)
        for i in one.rows:
            in_order.append(rank(ordered[i], one.place.correct[i]))
            correct = one.place.correct[i]
            sure = sureness.of(np.array([signs_of(i, scores[i]), signs_of(i, np.delete(scores[i], correct))]))
            found.append((i, rank(scores[i], correct), *sure))
    return result(found), np.array(in_order, dtype=float)


def scored(
    one: Asked, without: set[str], corpus: Sequence[str]
) -> tuple[Array, Callable[[int, Array], Array]]:
    """The scores of one place with memory from elsewhere, and the signs of its rows."""
    confirmed = one.confirmed(without)
    scores = one.scores(by_memory(confirmed, corpus))
    return scores, lambda i, row: signs(row, len(one.clauses[i].replace(GAP, "")), bool(confirmed[i]))


def learn_without(asked: Sequence[Asked], home: set[str], corpus: Sequence[str]) -> Sureness:
    """Sureness learned from every city but one; that city is in no memory either."""
    found, truth = [], []
    for one in asked:
        if one.place.city in home:
            continue
        confirmed = one.confirmed(home)
        scores = one.scores(by_memory(confirmed, corpus))
        lengths = [len(clause.replace(GAP, "")) for clause in one.clauses]
        answers = {i: one.place.correct[i] for i in one.rows}
        signs_, answered = examples(scores, lengths, [bool(texts) for texts in confirmed], answers)
        found.append(signs_)
        truth.append(answered)
    return learn(np.vstack(found), np.concatenate(truth))


def hits(found: Result, within: int) -> Array:
    """1 where a correct article stands within so many ranks."""
    return (found.ranks <= within).astype(float)


def ranking(masked: dict[str, Result], in_order: Array, times: int) -> Iterator[Figure]:
    """R@1, its gain over TF-IDF with the paired interval, R@5; R@1 with order, as a figure of its own."""
    mine, peer, cold = masked["ours"], masked["tf-idf"], masked["cold"]
    for name, within in (("r1", 1), ("r5", 5)):
        values = hits(mine, within)
        extra: dict[str, object] = {
            "n": len(values),
            "ci": interval(mine.articles, lambda rows, v=values: v[rows].mean(), times),
            "bm25": round(hits(masked["bm25"], within).mean(), 4),
            "without_memory": round(hits(cold, within).mean(), 4),
        }
        yield figure(f"matching.{name}", values.mean(), "share", hits(peer, within).mean(), extra)
    values, without = (in_order <= 1).astype(float), hits(mine, 1).mean()
    edges = interval(mine.articles, lambda rows: values[rows].mean(), times)
    told = {"n": len(values), "ci": edges, "without_order": round(without, 4)}
    yield figure("matching.r1_aligned", values.mean(), "share", hits(peer, 1).mean(), told)
    for name, found in (("r1_gain", mine), ("r1_gain_without_memory", cold)):
        gain = hits(found, 1) - hits(peer, 1)
        edges = interval(found.articles, lambda rows, v=gain: v[rows].mean(), times)
        yield figure(f"matching.{name}", gain.mean(), "share", None, {"n": len(gain), "ci": edges})


def blindness(found: dict[str, Result], name: str, times: int) -> Iterator[Figure]:
    """The blind-spot decision: AUC, precision at 90 % recall, calibration."""
    mine, peer, third = found["ours"], found["tf-idf"], found["bm25"]
    for title, measure, unit in (
        (f"blind_auc_{name}", auc, "AUC"),
        ("blind_precision", precision_at, "share"),
    ):
        extra: dict[str, object] = {
            "n": len(mine.ranks),
            "text": name,
            "ci": interval(
                mine.articles, lambda rows, m=measure: m(mine.answered[rows], mine.blind[rows]), times
            ),
            "bm25": round(measure(third.answered, third.blind), 4),
        }
        beside = measure(peer.answered, peer.blind)
        yield figure(f"matching.{title}", measure(mine.answered, mine.blind), unit, beside, extra)
    value = calibration_error(mine.answered, mine.blind)
    edges = interval(
        mine.articles, lambda rows: calibration_error(mine.answered[rows], mine.blind[rows]), times
    )
    told = {"n": 2 * len(mine.ranks), "text": name, "ci": edges}
    yield figure("matching.calibration_error", value, "share", None, told)


def figure(name: str, value: float, unit: str, beside: float | None, extra: dict[str, object]) -> Figure:
    """A figure, beside TF-IDF where that has one."""
    value, extra = round(float(value), 4), {"seed": SEED, **extra}
    if beside is None:
        return Figure(name, value, unit, extra=extra)
    beside = round(float(beside), 4)
    return Figure(name, value, unit, "character TF-IDF", beside, round(value / beside, 3), extra)


def size(corpus: Sequence[str], count: int) -> Figure:
    """CPU seconds for `count` clauses against as many items, ten suggestions with their spans for each."""
    random = np.random.default_rng(SEED)
    sentences = [part for text in corpus for part in text.split("。") if len(part) > 8]

    def made(prefix: str) -> tuple[Item, ...]:
        picks = random.integers(0, len(sentences), (count, 3))
        return tuple(
            Item(f"{prefix}{i}", "。".join(sentences[j] for j in pick)) for i, pick in enumerate(picks)
        )

    problem = Problem(made("c"), made("r"), most=10)
    began = time.process_time()
    solution = solve(problem)
    seconds = time.process_time() - began
    extra = {"clauses": count, "items": count, "suggestions": len(solution.suggestions), "seed": SEED,
             "peak_mb": peak_mb()}  # fmt: skip
    return Figure(f"matching.suggest_{count // 1000}k_s", round(seconds, 2), "CPU s", extra=extra)


def peak_mb() -> int:
    """The most memory this process has held, in megabytes."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))


def run(quick: bool) -> Iterator[Figure]:
    """All figures; `quick` takes fewer bootstrap samples and a smaller size."""
    shared = Path(os.environ.get("MINHU_SHARED") or Path(__file__).resolve().parents[2] / "shared")
    folder = shared / "data" / "regulations"
    if not folder.is_dir():
        raise SystemExit(f"matching is measured on real texts; there is no folder {folder}")
    national, places = load(folder)
    corpus = [article for place in places for article in place.articles]
    times = 500 if quick else 2000
    for name in ("masked", "full"):
        asked = [asked_of(national, place, places, name == "masked") for place in places]
        mine, in_order = ours(asked, corpus)
        found = {
            "ours": mine,
            "cold": plain(asked, by_memory(corpus=corpus)),
            "tf-idf": plain(asked, by_tf_idf),
            "bm25": plain(asked, by_bm25),
        }
        if name == "masked":
            yield from ranking(found, in_order, times)
        yield from blindness(found, name, times)
    yield size(corpus, 1000 if quick else 10000)

"""Composite indices: equality with COINr on its ASEM example, time of 10,000 runs and of Sobol indices."""

import csv
import os
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from benchmarks.figure import Figure
from minhu.methods.weighing import (
    Aggregation,
    Choices,
    Group,
    Imputation,
    Indicator,
    Normalisation,
    Problem,
    Recipe,
    Sampling,
    Scaling,
    Treatment,
    Weighting,
    explore,
    sobol,
    solve,
)

SEED = 20260401
HUNDRED = Scaling(Normalisation.MIN_MAX, 1, 100)
RECIPES = {
    "a_zscore_arithmetic": Recipe(scaling=Scaling(Normalisation.Z_SCORE, 50, 10)),
    "b_minmax_geometric": Recipe(scaling=HUNDRED, aggregation=Aggregation.GEOMETRIC),
    "c_rank_arithmetic": Recipe(scaling=Scaling(Normalisation.RANK)),
    "d_minmax_harmonic": Recipe(scaling=HUNDRED, aggregation=Aggregation.HARMONIC),
}
FULL = Recipe(Imputation.PEER_MEAN, Treatment(), Scaling(Normalisation.MIN_MAX, 0, 100))
STEPS = ("denominated", "imputed", "treated", "normalised")
CHOICES = Choices(
    imputations=tuple(Imputation),
    treatments=(None, Treatment()),
    scalings=(HUNDRED, Scaling(Normalisation.Z_SCORE, 100, 10), Scaling(Normalisation.RANK)),
    weightings=(Weighting.GIVEN, Weighting.PCA),
    aggregations=(
        Aggregation.ARITHMETIC,
        Aggregation.GEOMETRIC,
        Aggregation.HARMONIC,
        Aggregation.COPELAND,
    ),
    spread=0.25,
)


def run(*, quick: bool) -> Iterator[Figure]:
    """Three figures on the 51 × 49 table; `quick` leaves out the second run that proves equality of bits."""
    folder = asem_folder(
        Path(os.environ.get("MINHU_SHARED") or Path(__file__).resolve().parents[2] / "shared")
    )
    told: dict[str, object] = {"seed": SEED, "input": "coinr_asem", "units": 51, "indicators": 49}
    found = differences(folder)
    told_differences = told | {"reference": "COINr 1.1.14", "settings": found}
    yield Figure("weighing.max_abs_diff", max(found.values()), "score", extra=told_differences)
    problem, sampling = asem(folder, FULL), Sampling()
    start = perf_counter()
    ranks = explore(problem, CHOICES, seed=SEED).ranks
    took = perf_counter() - start
    extra = told | {"runs": ranks.shape[0], "width_of_interval": mean_width(problem)}
    if not quick:
        extra["identical"] = bool((ranks == explore(problem, CHOICES, seed=SEED).ranks).all())
    yield Figure("weighing.uncertainty_10k_s", round(took, 3), "s", extra=extra)
    start = perf_counter()
    effects = sobol(problem, CHOICES, seed=SEED, sampling=sampling)
    took = perf_counter() - start
    extra = told | {"base": sampling.base, "boots": sampling.boots, "factors": len(effects)}
    extra["total"] = {e.factor: [round(n, 3) for n in (e.total_low, e.total, e.total_high)] for e in effects}
    if not quick:
        extra["identical"] = effects == sobol(problem, CHOICES, seed=SEED, sampling=sampling)
    yield Figure("weighing.sobol_s", round(took, 3), "s", extra=extra)


def mean_width(problem: Problem) -> float:
    """How many ranks wide the 90 % intervals are, on average, by 1,000 runs."""
    intervals = explore(problem, CHOICES, seed=SEED, runs=1_000).intervals()
    return round(float(np.mean([held.high - held.low + 1 for held in intervals])), 1)


def asem_folder(shared: Path) -> Path:
    """Where the reference results stand; without them there is nothing to measure."""
    folder = shared / "data" / "coinr_asem"
    if not folder.is_dir():
        raise SystemExit(f"no {folder}: set MINHU_SHARED to the folder of real inputs")
    return folder


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a table, by unit where it has units."""
    with path.open(encoding="utf-8") as file:
        return sorted(csv.DictReader(file), key=lambda row: row.get("uCode", ""))


def table(rows: list[dict[str, str]], codes: list[str]) -> NDArray[np.float64]:
    """Columns of numbers, NaN for NA."""
    return np.array(
        [[float("nan") if row[c] in ("", "NA") else float(row[c]) for c in codes] for row in rows]
    )


def asem(folder: Path, recipe: Recipe) -> Problem:
    """The ASEM problem: as published for the full chain, else raw.

    `data.csv` was written with fifteen digits, which makes equal what R told apart by the last bit (tolerance
    for minorities of three units, by rank). Columns without a denominator are therefore taken in full from
    the reference's own denominated table, where they stand unchanged with seventeen.
    """
    meta, rows = rows_of(folder / "meta.csv"), rows_of(folder / "data.csv")
    leaves = [row for row in meta if row["Level"] == "1"]
    codes, is_full = [row["iCode"] for row in leaves], recipe is FULL
    values, precise = table(rows, codes), table(rows_of(folder / "e_full_denominated.csv"), codes)
    whole = [at for at, row in enumerate(leaves) if row["Denominator"] == "NA"]
    values[:, whole] = precise[:, whole]
    names = sorted({row["Denominator"] for row in leaves} - {"NA"})
    return Problem(
        units=tuple(row["uCode"] for row in rows),
        indicators=tuple(indicator(row, is_denominated=is_full) for row in leaves),
        groups=tuple(
            Group(row["iCode"], None if row["Parent"] == "NA" else row["Parent"], float(row["Weight"]))
            for row in meta
            if row["Type"] == "Aggregate"
        ),
        values=values,
        denominators={name: table(rows, [name])[:, 0] for name in names},
        peers=tuple(row["EurAsia_group"] for row in rows),
        recipe=recipe,
    )


def indicator(row: dict[str, str], *, is_denominated: bool) -> Indicator:
    """One indicator of the metadata."""
    name = row["Denominator"] if is_denominated and row["Denominator"] != "NA" else None
    return Indicator(
        row["iCode"],
        row["Parent"],
        int(row["Direction"]),
        float(row["Weight"]),
        (),
        name,
        float(row["Target"]),
    )


def differences(folder: Path) -> dict[str, float]:
    """For each setting, and each step of the full one, the largest absolute difference to the reference."""
    found = {}
    for name, recipe in RECIPES.items():
        problem = asem(folder, recipe)
        found[name] = difference(folder / f"{name}.csv", problem, solved(problem))
    problem = asem(folder, FULL)
    solution = solve(problem)
    for step in STEPS:
        found[f"e_full_{step}"] = difference(folder / f"e_full_{step}.csv", problem, getattr(solution, step))
    found["e_full_aggregated"] = difference(folder / "e_full_aggregated.csv", problem, solved(problem))
    return found


def solved(problem: Problem) -> NDArray[np.float64]:
    """Normalised indicators, then the scores of groups."""
    solution = solve(problem)
    return np.column_stack([solution.normalised, *(solution.scores[group.code] for group in problem.groups)])


def difference(path: Path, problem: Problem, ours: NDArray[np.float64]) -> float:
    """The largest absolute difference; a value missing on one side only is infinitely far."""
    codes = [indicator.code for indicator in problem.indicators] + [group.code for group in problem.groups]
    reference = table(rows_of(path), codes[: ours.shape[1]])
    if (np.isnan(reference) != np.isnan(ours)).any():
        return float("inf")
    return float(np.nanmax(np.abs(reference - ours)))

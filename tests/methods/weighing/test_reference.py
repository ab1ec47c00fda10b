"""Equal to COINr 1.1.14 on its ASEM index, step by step; skips where the reference results are absent."""

from pathlib import Path

import numpy as np
import pytest

from benchmarks.weighing import CHOICES, FULL, RECIPES, asem, asem_folder, differences
from minhu.methods.weighing import check, explore, solve


def test_every_setting_equals_the_reference(shared: Path) -> None:
    found = differences(asem_folder(shared))
    assert sorted(found) == sorted(
        [
            *RECIPES,
            *(f"e_full_{s}" for s in ("denominated", "imputed", "treated", "normalised", "aggregated")),
        ]
    )
    assert {name: value for name, value in found.items() if not value <= 1e-9} == {}


@pytest.mark.parametrize("recipe", [*RECIPES.values(), FULL], ids=[*RECIPES, "e_full"])
def test_solutions_of_the_reference_pass_their_check(shared: Path, recipe) -> None:
    problem = asem(asem_folder(shared), recipe)
    assert check(problem, solve(problem)) == []


def test_outliers_are_winsorised_as_far_as_the_reference_says(shared: Path) -> None:
    treated = {t.code: t.winsorised for t in solve(asem(asem_folder(shared), FULL)).treatments}
    assert {code: n for code, n in treated.items() if n >= 3} == {
        "Bord": 3,
        "Gas": 3,
        "Services": 4,
        "ForPort": 3,
        "Tariff": 3,
        "CultServ": 3,
        "Poverty": 3,
        "NGOs": 3,
    }


def test_real_ranks_are_intervals(shared: Path) -> None:
    found = explore(asem(asem_folder(shared), FULL), CHOICES, seed=1, runs=300)
    assert all(1 <= held.low <= held.rank <= held.high <= 51 for held in found.intervals())
    assert np.median([held.high - held.low for held in found.intervals()]) > 5

"""Real processes that talk through gloo: what they hold together is what one alone would hold."""

import functools
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from ssl_theory.collapse.observation import Observation
from ssl_theory.integrations.torch_distributed import agreed, gathered, share, summed
from ssl_theory.moments import Moments

ROOT = Path(__file__).parents[2]
RANKS = ROOT / "tests" / "integrations" / "gloo_ranks.py"
FEW, MANY = (1, 2), (4,)
SIZES = [*FEW, *(pytest.param(size, marks=pytest.mark.slow) for size in MANY)]
Found = list[dict[str, np.ndarray]]


@pytest.fixture(scope="module")
def found(tmp_path_factory) -> Callable[[int], Found]:
    """What each process of a group of some size has found; groups run when they are needed."""
    folder = tmp_path_factory.mktemp("ranks")

    @functools.cache
    def run(sizes: tuple[int, ...]) -> None:
        done = subprocess.run(
            [sys.executable, RANKS, folder, *map(str, sizes)],
            env=os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
            capture_output=True,
            text=True,
            timeout=240,
        )
        assert done.returncode == 0, done.stderr

    def of(size: int) -> Found:
        run(FEW if size in FEW else MANY)
        return [dict(np.load(folder / f"{size}-{rank}.npz")) for rank in range(size)]

    return of


def items() -> np.ndarray:
    spread = 10.0 ** -np.arange(5)
    return 1000 + np.random.default_rng(0).standard_normal((97, 5)) * spread


@pytest.mark.parametrize("size", SIZES)
def test_moments_are_those_of_all_items_in_extended_precision(found, size):
    z = items().astype(np.longdouble)
    mean = z.mean(0)
    covariance = ((z - mean).T @ (z - mean) / 96).astype(float)
    for process in found(size):
        assert process["count"] == 97
        assert_allclose(process["mean"], mean.astype(float), rtol=1e-14)
        assert_allclose(process["covariance"], covariance, rtol=1e-10, atol=1e-13)


@pytest.mark.parametrize("size", SIZES)
def test_they_are_those_of_one_process(found, size):
    (alone,) = found(1)
    assert alone["eigenvalues"][0] / alone["eigenvalues"][-1] > 1e7
    for process in found(size):
        for name in ("mean", "covariance", "eigenvalues"):
            assert_allclose(process[name], alone[name], rtol=1e-10, atol=1e-13)


@pytest.mark.parametrize("size", SIZES)
def test_every_process_holds_the_same_bits(found, size):
    first, *others = found(size)
    for other in others:
        for name in first.keys() - {"refusal"}:
            assert_array_equal(other[name], first[name])


@pytest.mark.parametrize("size", SIZES)
def test_what_is_gathered_is_the_whole_probe_in_its_order(found, size):
    probe = np.random.default_rng(1).standard_normal((50, 3))
    for process in found(size):
        assert_array_equal(process["z"], probe)
        assert_array_equal(process["backbone"], 2 * probe)
        assert process["codes"] == 7
        assert_array_equal(process["prototypes"], [[0.0]])


@pytest.mark.parametrize("size", SIZES)
def test_what_is_agreed_upon_is_what_the_first_sees(found, size):
    probe = np.random.default_rng(1).standard_normal((50, 3))
    for process in found(size):
        assert_allclose(process["agreed"], [probe.mean(), 7])


@pytest.mark.parametrize("size", SIZES)
def test_of_nothing_is_nothing_and_of_single_items_is_their_spread(found, size):
    spread = np.cov(items()[:2].T, ddof=0) if size > 1 else np.zeros((5, 5))
    for process in found(size):
        assert process["empty"] == 0
        assert_allclose(process["few"], spread, atol=1e-12)


@pytest.mark.parametrize("size", SIZES)
def test_the_coarsest_format_of_any_process_is_remembered(found, size):
    for process in found(size):
        assert process["coarse"] == (2.0**-53 if size == 1 else 2.0**-11)


@pytest.mark.parametrize("size", SIZES[1:])
def test_moments_of_different_encoders_are_refused_everywhere(found, size):
    for rank, process in enumerate(found(size)):
        says = str(process["refusal"])
        assert f"got {3 + rank} here and from 3 to {2 + size} elsewhere" in says


@pytest.mark.parametrize("size", SIZES[1:])
def test_a_monitor_of_a_model_trained_together_stands_where_it_would_alone(found, size):
    together, alone = (json.loads(str(found(s)[0]["state"])) for s in (size, 1))
    assert together["steps"] == alone["steps"] == 20
    for (_, values), (_, expected) in zip(
        together["monitor"]["history"], alone["monitor"]["history"], strict=True
    ):
        assert_allclose(list(values.values()), list(expected.values()), rtol=1e-10, atol=1e-10)


def test_without_processes_nothing_is_done():
    moments, seen = Moments.of(items()), Observation.of(items())
    assert summed(moments) is moments
    assert gathered(seen) is agreed(seen) is seen
    assert share(10) == slice(0, 10)

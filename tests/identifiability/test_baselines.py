"""A score stands beside what no encoder, a rotation and noise score."""

import numpy as np
import pytest

from ssl_theory.identifiability import (
    AmariError,
    LinearR2,
    MeanCorrelation,
    OrthogonalityError,
    ProcrustesResidual,
    SubspaceAngle,
    WeakMeanCorrelation,
    baselines,
)

Z = np.random.default_rng(0).uniform(size=(1000, 3))
MIXED = Z @ [[1.0, 0.5, 0], [0, 1, 0.5], [0.5, 0, 1]]


def test_the_observations_are_the_identity_encoder():
    found = baselines(MeanCorrelation(), Z, MIXED, seed=0)
    assert found["identity"].score.value == MeanCorrelation()(Z, MIXED).value
    assert found["identity"].expected is None


def test_images_are_flattened():
    images = np.repeat(MIXED[:, None, :], 2, 1)
    found = baselines(LinearR2(), Z, images, seed=0)
    assert found["identity"].score.value == pytest.approx(1)


def test_rotations_and_noise_score_on_average_what_is_expected_of_them():
    white = np.linalg.qr(Z[:200] - Z[:200].mean(0))[0]
    few = white, MIXED[:200]
    found = [baselines(MeanCorrelation(), *few, seed=seed) for seed in range(20)]
    for name in ("rotation", "noise"):
        scores = [one[name].score.value for one in found]
        error = np.std(scores) * np.sqrt(1 / 20 + 1 / 1000)
        assert error < 0.02
        assert np.mean(scores) == pytest.approx(found[0][name].expected, abs=5 * error)
    assert baselines(LinearR2(), Z, MIXED, seed=1)["rotation"].score.value == pytest.approx(1)
    assert abs(baselines(LinearR2(), Z, MIXED, seed=1)["noise"].score.value) < 0.05


def test_noise_scores_by_where_it_was_fitted():
    for kind in (MeanCorrelation, LinearR2, WeakMeanCorrelation):
        assert baselines(kind(test_share=0.5), Z, MIXED, seed=0)["noise"].expected == 0
    few, noise = Z[:100], []
    measure = LinearR2(test_share=0)
    for seed in range(30):
        row = baselines(measure, few, MIXED[:100], seed=seed)["noise"]
        noise.append(row.score.parts["latents_from_representation"])
    assert row.expected == pytest.approx(3 / 99)
    assert np.mean(noise) == pytest.approx(row.expected, abs=5 * np.std(noise) / np.sqrt(30))
    assert baselines(WeakMeanCorrelation(test_share=0), Z, MIXED, 0)["noise"].expected is None


@pytest.mark.parametrize("measure", [OrthogonalityError(), ProcrustesResidual(), SubspaceAngle()])
def test_rotations_are_perfect_to_what_does_not_ask_for_axes_in_any_units(measure):
    row = baselines(measure, Z * [1, 10, 100], MIXED, seed=0)["rotation"]
    assert row.score.value == pytest.approx(row.expected, abs=1e-6)
    assert row.expected == measure.best == 0


def test_the_same_seed_gives_the_same_baselines():
    one, other, third = (baselines(LinearR2(), Z, MIXED, seed=seed) for seed in (1, 1, 2))
    assert str(one) == str(other) != str(third)


def test_a_measure_that_refuses_a_baseline_says_why_and_the_others_stand():
    found = baselines(AmariError(), Z, MIXED[:, :2], seed=0)
    assert found["identity"].score is None
    assert "as many dimensions as there are latents, 3, got 2" in str(found)
    assert found["rotation"].score.value > 0


def test_a_score_is_printed_with_its_warnings_and_its_baselines():
    dependent = Z.mean(1, keepdims=True) + Z / 9
    measure = MeanCorrelation()
    text = baselines(measure, dependent, MIXED, seed=0).beside(measure(dependent, dependent))
    first, second, *rest = text.splitlines()
    assert first == "mean correlation 1.000 (best 1)"
    assert second.startswith("  but: the latents are dependent")
    assert [line.split()[0] for line in rest] == ["identity", "rotation", "noise"]
    assert "of independent latents" in rest[1]

"""What few digits do to a spectrum, and that it is not done here.

Each test shows the trap beside the value that does not fall into it. The numbers of the traps are
those of known closed forms, or of the same data in more digits.
"""

import math

import numpy as np
import pytest
import torch
from scipy.stats import norm

from ssl_theory.diagnostics.rank import effective_rank, hill_number
from ssl_theory.diagnostics.spectrum import spectrum
from ssl_theory.moments import Moments
from ssl_theory.report import diagnose

HALVES = [torch.bfloat16, torch.float16]


def turned(variances, n, seed=0):
    """Gaussian items of these variances in a generic basis."""
    generator = np.random.default_rng(seed)
    d = len(variances)
    basis = np.linalg.qr(generator.standard_normal((d, d))).Q
    return generator.standard_normal((n, d)) * np.sqrt(variances) @ basis


def roundoff(dtype):
    return torch.finfo(dtype).eps / 2


def deviations_rank(variances):
    """RankMe without its epsilon."""
    sizes = np.sqrt(np.abs(variances))
    return hill_number(sizes[sizes > 0] / sizes.sum(), 1)


@pytest.mark.parametrize("mean", [0.0, 1.0, 100.0])
def test_a_mean_does_not_drown_weak_directions_in_single_precision(mean):
    variances = np.logspace(0, -8, 64)
    truth = deviations_rank(variances)
    assert truth == pytest.approx(18.59, abs=0.005)
    z = (turned(variances, 50_000) + mean).astype(np.float32)
    one_pass = z.T @ z / len(z) - np.outer(z.mean(0), z.mean(0))
    if mean == 100:  # the trap
        assert (np.linalg.eigvalsh(one_pass) < 0).sum() > 20
        assert deviations_rank(np.linalg.eigvalsh(one_pass)) > 25
    assert effective_rank(z, of="deviation") == pytest.approx(truth, rel=0.005)
    exact = np.linalg.svd(z.astype(float) - z.mean(0, dtype=float), compute_uv=False) ** 2
    np.testing.assert_allclose(spectrum(z).eigenvalues, exact / (len(z) - 1), rtol=1e-6)


def test_the_floor_of_a_gram_matrix_in_single_precision_is_not_ours():
    z = turned(np.logspace(0, -8, 64), 5000).astype(np.float32)
    centred = z - z.mean(0)
    exact = np.linalg.svd(centred.astype(float), compute_uv=False) ** 2
    single = np.linalg.eigvalsh(centred.T @ centred)
    assert np.abs(single / exact[::-1] - 1).max() > 0.1  # the trap
    found = spectrum(centred)
    np.testing.assert_allclose(found.eigenvalues[-1], exact[-1] / (len(z) - 1), rtol=1e-5)
    assert found.resolved_rank == 64


@pytest.mark.parametrize(("n", "d"), [(2048, 512), (300, 512)])
def test_one_direction_in_single_precision_has_no_negative_company(n, d):
    generator = np.random.default_rng(0)
    z = np.outer(generator.standard_normal(n), generator.standard_normal(d)).astype(np.float32)
    single = np.linalg.eigvalsh(z.T @ z)
    assert (single < 0).sum() > 50
    assert deviations_rank(single) > 1.2  # the trap
    for of in ("variance", "deviation"):
        assert effective_rank(z, of=of) == 1.0
    assert diagnose(z[:100, :40])["resolved rank"].value == 1


def test_a_column_of_a_million_numbers_has_its_mean():
    z = np.random.default_rng(0).standard_normal((10**6, 4)).astype(np.float32) + np.float32(1)
    exact = np.array([math.fsum(column) / len(z) for column in z.T])
    assert np.abs(z.mean(0) / exact - 1).max() > 1e-6  # the trap: single numbers, row after row
    np.testing.assert_allclose(Moments.of(z).mean, exact, rtol=1e-13)


@pytest.mark.parametrize("dtype", [*HALVES, torch.float8_e4m3fn])
def test_rounding_adds_the_variance_that_a_gaussian_makes_of_it(dtype):
    """A binade ``[2^e, 2^(e+1))`` errs by ``u^2 / 3`` of ``4^e``: 0.181 of the mean square."""
    e = np.arange(-60, 7.0)
    masses = 2 * (norm.cdf(2 ** (e + 1)) - norm.cdf(2**e))
    share = float(np.sum(4**e * masses) / 3)
    assert share == pytest.approx(0.181, abs=0.0005)
    n, d, rank = 20_000, 48, 8
    generator = np.random.default_rng(0)
    z = generator.standard_normal((n, rank)) @ generator.standard_normal((rank, d))
    z /= np.sqrt(np.square(z).mean(0))
    values = np.linalg.eigvalsh(np.cov(torch.from_numpy(z).to(dtype).double().numpy().T))
    noise = values[: d - rank]  # what no direction of the items explains
    assert noise.mean() == pytest.approx(share * roundoff(dtype) ** 2, rel=0.03)


@pytest.mark.parametrize("dtype", HALVES)
def test_deviations_amplify_the_floor_of_half_precision_and_the_resolved_do_not(dtype):
    generator = np.random.default_rng(0)
    z = np.outer(generator.standard_normal(2048), generator.standard_normal(512))
    tensor = torch.from_numpy(z).to(dtype)
    naive = np.linalg.svd(tensor.double().numpy(), compute_uv=False) ** 2
    assert deviations_rank(naive) > 1.04  # the trap
    assert hill_number(naive / naive.sum(), 1) < 1.0002  # less so by variances
    for of in ("variance", "deviation"):
        assert effective_rank(tensor, of=of) == 1.0
    assert diagnose(tensor[:100, :40])["resolved rank"].value == 1


@pytest.mark.parametrize("dtype", [*HALVES, torch.float8_e4m3fn])
def test_far_from_the_origin_eight_bits_fill_what_sixteen_leave(dtype):
    """Rounding adds its variance to all directions alike: 0.1 % in halves, not in eight bits."""
    n, d = 8000, 256
    variances = np.arange(1, d + 1) ** -1.0
    variances *= d / variances.sum()
    z = turned(variances, n) + 11.7
    tensor = torch.from_numpy(z).to(dtype)
    written = tensor.double().numpy()
    true = np.linalg.eigvalsh(np.cov(z.T))
    shown = np.linalg.eigvalsh(np.cov(written.T))
    expected = deviations_rank(true + (written - z).var(0).mean())
    assert deviations_rank(shown) == pytest.approx(expected, rel=0.005)
    if dtype in HALVES:
        assert effective_rank(tensor, of="deviation") == pytest.approx(
            deviations_rank(true), rel=1e-3
        )
        assert spectrum(tensor).resolved_rank == d
    else:
        assert expected > 1.02 * deviations_rank(true)  # the trap
        assert spectrum(tensor).resolved_rank < d  # and it is said what cannot be told
    report = diagnose(tensor[:100, :40])
    assert report.format == str(dtype).removeprefix("torch.")


@pytest.mark.parametrize("dtype", HALVES)
def test_products_are_summed_in_double_precision_whatever_came_in(dtype):
    tensor = torch.from_numpy(turned(np.arange(1.0, 9), 500, seed=1) + 1).to(dtype)
    exact = np.cov(tensor.double().numpy().T)
    if dtype == torch.bfloat16:
        centred = tensor - tensor.mean(0)
        trap = (centred.T @ centred).double().numpy() / (len(tensor) - 1)
        assert np.abs(trap - exact).max() > 1e-3 * np.abs(exact).max()
    for z in (tensor, tensor.float(), tensor.float().numpy()):
        np.testing.assert_allclose(Moments.of(z).covariance(), exact, rtol=1e-11, atol=1e-12)

"""Reports made by hand, with everything a report can hold: what is shown is tested on these."""

from functools import partial

import numpy as np

from ssl_theory.diagnostics.intervals import jackknife
from ssl_theory.diagnostics.rank import effective_rank
from ssl_theory.diagnostics.spectrum import spectrum
from ssl_theory.moments import Moments
from ssl_theory.nulls.isotropic import isotropic_variances
from ssl_theory.report import Curve, Expectation, Kind, Measurement, Report, Verdict

ITEMS, DIMENSIONS = 400, 16
HOSTILE = "<script>alert('&')</script>\"[red]\x1b[2J\u202e\udcff"


def sample(
    decay: float = 1.0, *, source: str = "embeddings.npy", items: int = ITEMS, seed: int = 0,
    blocks: str = "the same", kind: Kind = Kind.HEALTHY, sure: bool = True, group: str = "Ranks",
) -> Report:  # fmt: skip
    """A pair of views whose variances fall as ``k ** -decay``; equal seeds give equal items."""
    rng = np.random.default_rng(seed)
    scales = np.arange(1, DIMENSIONS + 1.0) ** (-decay / 2)
    common = rng.standard_normal((items, DIMENSIONS))
    views = [common + 0.5 * rng.standard_normal(common.shape) for _ in range(2)]
    z, w = (view * scales for view in views)
    parts = [Moments.of(part) for part in np.array_split(z, 20)]

    def of(order: float, centred: bool):
        return lambda m: effective_rank(spectrum(m, centred=centred), order=order)

    chance = [isotropic_variances(items - 1, DIMENSIONS, rng) for _ in range(99)]
    low, high = np.quantile(np.array(chance) * scales.mean() ** 2, [0.025, 0.975], axis=0)
    said = {1: "entropy of the shares of variance", 2: "squared sum / sum of squares"}
    kept = ["mean kept", "mean removed"]
    measured = [
        Measurement(
            name, found.plug_in, "directions", f"{said[order]}, {kept[centred]}",
            "how many directions would do", "", found,
            Expectation("isotropic Gaussian items", 15.6, 0.0004 if order == 1 else 0.0321), group,
        )
        for name, order, centred in [
            ("effective rank", 1, True), ("effective rank, mean kept", 1, False),
            ("participation ratio", 2, True),
        ]
        for found in [jackknife(of(order, centred), parts)]
    ]  # fmt: skip
    total = jackknife(lambda m: m.total_variance, parts)
    mean = jackknife(lambda m: float(m.mean.sum()), parts, logarithmic=False)
    square, sizes = "squared units", partial(Measurement, group="Sizes")
    measured += [
        Measurement("resolved rank", DIMENSIONS, "directions", "counted", "how many", group=group),
        sizes("total variance", total.plug_in, square, "trace", "size", "", total),
        sizes("sum of the mean", mean.plug_in, "units", "summed", "where", "", mean),
        sizes("RankMe", None, "directions", "as published", "rank", "All items are zero"),
    ]
    correlations = [float(np.corrcoef(z[:, k], w[:, k])[0, 1]) for k in range(DIMENSIONS)]
    curves = [
        Curve(
            name, tuple(spectrum(view).eigenvalues.tolist()), 1e-12,
            tuple(low.tolist()), tuple(high.tolist()),
            tuple(rng.uniform(1, DIMENSIONS, DIMENSIONS).tolist()), tuple(correlations),
        )
        for name, view in (("z", z), ("w", w))
    ]  # fmt: skip
    verdict = Verdict(kind, "z", "the variance is spread over few directions.", "Look.", sure)
    return Report(
        source, items, DIMENSIONS, "float64", (verdict,), tuple(measured), tuple(curves), blocks
    )


concentrated = partial(sample, 3.0, kind=Kind.CONCENTRATED)

r"""Whether an entropy of second moments keeps a latent that an exact one keeps.

Two Gaussian latents, seen directly, agree between views by .95 and .6. Every function of the
first agrees too, its second Hermite polynomial by :math:`.95^2 = .9025`, and is uncorrelated with
it: to second moments :math:`(z_1, \mathrm{He}_2(z_1))` is as spread out as two latents, and agrees
better than :math:`(z_1, z_2)`. A log determinant takes it and loses :math:`z_2`. It lies on a
parabola, which has no entropy at all: on the way there,

.. math::
    h_2 = \sqrt{1-q}\,z_2 + \sqrt q\,\mathrm{He}_2(z_1), \qquad
    \rho(q) = \rho_2 + q(\rho_1^2 - \rho_2),

infomax with the log determinant changes by :math:`\log\frac{1-\rho(q)}{1-\rho_2} < 0` and with the
exact entropy by :math:`\log\frac{1-\rho(q)}{(1-\rho_2)(1-q)} > 0`. Nor does any other small bending
lower that (:mod:`~ssl_theory.laboratory.second_variation`); that nothing far away does is not
proven here. The entropy of training is an estimate, from distances to neighbours.
[klindt2026worldmodel] [mikulasch2026ldm]
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.optimize import brentq

from ssl_theory.alignment import Gaussian
from ssl_theory.diagnostics.autocorrelations import canonical_autocorrelations
from ssl_theory.experiments import Training, run
from ssl_theory.experiments.encoders import Perceptron
from ssl_theory.identifiability import LinearR2
from ssl_theory.laboratory.experiment import Experiment, Finding, Measured, Prediction
from ssl_theory.latent_distribution_matching import Objective, Prior
from ssl_theory.linear_theory import optimum
from ssl_theory.linear_theory.hermite import Mode, hermite_values, nonlinear_optimum
from ssl_theory.objectives import gaussian_infomax
from ssl_theory.processes import Pairs
from ssl_theory.processes.gaussian_pairs import GaussianPairs
from ssl_theory.uniformity import KozachenkoLeonenko

__all__ = ["HERMITE_TRAP", "change_on_the_way", "neighbour_infomax", "on_the_way"]

Matrix = NDArray[np.float64]
Modes = Sequence[tuple[Mode, float]]

TRAP, SAFE = (0.95, 0.6), (0.7, 0.6)  # .95^2 > .6, .7^2 < .6
ENCODER = Perceptron(outputs=2, widths=(64, 64))
PROBE, CHUNK, SHOWN = 20_000, 1_000, 600  # drawn to measure on, in one batch, in the figure
NEAR = 0.02  # nats above the loss of what theory names, for a run to be called converged
SHARES = np.linspace(0, 0.9, 10)


def neighbour_infomax(variance: float = 0.1) -> Objective:
    """``gaussian_infomax`` with the entropy itself, estimated from distances to neighbours."""
    parts = Gaussian(variance), KozachenkoLeonenko()
    return Objective("neighbour_infomax", *parts, "mikulasch2026ldm", Prior.FLAT)


OBJECTIVES = {"log det": gaussian_infomax(), "exact": neighbour_infomax()}
TRAININGS = {
    "log det": Training(steps=1500, batch=512, rate=3e-3),
    "exact": Training(steps=2000, batch=256, rate=3e-3),
}


def world(autocorrelations: tuple[float, ...]) -> GaussianPairs:
    """Latents of unit variance, seen after a rotation."""
    return GaussianPairs((1.0,) * len(autocorrelations), autocorrelations, mixing_seed=0)


def on_the_way(share: float, pairs: Pairs, autocorrelations: Sequence[float]) -> tuple[Matrix, ...]:
    """Both views as ``(z_1, h_2)`` at ``q``, each at the scale that infomax gives it."""
    first, second = autocorrelations
    bent = Mode(first**2, (2, 0))
    agreement = second + share * (first**2 - second)
    scales = np.sqrt(0.1 / (1 - np.array([first, agreement])))
    views = []
    for z in (pairs.latents, pairs.partner_latents):
        mixed = np.sqrt(1 - share) * z[:, 1] + np.sqrt(share) * hermite_values(bent, z)
        views.append(np.column_stack([z[:, 0], mixed]) * scales)
    return tuple(views)


def change_on_the_way(share: Any, autocorrelations: Sequence[float], *, exact: bool) -> Any:
    """What infomax changes by from ``(z_1, z_2)``, in nats; the formulas of this module.

    >>> [round(float(change_on_the_way(0.5, (0.95, 0.6), exact=x)), 3) for x in (False, True)]
    [-0.475, 0.218]
    """
    first, second = autocorrelations
    agreement = second + np.asarray(share) * (first**2 - second)
    change = np.log((1 - agreement) / (1 - second))
    return change - np.log1p(-np.asarray(share)) if exact else change


def level(objective: Objective, z: Matrix, w: Matrix) -> float:
    """The loss on the probe, as a mean over its batches."""
    views = zip(*(torch.from_numpy(view).split(CHUNK) for view in (z, w)), strict=True)
    return float(np.mean([objective(*batch).total.item() for batch in views]))


def the_way(pairs: Pairs) -> dict[str, Matrix]:
    """Changes of the loss from ``(z_1, z_2)``, by both entropies, predicted and of these pairs."""
    ways = [on_the_way(share, pairs, TRAP) for share in SHARES]
    curves = {"share": SHARES}
    for name, objective in OBJECTIVES.items():
        levels = np.array([level(objective, *views) for views in ways])
        curves[f"{name} predicted"] = change_on_the_way(SHARES, TRAP, exact=name == "exact")
        curves[f"{name} measured"] = levels - levels[0]
    return curves


def named_by_theory(name: str, autocorrelations: Sequence[float]) -> Modes:
    """The functions that an objective is to learn, with their variances."""
    if name == "log det":
        return nonlinear_optimum(OBJECTIVES[name], autocorrelations, keep=2)
    # Of Gaussian embeddings the log determinant is the entropy, and the latents are Gaussian.
    strengths = optimum(gaussian_infomax(), autocorrelations, keep=2).strengths
    latents = [Mode(autocorrelations[0], (1, 0)), Mode(autocorrelations[1], (0, 1))]
    return list(zip(latents, strengths.tolist(), strict=True))


def embedded(modes: Modes, z: Matrix) -> Matrix:
    """The latents as those functions of them."""
    return np.column_stack([np.sqrt(s) * hermite_values(mode, z) for mode, s in modes])


def row(name: str, rho: tuple[float, float], pairs: Pairs, z: Matrix, w: Matrix) -> dict[str, Any]:
    """What a pair of embedded views knows."""
    found = LinearR2()(pairs.latents, z).parts["of_latents"]
    bent = hermite_values(Mode(rho[0] ** 2, (2, 0)), pairs.latents)[:, None]
    agreement = canonical_autocorrelations(z, w).values
    return {
        "encoder": name,
        "rho_1": rho[0],
        "rho_2": rho[1],
        "R2 of z1": float(found[0]),
        "R2 of z2": float(found[1]),
        "R2 of He2(z1)": LinearR2()(bent, z).parts["latents_from_representation"],
        "autocorrelation_1": float(agreement[0]),
        "autocorrelation_2": float(agreement[1]),
    }


def of_run(name: str, rho: tuple[float, float], seed: int) -> tuple[dict[str, Any], Matrix, Pairs]:
    """Of a trained encoder how far it is from what theory names and what it knows, its embedding
    of the probe, and the probe."""
    result = run(OBJECTIVES[name], world(rho), ENCODER, TRAININGS[name], seed=seed)
    pairs = world(rho).draw(PROBE, seed=10**6 + seed)
    views = result.encode(pairs.x), result.encode(pairs.y)
    modes = named_by_theory(name, rho)
    theirs = [embedded(modes, z) for z in (pairs.latents, pairs.partner_latents)]
    above = level(OBJECTIVES[name], *views) - level(OBJECTIVES[name], *theirs)
    about = {
        "loss above theory": above,
        "converged": result.converged and above < NEAR,
        "certificate": result.certificate,
    }
    return row(name, rho, pairs, *views) | about, views[0], pairs


def _allowed() -> float:
    """The share of He2(z1) with which the exact entropy is as far from its best as runs may be."""
    return float(brentq(lambda q: change_on_the_way(q, TRAP, exact=True) - NEAR, 0, 0.9))


def predictions(name: str) -> dict[str, Prediction]:
    """By the column of the table that they are of."""
    modes = "second moments take the largest of .95, .9025, .857, ..., .6 [klindt2026worldmodel]"
    exact = "no step towards He2(z1), which adds no entropy, lowers the loss [mikulasch2026ldm]"
    why = modes if name == "log det" else exact
    kept, lost = (1 - _allowed(), np.inf), (-np.inf, _allowed())
    ranges = {
        "R2 of z1": kept,
        "R2 of z2": lost if name == "log det" else kept,
        "R2 of He2(z1)": kept if name == "log det" else lost,
    }
    found = {at: Prediction(f"{name}: {at}", *ends, why) for at, ends in ranges.items()}
    second = TRAP[0] ** 2 if name == "log det" else TRAP[1]
    at = "autocorrelation_2"
    found[at] = Prediction.about(f"{name}: second autocorrelation", second, 0.02, why)
    theirs = "(z1, He2(z1))" if name == "log det" else "(z1, z2)"
    # Far above it training is not done; below it theory names the wrong functions.
    said = f"{name}: loss above that of {theirs}"
    found["loss above theory"] = Prediction(said, -NEAR, np.inf, why)
    return found


def conduct(seed: int) -> Finding:
    """Train both on the trap, and the log determinant where there is none."""
    pairs = world(TRAP).draw(PROBE, seed=10**6 + seed)
    measured, table, curves = [], [], the_way(pairs)
    for name in OBJECTIVES:
        formula = "log (1 - rho(q)) / (1 - rho_2)" + (" - log (1 - q)" if name == "exact" else "")
        predicted, found = (
            float(np.interp(0.5, SHARES, curves[f"{name} {kind}"]))
            for kind in ("predicted", "measured")
        )
        half = Prediction.about(f"{name}: change halfway to He2(z1)", predicted, 0.03, formula)
        measured.append(Measured(half, found))
        about, z, seen = of_run(name, TRAP, seed)
        table.append(about)
        for at, prediction in predictions(name).items():
            done = about["converged"] or at == "loss above theory"
            measured.append(Measured(prediction, about[at], done))
        curves |= {f"{name} embedding": z[:SHOWN], f"{name} latents": seen.latents[:SHOWN]}
    safe, *_ = of_run("log det", SAFE, seed)
    lost = predictions("log det")["R2 of z2"]
    control = Prediction(f"{lost.name}, rho = (.7, .6)", lost.low, lost.high, lost.because)
    untrained = ENCODER.initial(2, seed)
    blank = [ENCODER.apply(untrained, torch.from_numpy(x)).numpy() for x in pairs]
    table += [
        safe,
        row("none: the views themselves", TRAP, pairs, *pairs),
        row("untrained", TRAP, pairs, *blank),
    ]
    controls = (Measured(control, safe["R2 of z2"], safe["converged"]),)
    return Finding("hermite-trap", tuple(measured), tuple(table), curves, controls)


def draw(curves: Mapping[str, Matrix]) -> Any:
    """The way to the parabola, and where both training runs ended."""
    from ssl_theory.plots.hermite_trap import draw_hermite_trap

    return draw_hermite_trap(curves)


HERMITE_TRAP = Experiment(
    name="hermite-trap",
    question="Does an entropy of second moments lose a latent that an exact entropy keeps?",
    source="mikulasch2026ldm",
    seconds=30.0,
    conduct=conduct,
    draw=draw,
)

"""Whether whitening, and looking Gaussian, find latents: they do if those are Gaussian.

Embeddings that are as slow as anything can be are the leading functions of the latents
(:mod:`~ssl_theory.laboratory.leading_functions`), which are linear if the latents are Gaussian,
and then the encoder is a rotation of them behind any invertible mixing. Of latents that remember a
share of themselves and are pushed by Laplace shocks the leading functions are curved, and what is
found is these. Slowness is the certificate: a run that has not come near the least has not
converged, however flat its loss. [klindt2026worldmodel]

Not every law but the Gaussian bends them. Where ``z' = rho z + shock`` keeps the law of ``z`` it
does: if ``E[z | z']`` were linear too, the characteristic function would satisfy
``psi(rho u) = rho psi(u)`` with ``psi = (log phi)'``, which of all laws of finite variance only the
Gaussian does. But two views that are each half of a common anchor and half noise of the anchor's
law have ``E[z | z'] = z' / 2`` whatever that law.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from ssl_theory.diagnostics.canonical import canonical_correlations
from ssl_theory.experiments import Training, run
from ssl_theory.experiments.encoders import Perceptron
from ssl_theory.identifiability import LinearR2
from ssl_theory.identifiability.least_squares import best_affine_map
from ssl_theory.laboratory.experiment import Experiment, Finding, Measured, Prediction
from ssl_theory.laboratory.laplace_pairs import LaplacePairs
from ssl_theory.laboratory.leading_functions import (
    Leading,
    gaussian_leading,
    laplace_leading,
    least_r2,
    slowness,
)
from ssl_theory.laboratory.spectral_oracle import spectral_oracle
from ssl_theory.objectives import le_jepa, slow_feature_analysis
from ssl_theory.processes import OrnsteinUhlenbeckPairs, Pairs
from ssl_theory.processes.mixings import Banana, Mixing, Sinusoid, Spiral

__all__ = ["GAUSSIAN_WORLDS"]

Matrix = NDArray[np.float64]

SHARED, DIMENSION = 0.5, 2
ENCODER = Perceptron(outputs=DIMENSION, widths=(96, 96))
OBJECTIVES = {"whitening": slow_feature_analysis(), "LeJEPA": le_jepa(slices=16)}
TRAININGS = {
    "whitening": Training(steps=1500, batch=512, rate=2e-3),
    "LeJEPA": Training(steps=3000, batch=256, rate=3e-3),
}
PROBE, SHOWN = 20_000, 600  # drawn to measure on, in the figure
NEAR = 0.02  # of the least slowness, that a converged run may be above it
WIDTHS = (0.6, 0.4, 0.3)  # of the oracle's kernel; the slowest on fresh draws is taken
ERROR = 0.01  # of an R2 or an autocorrelation on the probe


World = OrnsteinUhlenbeckPairs | LaplacePairs


def gaussian(mixing: Mixing) -> OrnsteinUhlenbeckPairs:
    """Latents that share as much as the Laplace ones do."""
    return OrnsteinUhlenbeckPairs(DIMENSION, SHARED, mixing)


@cache
def leading(of_laplace: bool) -> Leading:
    """What theory says of the latents of one kind of world or the other."""
    return laplace_leading(SHARED) if of_laplace else gaussian_leading(SHARED)


@dataclass(frozen=True, eq=False)
class Embedded:
    """A representation of the probe, both views of it, and what theory says of its world."""

    name: str
    world: World
    pairs: Pairs
    z: Matrix
    w: Matrix
    settled: bool = True  # as far as the run itself can tell
    certificate: str = ""

    @property
    def leading(self) -> Leading:
        """What is to be found."""
        return leading(isinstance(self.world, LaplacePairs))

    @property
    def excess(self) -> float:
        """Of slowness, over that of the leading functions on the same draws."""
        one, other = self.pairs.latents, self.pairs.partner_latents
        return slowness(self.z, self.w) - slowness(self.leading(one), self.leading(other))

    @property
    def converged(self) -> bool:
        """Whether it is nearly as slow as anything can be."""
        return self.settled and self.excess <= NEAR * self.leading.least_slowness

    def row(self) -> dict[str, Any]:
        """Of the table."""
        alike = canonical_correlations(self.leading(self.pairs.latents), self.z)
        return {
            "encoder": self.name,
            "latents": "Laplace" if isinstance(self.world, LaplacePairs) else "Gaussian",
            "mixing": type(self.world.mixing).__name__,
            "linear R2": LinearR2()(self.pairs.latents, self.z).value,
            "R2 of leading functions": float(np.square(alike).mean()),
            "least R2": least_r2(self.excess, self.leading),
            "slowness": slowness(self.z, self.w),
            "excess": self.excess,
            "outcome": "converged" if self.converged else "UNCONVERGED",
            "certificate": self.certificate,
        }

    def readout(self) -> Matrix:
        """The first latent as an affine map reads it off."""
        first = self.pairs.latents[:, :1]
        return best_affine_map(self.z, first)(self.z)[:SHOWN, 0]


def probe(world: World, seed: int) -> Pairs:
    """What is measured on."""
    return world.draw(PROBE, seed=10**6 + seed)


def of_run(name: str, world: World, seed: int) -> Embedded:
    """By a trained encoder."""
    result = run(OBJECTIVES[name], world, ENCODER, TRAININGS[name], seed=seed)
    pairs = probe(world, seed)
    z, w = result.encode(pairs.x), result.encode(pairs.y)
    return Embedded(name, world, pairs, z, w, result.converged, result.certificate)


def of_oracle(world: World, seed: int) -> Embedded:
    """By eigenfunctions of random features."""
    train, fresh = (world.draw(PROBE, seed=k * 10**6 + seed) for k in (2, 3))
    encoders = [spectral_oracle(*train, keep=DIMENSION, width=width) for width in WIDTHS]
    best = min(encoders, key=lambda encode: slowness(encode(fresh.x), encode(fresh.y)))
    pairs = probe(world, seed)
    return Embedded("spectral oracle", world, pairs, best(pairs.x), best(pairs.y))


def baselines(world: World, seed: int) -> list[Embedded]:
    """The views themselves and a fresh encoder's answer, before they are called anything."""
    pairs, weights = probe(world, seed), ENCODER.initial(DIMENSION, seed)
    z, w = (ENCODER.apply(weights, torch.from_numpy(x)).numpy() for x in pairs)
    return [
        Embedded("none: the views themselves", world, pairs, pairs.x, pairs.y),
        Embedded("untrained", world, pairs, z, w),
    ]


def of_gaussian(found: Embedded) -> list[Measured]:
    """The latents themselves are to be found."""
    row, known = found.row(), found.leading
    name = f"{row['encoder']}, {row['mixing']}"
    least = least_r2(NEAR * known.least_slowness, known) - ERROR
    linear = "leading functions of Gaussian latents are linear [klindt2026worldmodel]"
    numbers = [
        (Prediction(f"{name}: linear R2", least, np.inf, linear), row["linear R2"]),
        (_slowness(name, known, "2 (1 - rho)"), row["slowness"]),
    ]
    return [Measured(*number, found.converged) for number in numbers]


def of_laplace(found: Embedded) -> list[Measured]:
    """Curved functions of the latents are to be found, which by so much are not linear."""
    row, known = found.row(), found.leading
    curved = "as linear as the leading function is, by its densities"
    least = least_r2(NEAR * known.least_slowness, known) - ERROR
    name, quotient = "Laplace latents", "a Rayleigh quotient"
    straight = Prediction.about(f"{name}: linear R2", known.linear_r2, 1.5 * ERROR, curved)
    numbers = [
        (straight, row["linear R2"]),
        (
            Prediction(f"{name}: R2 of curved functions", least, np.inf, quotient),
            row["R2 of leading functions"],
        ),
        (_slowness(name, known, "2 (1 - rho_1) < 2 (1 - rho)"), row["slowness"]),
    ]
    return [Measured(*number, found.converged) for number in numbers]


def forced(found: Sequence[Embedded]) -> Measured:
    """That none knows less than its slowness says it must, converged or not."""
    spare = [row["R2 of leading functions"] - row["least R2"] for row in (f.row() for f in found)]
    why = "a Rayleigh quotient and the gap behind its least value"
    return Measured(
        Prediction("least R2 above what slowness forces", -ERROR, np.inf, why), min(spare)
    )


def conduct(seed: int) -> Finding:
    """Gaussian latents behind three mixings, and Laplace ones behind one of them."""
    runs = [
        of_run("whitening", gaussian(Banana()), seed),
        of_run("whitening", gaussian(Sinusoid()), seed),
        of_run("LeJEPA", gaussian(Sinusoid()), seed),
        of_oracle(gaussian(Spiral()), seed),
    ]
    laplace = of_run("whitening", LaplacePairs(DIMENSION, SHARED, Sinusoid()), seed)
    # Shown, but of no weight: so many steps do not unwind a spiral, and the oracle does.
    unwound = of_run("whitening", gaussian(Spiral()), seed)
    everything = [*runs, laplace, unwound, *baselines(gaussian(Sinusoid()), seed)]
    measured = [number for found in runs for number in of_gaussian(found)]
    measured += [*of_laplace(laplace), forced(everything)]
    linear = Prediction("Laplace latents: linear R2", 1 - ERROR, np.inf, "as of Gaussian ones")
    controls = (Measured(linear, laplace.row()["linear R2"], laplace.converged),)
    rows = [found.row() for found in everything]
    known = laplace.leading
    curves = {
        "allowed": 1 - np.array([r["least R2"] for r in rows]),
        "unexplained": 1 - np.array([r["R2 of leading functions"] for r in rows]),
        "Gaussian": np.stack([runs[1].pairs.latents[:SHOWN, 0], runs[1].readout()]),
        "Laplace": np.stack([laplace.pairs.latents[:SHOWN, 0], laplace.readout()]),
        "curve": np.stack([known.places, np.sqrt(known.linear_r2) * known.values]),
    }
    return Finding("gaussian-worlds", tuple(measured), tuple(rows), curves, controls)


def draw(curves: Mapping[str, Matrix]) -> Any:
    """What slowness forces against what is known, and what is read off of both kinds of latent."""
    from ssl_theory.plots.gaussian_worlds import draw_gaussian_worlds

    return draw_gaussian_worlds(curves)


def _slowness(name: str, known: Leading, why: str) -> Prediction:
    low, high = known.least_slowness, (1 + NEAR) * known.least_slowness
    return Prediction(f"{name}: slowness", low - 3 * ERROR, high + 3 * ERROR, why)


GAUSSIAN_WORLDS = Experiment(
    name="gaussian-worlds",
    question="Does whitening find Gaussian latents up to a rotation, and of others a curve?",
    source="klindt2026worldmodel",
    seconds=50.0,
    conduct=conduct,
    draw=draw,
)

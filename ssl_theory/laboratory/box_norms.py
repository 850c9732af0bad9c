r"""On a box, the norm of the objective decides whether each latent is found by itself.

Partners are Laplace steps away. With the norm of order 1 InfoNCE has the true density ratio among
its critics, up to what the walls do, and no map but a permutation with reflections keeps that
norm: the latents are found one by one [zimmermann2021inverts].

With order ``p`` a rotation ``Q`` of the latents costs :math:`E\|Q\varepsilon\|_p^p` in alignment
and nothing in entropy. Of independent steps of unit variance and excess kurtosis ``k`` it is, for
``p = 4``, :math:`3d + k \sum_{ij} Q_{ij}^4`. Laplace steps have ``k = 3``, so the best rotation
mixes as much as can be: in three dimensions each of its rows has 1/3, 2/3 and 2/3, up to signs and
order, :math:`\sum_{ij} Q_{ij}^4 = 11/9`, and each latent correlates by 2/3 with its dimension.
"""

from dataclasses import replace

import numpy as np

from ssl_theory.experiments import Result, Training, run
from ssl_theory.experiments.encoders import Perceptron
from ssl_theory.identifiability import LinearR2, MeanCorrelation
from ssl_theory.laboratory.baselines import baselines
from ssl_theory.laboratory.experiment import Experiment, Finding, Measured, Prediction
from ssl_theory.laboratory.held_out import NEAR, held_out_losses
from ssl_theory.latent_distribution_matching import Objective
from ssl_theory.objectives import lp_info_nce
from ssl_theory.processes import BoxPairs, Pairs, mixings

__all__ = ["BOX_NORMS"]

# Of two layers: three of these squeeze a cube so much that this encoder, trained by regression on
# the latents themselves for as long, correlates by only .998.
WORLD = BoxPairs(dimension=3, power=1.0, deviation=0.1, mixing=mixings.Perceptron(layers=2))
ENCODER = Perceptron(outputs=3, widths=(96, 96, 96))
TRAINING = Training(steps=1000, batch=256, rate=3e-3)
ITEMS, HELD_OUT = 2**14, 2**20  # how many, and their seed

ALONE = Prediction(
    "MCC, norm of order 1", 0.999, np.inf,
    "only permutations with reflections keep the norm [zimmermann2021inverts]",
)  # fmt: skip
MIXED = Prediction.about(
    "MCC, norm of order 4", 2 / 3, 0.05,
    "the rotation with the least fourth moments of Laplace steps has entries of 1/3 and 2/3",
)  # fmt: skip
AFFINE = Prediction(
    "linear R2, norm of order 4", 0.98, np.inf,
    "the wrong norm turns the latents and loses nothing of them",
)  # fmt: skip


# Where each norm is predicted to end.
TURNS = {1.0: np.eye(3), 4.0: np.eye(3) - 2 / 3}


def objective(power: float) -> Objective:
    """InfoNCE with the norm of this order, as steep as steps of that order would ask for."""
    width = replace(WORLD, power=power).step.width
    return lp_info_nce(power=power, temperature=width**power)


def reached(result: Result, items: Pairs, power: float) -> bool:
    """Whether a run ended, and its loss came down to that of the latents as they should be."""
    end, loss = TURNS[power], objective(power)
    known = held_out_losses(loss, items.latents @ end, items.partner_latents @ end, TRAINING.batch)
    views = result.encode(items.x), result.encode(items.y)
    gap = (held_out_losses(loss, *views, TRAINING.batch) - known).mean()
    return result.converged and bool(gap < NEAR * WORLD.mutual_information)


def conduct(seed: int) -> Finding:
    """Train by the norm of the steps, and by another."""
    results = {p: run(objective(p), WORLD, ENCODER, TRAINING, seed=seed) for p in TURNS}
    items = WORLD.draw(ITEMS, seed=HELD_OUT)
    right, wrong = (reached(result, items, power) for power, result in results.items())
    codes = baselines(items, ENCODER, seed)
    codes |= {f"norm of order {p:g}": result.encode(items.x) for p, result in results.items()}
    scores = {name: MeanCorrelation()(items.latents, h) for name, h in codes.items()}
    affine = {name: LinearR2()(items.latents, h).value for name, h in codes.items()}
    return Finding(
        "box-norms",
        (
            Measured(ALONE, scores["norm of order 1"].value, right),
            Measured(MIXED, scores["norm of order 4"].value, wrong),
            Measured(AFFINE, affine["norm of order 4"], wrong),
        ),
        tuple(
            {"encoder": name, "MCC": score.value, "linear R2": affine[name]}
            for name, score in scores.items()
        ),
        {name: np.abs(score.parts["correlations"]) for name, score in scores.items()},
        controls=(
            Measured(replace(ALONE, name="MCC of a random rotation"), scores["rotation"].value),
            Measured(replace(ALONE, name=MIXED.name), scores["norm of order 4"].value, wrong),
        ),
    )


def draw(curves):
    """Which latent each dimension correlates with."""
    from ssl_theory.plots import draw_correlations

    return draw_correlations(curves)


BOX_NORMS = Experiment(
    "box-norms",
    "Does the norm of the objective decide whether latents are found one by one?",
    "zimmermann2021inverts", 26.0, conduct, draw,
)  # fmt: skip

"""Contrastive learning inverts what made the views: directions on a sphere."""

from dataclasses import replace

import numpy as np

from ssl_theory.experiments import Training, run
from ssl_theory.experiments.encoders import Perceptron
from ssl_theory.identifiability import LinearR2, OrthogonalityError, ProcrustesResidual
from ssl_theory.laboratory.baselines import baselines
from ssl_theory.laboratory.experiment import Experiment, Finding, Measured, Prediction
from ssl_theory.laboratory.held_out import NEAR, held_out_losses
from ssl_theory.laboratory.strangers import Strangers
from ssl_theory.objectives import info_nce
from ssl_theory.processes import SpherePairs, mixings

__all__ = ["SPHERE_INVERSION"]

# Of a larger concentration even harmonics tell nearly as much as odd ones, and runs fold the sphere
# onto half of itself for good: at 10, after 800 steps of 256 items, all of six seeds; at 4, one.
WORLD = SpherePairs(dimension=3, concentration=4.0, mixing=mixings.Perceptron())
OBJECTIVE = info_nce(temperature=1 / WORLD.concentration)
ENCODER = Perceptron(outputs=3, widths=(96, 96, 96))
TRAINING = Training(steps=1500, batch=512, rate=2e-3)
ITEMS, HELD_OUT = 2**15, 2**20  # how many, and their seed

RECOVERED = Prediction(
    "linear R2", 0.99, np.inf, "the latents are found up to a rotation [zimmermann2021inverts]"
)
TURNED = Prediction(
    "orthogonality error", -np.inf, 0.02, "a rotation stretches nothing [zimmermann2021inverts]"
)


def least_loss(world: SpherePairs, batch: int) -> float:
    r"""What InfoNCE with the true density ratio comes to on average over batches of this size.

    It is :math:`-I` in the limit, and at ``n`` items :math:`-I + \chi^2/2n` to first order, where
    :math:`\chi^2 + 1 = E\,p(x, y)/p(x)p(y)` is the sum of the squared autocorrelations of all
    spherical harmonics.

    >>> round(least_loss(SpherePairs(concentration=4.0), 10**9) + 1.0825, 4)
    0.0
    """
    chi_squared = np.square(world.transfer_spectrum(degree=100)).sum() - 1
    return float(-world.mutual_information + chi_squared / (2 * batch))


def conduct(seed: int) -> Finding:
    """Train on partners, and on strangers."""
    result = run(OBJECTIVE, WORLD, ENCODER, TRAINING, seed=seed)
    # Of strangers there is nothing to learn, and so nothing that could converge.
    uncertified = replace(TRAINING, certificate=None)
    control = run(OBJECTIVE, Strangers(WORLD), ENCODER, uncertified, seed=seed)
    items = WORLD.draw(ITEMS, seed=HELD_OUT)
    codes = baselines(items, ENCODER, seed)
    codes |= {"strangers": control.encode(items.x), "trained": result.encode(items.x)}
    codes = {name: h / np.linalg.norm(h, axis=1, keepdims=True) for name, h in codes.items()}

    known = held_out_losses(OBJECTIVE, items.latents, items.partner_latents, TRAINING.batch)
    views = codes["trained"], result.encode(items.y)
    found = float(held_out_losses(OBJECTIVE, *views, TRAINING.batch).mean())
    chance = 3 * known.std(ddof=1) / np.sqrt(len(known))
    least = least_loss(WORLD, TRAINING.batch)
    # A sphere that was folded on the way is at rest, and is not where theory looks.
    there = result.converged and found < least + NEAR * WORLD.mutual_information + chance
    bound = Prediction.about(
        "loss less log n (nats)", least, 0.01 * WORLD.mutual_information + chance,
        "-I + chi^2 / 2n, within 1 % of I and three standard errors",
    )  # fmt: skip
    measures = {RECOVERED.name: LinearR2(), TURNED.name: OrthogonalityError()}
    scores = {
        code: {name: measure(items.latents, h).value for name, measure in measures.items()}
        for code, h in codes.items()
    }
    trained, strangers = scores["trained"], scores["strangers"]
    turn = ProcrustesResidual()(items.latents, codes["trained"]).parts["rotation"]
    shown = slice(400)
    return Finding(
        "sphere-inversion",
        (
            Measured(RECOVERED, trained[RECOVERED.name], there),
            Measured(TURNED, trained[TURNED.name], there),
            Measured(bound, found, there),
        ),
        tuple({"encoder": code, **row} for code, row in scores.items()),
        {
            "losses": result.losses,
            "least loss": np.array([least]),
            "latents": items.latents[shown],
            "identity": codes["identity"][shown],
            "trained": codes["trained"][shown] @ turn.T,
        },
        controls=(
            Measured(replace(RECOVERED, name="linear R2, of strangers"), strangers[RECOVERED.name]),
        ),
    )


def draw(curves):
    """The loss on its way to the least there is, and the latents before and after."""
    from ssl_theory.plots import draw_inversion

    return draw_inversion(curves)


SPHERE_INVERSION = Experiment(
    "sphere-inversion",
    "Does InfoNCE undo the mixing of directions, up to a rotation?",
    "zimmermann2021inverts", 33.0, conduct, draw,
)  # fmt: skip

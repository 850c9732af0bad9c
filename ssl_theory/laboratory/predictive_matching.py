r"""Whether a learnt predictor with Gaussian noise names the latents, up to an affine map.

Latents move by :math:`z' = f(z) + \sigma\varepsilon` with a nonlinear ``f`` and are seen through a
twist, :math:`x = (z_1, R(z_1)(z_2, z_3))`. An encoder ``h`` and a predictor ``q`` descend

.. math::
    L = -E\log N\bigl(h(x') \mid q(h(x)), I\bigr) - H[h(x')] \;\ge\; -I[x; x'],

with equality at the latents in units of their noise. Subtract the two log densities of one ``z'``
at two contexts: :math:`(q - q_0)^\top h(z') = (f - f_0)^\top z' / \sigma^2 + \mathrm{const}`. If
the answers of ``q`` lie in no proper affine subspace, ``h`` is therefore affine, and since both
noises are white, orthogonal after division by :math:`\sigma`. [mikulasch2026ldm]

If they do lie in one, the rest of the latents is only known to be normal noise, and any map that
keeps the normal law will do: the twist itself, where ``f`` moves ``z_1`` alone. So the rank of the
predictor's answers is measured, and where it is deficient the result says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from ssl_theory.alignment import Gaussian
from ssl_theory.experiments import Result, Training, run
from ssl_theory.experiments.encoders import Perceptron
from ssl_theory.identifiability import LinearR2, OrthogonalityError
from ssl_theory.identifiability.least_squares import best_affine_map
from ssl_theory.laboratory.coverage import LEAST, Coverage, coverage
from ssl_theory.laboratory.drifting_state import DriftingState
from ssl_theory.laboratory.experiment import Experiment, Finding, Measured, Prediction
from ssl_theory.latent_distribution_matching import Value
from ssl_theory.processes import Pairs
from ssl_theory.uniformity import KozachenkoLeonenko

__all__ = ["PREDICTIVE_MATCHING", "PredictiveMatching"]

Matrix = NDArray[np.float64]

ENCODER = Perceptron(outputs=3, widths=(96, 96))
PREDICTOR = Perceptron(outputs=3, widths=(64, 64))
ENTROPY = KozachenkoLeonenko()
TRAINING = Training(steps=2000, batch=256, rate=2e-3)
PROBE, CHUNK, SHOWN = 20_000, 1_000, 600  # drawn to measure on, in one batch, in the figure
NEAR = 0.1  # nats above the loss of the latents, for a run to be called converged
AFFINE = "h is affine if the predictor covers all directions [mikulasch2026ldm]"


@dataclass(frozen=True)
class PredictiveMatching:
    """A Gaussian of unit variance about a learnt prediction, and the entropy of a view."""

    predictor: Perceptron = PREDICTOR
    uniformity: KozachenkoLeonenko = ENTROPY

    def initial(self, dimensions: int, seed: int) -> dict[str, Tensor]:
        """Of the predictor; a seed of its own, or it would begin as the encoder does."""
        return self.predictor.initial(dimensions, seed + 10**6)

    def __call__(self, weights: dict[str, Tensor], z: Tensor, w: Tensor) -> Value:
        """Both halves, given where ``z`` is predicted to go."""
        return self.matched(self.predictor.apply(weights, z), w)

    def matched(self, predicted: Tensor, w: Tensor) -> Value:
        """Both halves, given the predictions."""
        alignment = -Gaussian(1.0).log_density(w, given=predicted).mean()
        return Value(alignment, -self.uniformity.entropy(w, given=predicted))


def level(objective: PredictiveMatching, predicted: Matrix, w: Matrix) -> float:
    """The loss on the probe, as a mean over its batches."""
    views = zip(*(torch.from_numpy(view).split(CHUNK) for view in (predicted, w)), strict=True)
    return float(np.mean([objective.matched(*batch).total.item() for batch in views]))


def predicted_by(result: Result, z: Matrix) -> Matrix:
    """What the trained predictor makes of embeddings."""
    with torch.no_grad():
        predictor = result.objective.predictor
        seen = torch.from_numpy(z).to(result.training.dtype)
        return np.asarray(predictor.apply(result.objective_weights, seen).double().numpy())


def row(name: str, world: DriftingState, pairs: Pairs, z: Matrix) -> dict[str, Any]:
    """How far a representation is from an affine map of the latents, and from an orthogonal one."""
    found = LinearR2()(pairs.latents, z)
    return {
        "encoder": name,
        "all foretold": world.all_foretold,
        "affine R2": found.value,
        "R2 of latents": found.parts["latents_from_representation"],
        "R2 of representation": found.parts["representation_from_latents"],
        **{f"R2 of z{i}": float(r) for i, r in enumerate(found.parts["of_latents"], 1)},
        "orthogonality error": OrthogonalityError()(pairs.latents / world.noise, z).value,
    }


def level_of_latents(objective: PredictiveMatching, world: DriftingState, pairs: Pairs) -> float:
    """The loss of the latents in units of their noise: the least there is, by the estimate."""
    predicted = world.drift(pairs.latents) / world.noise
    return level(objective, predicted, pairs.partner_latents / world.noise)


@dataclass(frozen=True, eq=False)
class Trained:
    """A run, its embedding of the probe, and what its predictor covers."""

    world: DriftingState
    pairs: Pairs
    z: Matrix
    above: float  # the loss of the latents, in nats
    covered: Coverage
    converged: bool
    certificate: str

    @property
    def truth(self) -> Coverage:
        """What the predictor of the latents themselves covers."""
        return coverage(self.world.drift(self.pairs.latents) / self.world.noise)

    def row(self) -> dict[str, Any]:
        """Of the table."""
        return row("trained", self.world, self.pairs, self.z) | {
            "loss above latents": self.above,
            "directions covered": self.covered.rank,
            "smallest deviation": float(self.covered.singular_values[-1]),
            "hypothesis": str(self.covered),
            "converged": self.converged,
            "certificate": self.certificate,
        }


def of_run(world: DriftingState, seed: int) -> Trained:
    """Train an encoder and its predictor."""
    objective = PredictiveMatching()
    result = run(objective, world, ENCODER, TRAINING, seed=seed)
    pairs = world.draw(PROBE, seed=10**6 + seed)
    z, w = result.encode(pairs.x), result.encode(pairs.y)
    predicted = predicted_by(result, z)
    above = level(objective, predicted, w) - level_of_latents(objective, world, pairs)
    done = result.converged and above < NEAR
    return Trained(world, pairs, z, above, coverage(predicted), done, result.certificate)


def of_foretold(found: Trained) -> list[Measured]:
    """All latents are to be found, in units of their noise up to a rotation."""
    row, reached = found.row(), float(found.truth.singular_values[-1])
    white = "the noise of the model is white, and so is that of the latents"
    open_set = "f is onto an open set"
    numbers = [
        (Prediction("affine R2, both directions", 0.94, np.inf, AFFINE), "affine R2"),
        (
            Prediction("orthogonality error in units of the noise", -np.inf, 0.1, white),
            "orthogonality error",
        ),
        (
            Prediction.about(
                "smallest deviation of predictions",
                reached,
                0.1 * reached,
                "that of f(z) / sigma",
            ),
            "smallest deviation",
        ),
        (Prediction.about("directions covered", 3, 0, open_set), "directions covered"),
    ]
    return [Measured(prediction, row[at], found.converged) for prediction, at in numbers]


def of_one_foretold(found: Trained) -> tuple[list[Measured], float]:
    """The flag is to be up; and how much higher the loss of the twist is than of the latents."""
    world, pairs, objective = found.world, found.pairs, PredictiveMatching()
    twisted = level(objective, world.drift(pairs.x) / world.noise, pairs.y / world.noise)
    above = twisted - level_of_latents(objective, world, pairs)
    seen = LinearR2()(pairs.latents, pairs.x).parts["of_latents"]
    alike = float(np.cos(world.mixing.turn * pairs.latents[:, 0]).mean() ** 2)
    flag = Prediction.about(
        "one foretold: directions covered (of 3: the theorem FAILS)",
        1,
        0,
        "only z_1 is foretold: predictions lie on a line",
    )
    same = Prediction.about(
        "one foretold: loss of the twist above that of the latents",
        0,
        0.02,
        "a rotation of normal noise by z_1 is the same normal noise",
    )
    little = Prediction.about(
        "one foretold: R2 of z2 from the twist", alike, 0.03, "(E cos(turn z_1))^2"
    )
    second = Prediction(
        "one foretold: second singular value of predictions", 0, LEAST, "0, that of f(z) / sigma"
    )
    return [
        Measured(flag, found.covered.rank, found.converged),
        Measured(second, float(found.covered.singular_values[1]), found.converged),
        Measured(same, above),
        Measured(little, float(seen[1])),
    ], above


def conduct(seed: int) -> Finding:
    """Train where all latents are foretold, and where only one is."""
    full = of_run(DriftingState(), seed)
    lacking = of_run(DriftingState(all_foretold=False), seed)
    flagged, as_good = of_one_foretold(lacking)
    without = Prediction("one foretold: affine R2, both directions", 0.94, np.inf, AFFINE)
    untrained = ENCODER.apply(ENCODER.initial(3, seed), torch.from_numpy(full.pairs.x)).numpy()
    views = "none: the views themselves"
    table = (
        full.row(),
        lacking.row(),
        row(views, full.world, full.pairs, full.pairs.x),
        row("untrained", full.world, full.pairs, untrained),
        row(views, lacking.world, lacking.pairs, lacking.pairs.x) | {"loss above latents": as_good},
    )
    curves: dict[str, Matrix] = {}
    for name, found in (("", full), ("deficient ", lacking)):
        readout = best_affine_map(found.z, found.pairs.latents)(found.z)
        curves |= {
            f"{name}deviations": found.covered.singular_values,
            f"{name}true deviations": found.truth.singular_values,
            f"{name}latents": found.pairs.latents[:SHOWN],
            f"{name}readout": readout[:SHOWN],
        }
    controls = (Measured(without, table[1]["affine R2"], lacking.converged),)
    measured = (*of_foretold(full), *flagged)
    return Finding("predictive-matching", measured, table, curves, controls)


def draw(curves: Mapping[str, Matrix]) -> Any:
    """What predictions cover, and the second latent as read off by an affine map."""
    from ssl_theory.plots.predictive_matching import draw_predictive_matching

    return draw_predictive_matching(curves)


PREDICTIVE_MATCHING = Experiment(
    name="predictive-matching",
    question="Does predicting under Gaussian noise name the latents, up to an affine map?",
    source="mikulasch2026ldm",
    seconds=25.0,
    conduct=conduct,
    draw=draw,
)

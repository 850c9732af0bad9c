r"""Whether matching films to a Kalman filter finds where a dot is, how surely, and how it turns.

Films of 10 by 10 pixels show a dot going round under noise. An encoder of single pictures and the
dynamics of a filter of two states are learnt from films alone, by stop-gradient and by the entropy
of neighbours; then a linear map reads the place off the filter's state.

*Round a circle*, with noise in the pace of variance ``s``, places are linear in two states that
turn by :math:`2\pi / T` a moment and shrink by :math:`e^{-s/2}`. The filter's own covariance is
the error of the place: the band takes nothing from the places it is held against.

*Round a square* the pace is even, and no two states that turn evenly hold more of a place than its
first harmonic, :math:`96/\pi^4` of the variance. These states turn by :math:`2\pi / T`. The best
linear step from place to place, which has no memory and keeps to the places, turns by 3.3 % less
at ``T = 20``; that is the other answer, against which the angle decides. The band has to hold the
filter's error and the higher harmonics, whose law is that of the square. By stop-gradient it does
not: it holds 97.7 %, because an even pace has no noise, and the filter learns some from what the
code misses. [mikulasch2026ldm]

By symmetry the first two principal components of such films are themselves the first harmonic, so
that a plain memory of them comes close; they stand in the table, not among the controls.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from ssl_theory.experiments import Certificate, Training, run
from ssl_theory.experiments.encoders import Perceptron
from ssl_theory.laboratory.experiment import Experiment, Finding, Measured, Prediction
from ssl_theory.laboratory.filter_matching import FilterMatching, whitened
from ssl_theory.laboratory.filter_tracking import (
    SETTLED,
    Seen,
    Track,
    overconfident,
    principal_components,
    track,
    turn,
    window_r2,
)  # fmt: skip
from ssl_theory.processes import CircularPath, MovingDot, Sequence, SquarePath
from ssl_theory.processes.rendering import Dot

__all__ = ["KALMAN_CIRCLE", "KALMAN_SQUARE", "film", "higher_harmonics", "predictions"]

Array = NDArray[np.float64]
Path = CircularPath | SquarePath

PERIOD = 20.0
CIRCLE, SQUARE = CircularPath(period=PERIOD, phase_noise=0.005), SquarePath(period=PERIOD)
ENCODER = Perceptron(outputs=2, widths=(100,), activation="relu")
CERTIFICATE = Certificate(tolerance=0.05)
FORMS = {"stop-gradient": FilterMatching(still=True), "neighbours": FilterMatching(still=False)}
# A field has no floor to settle on: with the steps of an entropy's descent it left the square.
TRAININGS = {
    "stop-gradient": Training(steps=2400, batch=64, rate=1.5e-3, certificate=CERTIFICATE),
    "neighbours": Training(steps=1400, batch=64, rate=3e-3, certificate=CERTIFICATE),
}
LENGTH, LONGER, PROBE = 40, 100, 200  # moments to learn from and to look at; films to look at


def film(path: Path, moments: int, fitful: bool = False) -> MovingDot:
    """Of a dot one pixel wide, under noise of variance 0.1 in every pixel."""
    path = type(path)(**{**vars(path), "steps": moments})
    dot = Dot(side=10, width=1.0, low=-3.0, high=3.0)
    return MovingDot(path, dot, pixel_noise=0.1, fitful=fitful)


def higher_harmonics(path: Path) -> Array:
    """What is left of a coordinate after its first harmonic, evenly over a turn."""
    if isinstance(path, CircularPath):
        return np.zeros(1)
    even = SquarePath(path.half, period=1000, steps=1000).draw(1, seed=0)
    angle, place = 2 * np.pi * even.auxiliary["phase"][0], even.x[0, :, 0]
    first = np.stack([np.sin(angle), np.cos(angle)], axis=1)
    return np.asarray(place - first @ (2 * first.T @ place / len(place)))


def predictions(path: Path) -> tuple[Prediction, ...]:
    """Of the R2, the angle and length of a step, and the coverage."""
    lost = np.square(higher_harmonics(path)).mean() / path.covariance[0, 0]
    angle, noise = 2 * np.pi / path.period, getattr(path, "phase_noise", 0.0)
    return (
        Prediction("position R2", 0.97, 1 - lost, "no more than the first harmonic is linear"),
        Prediction.about("angle of a step", angle, 0.02 * angle, "2 pi / T [mikulasch2026ldm]"),
        Prediction("coverage of the 95 % band", 0.93, 0.97, "N(0, L' P L) and what is not linear"),
        Prediction.about("length of a step", np.exp(-noise / 2), 0.01, "exp(-s / 2)"),
    )


class Films(NamedTuple):
    """Films to fit a readout to, films to look at, and films whose noise comes and goes."""

    fit: Sequence
    test: Sequence
    fitful: Sequence

    @classmethod
    def of(cls, path: Path, seed: int) -> "Films":
        """Longer than those that are learnt from, and none of these."""
        worlds = [film(path, LONGER, fitful) for fitful in (False, False, True)]
        return cls(*(w.draw(PROBE, 10**6 + 3 * seed + i) for i, w in enumerate(worlds)))


class Learnt(NamedTuple):
    """What came of one form: against the predictions, where they must fail, and all the rest."""

    measured: list[Measured]
    controls: list[Measured]
    row: dict[str, Any]
    track: Track


def learnt(form: str, path: Path, seed: int, films: Films) -> Learnt:
    """Train by one form, and follow other films."""
    result = run(FORMS[form], film(path, LENGTH), ENCODER, TRAININGS[form], seed=seed)
    dynamics, beyond = FORMS[form].dynamics(result.objective_weights), higher_harmonics(path)
    codes = [torch.from_numpy(result.encode(f.x)) for f in films]
    fit, test, fitful = (
        Seen(whitened(z, codes[0]).numpy(), f.latents) for z, f in zip(codes, films, strict=True)
    )
    seen, unsteady = (track(dynamics, fit, other, beyond) for other in (test, fitful))
    doubted = track(overconfident(dynamics), fit, test, beyond)
    order = np.random.default_rng(seed).permutation(LONGER)
    mixed, other = (Seen(s.codes[:, order], s.places[:, order]) for s in (fit, test))
    shuffled = track(dynamics, mixed, other, beyond)
    step = turn(dynamics)
    found = seen.r2, abs(np.angle(step)), seen.coverage, abs(step)
    whats, ready = predictions(path), result.converged
    row = {
        "encoder": "trained", "form": form, "position R2": seen.r2,
        "R2 of single pictures": window_r2(fit, test, moments=1), "angle": found[1],
        "length": found[3], "coverage": seen.coverage, "half width": float(seen.band[-1].mean()),
        "R2, noise fitful": unsteady.r2, "coverage, noise fitful": unsteady.coverage,
        "loss": result.end, "converged": ready, "certificate": result.certificate,
    }  # fmt: skip
    measured = [_measured(form, *one, ready) for one in zip(whats, found, strict=True)]
    controls = [
        _measured(f"{form}, moments shuffled", whats[0], shuffled.r2, ready),
        _measured(f"{form}, a quarter of the noise", whats[2], doubted.coverage, ready),
    ]
    return Learnt(measured, controls, row, seen)


def baselines(films: Films, seed: int) -> list[dict[str, Any]]:
    """What a linear map finds in one picture and in ten, after encoders that learnt no dynamics."""
    weights = ENCODER.initial(films.fit.x.shape[-1], seed)
    components = principal_components(films.fit.x)
    rows = []
    for encoder, apply in {
        "untrained": lambda x: ENCODER.apply(weights, torch.from_numpy(x)).numpy(),
        "principal components": lambda x: x @ components,
    }.items():
        fit, test = (Seen(apply(f.x), f.latents) for f in films[:2])
        one, ten = (window_r2(fit, test, moments) for moments in (1, 10))
        rows.append({"encoder": encoder, "R2 of single pictures": one, "R2 of ten moments": ten})
    return rows


def conduct(path: Path, name: str, seed: int) -> Finding:
    """Train by both forms on films of one path, and follow fresh and longer films."""
    films = Films.of(path, seed)
    of_forms = {form: learnt(form, path, seed, films) for form in FORMS}
    others, whats = baselines(films, seed), predictions(path)
    controls = [one for learnt in of_forms.values() for one in learnt.controls]
    controls.append(_measured("untrained, ten moments", whats[0], others[0]["R2 of ten moments"]))
    if isinstance(path, SquarePath):
        memoryless = float(np.angle(path.eigenvalues[1]))
        controls.append(_measured("best step without memory", whats[1], memoryless))
    curves: dict[str, NDArray[Any]] = {"moment": np.arange(SETTLED, LONGER)}
    for form, (_, _, _, seen) in of_forms.items():
        curves["truth"] = seen.truth[0]
        curves |= {f"{form} found": seen.found[0], f"{form} band": seen.band}
    return Finding(
        name,
        tuple(one for learnt in of_forms.values() for one in learnt.measured),
        (*(learnt.row for learnt in of_forms.values()), *others),
        curves,
        tuple(controls),
    )


def _measured(which: str, what: Prediction, value: float, ready: bool = True) -> Measured:
    named = Prediction(f"{which}: {what.name}", what.low, what.high, what.because)
    return Measured(named, float(value), ready)


def draw(curves: Mapping[str, Array]) -> Any:
    """A coordinate of a film, as followed by both forms, with their bands."""
    from ssl_theory.plots.kalman_matching import draw_kalman_matching

    return draw_kalman_matching(curves)


KALMAN_CIRCLE = Experiment(
    name="kalman-circle",
    question="Does a filter learnt from films of a dot on a circle know where it is, how surely?",
    source="mikulasch2026ldm",
    seconds=170.0,
    conduct=partial(conduct, CIRCLE, "kalman-circle"),
    draw=draw,
)
KALMAN_SQUARE = Experiment(
    name="kalman-square",
    question="And on a square, whose corners no even turn can follow?",
    source="mikulasch2026ldm",
    seconds=170.0,
    conduct=partial(conduct, SQUARE, "kalman-square"),
    draw=draw,
)

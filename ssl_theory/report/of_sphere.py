"""Where items point and how long they are: measurements of directions and lengths."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ssl_theory.diagnostics.closeness import uniformity
from ssl_theory.diagnostics.collapse_level import collapse_level
from ssl_theory.diagnostics.hubness import hubness
from ssl_theory.diagnostics.lengths import Lengths, gaussian_lengths, lengths
from ssl_theory.diagnostics.sphere import (
    mean_cosine,
    self_cluster,
    sphere_tests,
)
from ssl_theory.diagnostics.unit_rows import unit_rows
from ssl_theory.diagnostics.wasserstein import uniform_wasserstein, wasserstein_uniformity
from ssl_theory.embeddings import drawn_rows
from ssl_theory.nulls.gaussian import gaussian_null
from ssl_theory.nulls.sphere import sphere_uniformity
from ssl_theory.report.of_blocks import Blocks, interval
from ssl_theory.report.value import Expectation, Measurement

__all__ = ["of_sphere"]

PAIRED = 2048  # items of which all pairs are taken
SORTED = 512  # items whose neighbours are sorted, and again for what to expect
NEIGHBOURS = 10
DRAWS = 3  # samples of uniform directions whose mean hubness is expected

UNIFORM = "uniform directions"
GAUSSIAN = "isotropic Gaussian items"


def of_sphere(rows: NDArray[np.float64], *, blocks: Blocks = ()) -> list[Measurement]:
    """What the directions and the lengths of items tell.

    Parameters
    ----------
    rows
        Items ``(n, d)`` in float64, some thousands at most.
    blocks
        The rows of each exchangeable block, for intervals; without, there are none.
    """
    zero = int(np.sum(~rows.any(1)))
    sizes = _lengths(rows, blocks)
    if not zero:
        return _grouped([*_directions(rows, blocks), *sizes])
    note = f"{zero:,} of {len(rows):,} items are zero and have no direction"
    others = _directions(np.ones((2, rows.shape[1])), ())  # for the names and conventions
    undefined = [replace(m, value=None, interval=None, null=None, note=note) for m in others]
    return _grouped([*undefined, *sizes])


def _grouped(found: list[Measurement]) -> list[Measurement]:
    return [replace(m, group="Directions and lengths") for m in found]


def _directions(rows: NDArray[np.float64], blocks: Blocks) -> list[Measurement]:
    (n, d), tests, cosine = rows.shape, sphere_tests(rows), mean_cosine(rows)
    units = unit_rows(rows)
    total = units.sum(0)  # all that a mean cosine needs, whichever rows are left
    paired = drawn_rows(rows, PAIRED, seed=0)

    def cosine_without(block: NDArray[np.intp]) -> float:
        rest, count = total - units[block].sum(0), n - len(block)
        return float((rest @ rest / count - 1) / (count - 1))

    return [
        Measurement(
            "mean cosine",
            cosine,
            "of 1",
            "cosine of the angle between two different items, seen from the origin, on average",
            "0 if directions have no preference, 1 if all items point the same way",
            interval=interval(cosine, cosine_without, blocks),
            null=Expectation(UNIFORM, 0.0, tests.rayleigh),
        ),
        Measurement(
            "uniformity",
            uniformity(paired),
            "nats",
            "log mean exp(-2 |u_i - u_j|^2) over pairs of items scaled to length 1",
            f"0 if all point the same way, {sphere_uniformity(d):.4g} if they cover the sphere "
            "evenly; hardly sees lost dimensions",
            _drawn(paired, rows),
            null=Expectation(UNIFORM, sphere_uniformity(d)),
        ),
        Measurement(
            "Wasserstein uniformity",
            wasserstein_uniformity(rows),
            "",
            "distance W2 of the Gaussian with the mean and covariance of items scaled to length 1 "
            "from N(0, I / d), without the minus of the paper",
            "0 if directions cover the sphere evenly, 1.414 if all items point the same way; sees "
            "lost dimensions",
            null=Expectation(UNIFORM, uniform_wasserstein(n, d)),
        ),
        Measurement(
            "self-cluster",
            self_cluster(rows) if d > 1 else None,
            "of 1",
            "squared cosines of all pairs beyond those of uniform directions, mean kept",
            "0 if no axes are preferred, 1 if all items lie on one line through the origin",
            "" if d > 1 else "In one dimension all items lie on one line",
            null=Expectation(UNIFORM, 0.0, tests.bingham) if d > 1 else None,
        ),
        Measurement(
            "collapse level",
            collapse_level(rows),
            "of 1",
            "1 - sqrt(d) times the mean standard deviation (n - 1) of the coordinates of items "
            "scaled to length 1, or 0",
            "1 if all items point the same way; sees a mean, but in a generic basis no lost "
            "dimensions",
            null=Expectation(UNIFORM, 0.0),
        ),
        _hubness(rows),
    ]


def _hubness(rows: NDArray[np.float64]) -> Measurement:
    chosen = np.unique(drawn_rows(rows, SORTED, seed=0), axis=0)
    n, d = chosen.shape
    enough = n > 2 * NEIGHBOURS
    return Measurement(
        "hubness",
        hubness(chosen, neighbours=NEIGHBOURS) if enough else None,
        "",
        f"skewness of how often an item is among the {NEIGHBOURS} nearest of others, by cosine",
        "0 if all are neighbours alike; large if a few items are the neighbours of most",
        f"On {n:,} distinct items"
        if enough
        else f"{n:,} distinct items are too few to choose {NEIGHBOURS} neighbours from",
        null=Expectation(UNIFORM, float(gaussian_null(hubness, n, d, draws=DRAWS).mean()))
        if enough
        else None,
    )


def _lengths(rows: NDArray[np.float64], blocks: Blocks) -> list[Measurement]:
    found, gaussian = lengths(rows), gaussian_lengths(rows.shape[1])
    column = np.linalg.norm(rows, axis=1)[:, None]  # of the same lengths as the rows

    def rest(block: NDArray[np.intp]) -> Lengths:
        return lengths(np.delete(column, block, axis=0))

    nowhere = "" if found.mean else "All items are zero"
    return [
        Measurement(
            "mean length",
            found.mean,
            "units",
            "distance of an item from the origin, on average",
            "the scale of the embeddings, which cosines do not see",
            interval=interval(found.mean, lambda b: rest(b).mean, blocks, logarithmic=True),
        ),
        Measurement(
            "variation of lengths",
            found.variation if found.mean else None,
            "of the mean",
            "standard deviation (n) of the lengths / their mean",
            "0 if all items are equally long",
            nowhere,
            interval(found.variation, lambda b: rest(b).variation, blocks) if found.mean else None,
            Expectation(GAUSSIAN, gaussian.variation) if found.mean else None,
        ),
        Measurement(
            "kurtosis of lengths",
            found.kurtosis if found.mean else None,
            "",
            "fourth central moment of the lengths / squared variance, less 3",
            "above 0, a few items are far longer or shorter than the rest",
            nowhere,
            null=Expectation(GAUSSIAN, gaussian.kurtosis) if found.mean else None,
        ),
    ]


def _drawn(chosen: NDArray[np.float64], rows: NDArray[np.float64]) -> str:
    drawn = len(chosen) < len(rows)
    return f"On {len(chosen):,} items drawn without replacement, seed 0" if drawn else ""

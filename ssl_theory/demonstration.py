"""Embedded data whose condition is known, diagnosed: what ``make demo`` shows."""

import io
import os
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ssl_theory.processes import GaussianPairs
from ssl_theory.report import Report, diagnose, page, write_whole

__all__ = ["Planted", "demonstrate", "embedded_data"]

ITEMS, DIMENSIONS, BOTTLENECK, CONSTANT = 2000, 64, 8, 3.0


class Planted(NamedTuple):
    """Embeddings, and what was done to them."""

    name: str
    truth: str
    embeddings: NDArray[np.floating]


def embedded_data() -> list[Planted]:
    """Three sets of embeddings in single precision: as they should be, and collapsed twice.

    >>> [data.name for data in embedded_data()]
    ['healthy', 'bottleneck', 'constant']
    """
    spectrum = tuple(1 / k for k in range(1, DIMENSIONS + 1))
    views = GaussianPairs(spectrum, (0.8,) * DIMENSIONS, mixing_seed=0).draw(ITEMS, seed=1)
    healthy = views.x.astype(np.float32)
    weights = np.random.default_rng(2).standard_normal((DIMENSIONS, BOTTLENECK), np.float32)
    weights /= np.sqrt(np.float32(DIMENSIONS))
    constant = np.float32(CONSTANT) + np.float32(2e-7) * healthy
    return [
        Planted("healthy", f"{DIMENSIONS} directions, the k-th of variance 1/k", healthy),
        Planted(
            "bottleneck",
            f"the same after a linear layer that is {BOTTLENECK} wide",
            healthy @ weights @ weights.T,
        ),
        Planted("constant", f"the same shrunk to 2e-7 of its size, around {CONSTANT:g}", constant),
    ]


def demonstrate(folder: Path) -> tuple[list[tuple[Planted, Report]], Path]:
    """Diagnose the embedded data, and write them and a page about them to ``folder``."""
    found = [
        (data, diagnose(data.embeddings, source=f"{data.name}.npy")) for data in embedded_data()
    ]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise type(error)(
            f"`{folder}` must be a folder, or a place for one, got: {reason}. Name another."
        ) from None
    path = folder / "report.html"
    text = page([report for _, report in found], title="Three encoders, diagnosed")
    files: dict[str | os.PathLike[str], str | bytes] = {path: text}
    files |= {folder / f"{data.name}.npy": _npy(data.embeddings) for data, _ in found}
    write_whole(files)
    return found, path


def _npy(z: NDArray) -> bytes:
    file = io.BytesIO()
    np.save(file, z)
    return file.getvalue()

"""Films as a filter follows them, and as a plain memory of some moments would."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from ssl_theory.alignment import Kalman, LinearDynamics
from ssl_theory.laboratory.filtered_readout import FilteredReadout, coverage, readout_r2

__all__ = [
    "SETTLED", "Seen", "Track", "overconfident", "principal_components", "track", "turn",
    "window_r2",
]  # fmt: skip

Array = NDArray[np.float64]

SETTLED = 20  # the moment from which on a filter has forgotten where it began
DOUBT = 4.0  # times less noise, for a filter that believes too much


class Seen(NamedTuple):
    """Embeddings ``(films, moments, dimensions)`` and the places that they show."""

    codes: Array
    places: Array


@dataclass(frozen=True, eq=False)
class Track:
    """Places, what was read off the filter ``(films, moments, 2)``, and half the band."""

    truth: Array
    found: Array
    band: Array  # (moments, 2)

    @property
    def r2(self) -> float:
        """Of the coordinate that is explained least."""
        return readout_r2(self.truth, self.found)

    @property
    def coverage(self) -> float:
        """The share of coordinates within the band."""
        return coverage(self.truth, self.found, self.band)


def track(dynamics: LinearDynamics, fit: Seen, test: Seen, unexplained: Array) -> Track:
    """Filter both, read places off by the map fitted to the one, and band those of the other."""
    known, _ = _believed(dynamics, fit.codes)
    states, spreads = _believed(dynamics, test.codes)
    readout = FilteredReadout.fitted(known, fit.places[:, SETTLED:], unexplained)
    return Track(test.places[:, SETTLED:], readout(states), readout.band(spreads))


def turn(dynamics: LinearDynamics) -> complex:
    """What a moment multiplies the state by, in the plane in which it turns."""
    eigenvalues = torch.linalg.eigvals(dynamics.transition.detach()).numpy()
    return complex(eigenvalues[np.abs(np.angle(eigenvalues)).argmax()])


def overconfident(dynamics: LinearDynamics) -> LinearDynamics:
    """The same with a quarter of all noise: the same states, believed in twice as firmly."""
    other = LinearDynamics(dynamics.dimension, dynamics.states)
    other.load_state_dict(dynamics.state_dict())
    with torch.no_grad():
        for log_variance in (other.log_process, other.log_observation):
            log_variance.sub_(np.log(DOUBT))
    return other.requires_grad_(False)


def window_r2(fit: Seen, test: Seen, moments: int = 10) -> float:
    """Of the best linear map from the embeddings of so many moments up to now."""
    (known, where), (wide, truth) = (_windows(seen, moments) for seen in (fit, test))
    return readout_r2(truth, FilteredReadout.fitted(known, where)(wide))


def principal_components(films: Array, keep: int = 2) -> Array:
    """The directions ``(pixels, keep)`` in which pictures vary most."""
    pictures = films.reshape(-1, films.shape[-1])
    vectors = np.linalg.eigh(np.cov(pictures.T)).eigenvectors
    return np.asarray(vectors[:, : -keep - 1 : -1])


def _believed(dynamics: LinearDynamics, codes: Array) -> tuple[Array, Array]:
    states, spreads = Kalman(dynamics).filter(torch.from_numpy(codes))
    return np.asarray(states)[:, SETTLED:], np.asarray(spreads)[SETTLED:]


def _windows(seen: Seen, moments: int) -> Seen:
    wide = np.lib.stride_tricks.sliding_window_view(seen.codes, moments, axis=1)
    return Seen(wide.reshape(*wide.shape[:2], -1), seen.places[:, moments - 1 :])

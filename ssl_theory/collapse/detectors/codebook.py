"""Codebook collapse: few of the codes are used."""

import numpy as np

from ssl_theory.collapse.detector import Channel, Detector
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.observation import Observation

__all__ = ["codebook", "usage"]


def usage(seen: Observation) -> tuple[np.ndarray, np.ndarray]:
    """The share of each code, and how many items have it first.

    Without ``codes``, codes run to the largest that is used: give it, to see the last ones die.

    >>> seen = Observation.of(np.zeros((3, 1)), assignments=[0, 2, 2], codes=4)
    >>> usage(seen)[1].tolist()
    [1, 0, 2, 0]
    """
    assert seen.assignments is not None  # it is needed
    soft = seen.assignments.ndim == 2
    first = seen.assignments.argmax(1) if soft else seen.assignments.astype(np.intp)
    codes = max(seen.codes or 0, seen.assignments.shape[1] if soft else first.max() + 1)
    counts = np.bincount(first, minlength=codes)
    shares = seen.assignments.mean(0) if soft else counts / counts.sum()
    return shares, counts


def _measure(seen: Observation) -> dict[str, float]:
    shares, counts = usage(seen)
    used = shares[shares > 0]
    return {
        "log perplexity of codes": float(-np.sum(used * np.log(used))),
        "share of dead codes": float(np.mean(counts == 0)),
    }


codebook = Detector(
    Kind.CODEBOOK,
    (
        Channel("log perplexity of codes", "lower", 0.2),
        Channel("share of dead codes", "higher", 0.1),
    ),
    _measure,
    sees="the entropy of how often codes are used, and how many no item has first",
    blind_to="codes that are used but mean the same, and use that is forced to be even",
    needs=frozenset({"assignments"}),
)

"""Codebook collapse: few of the codes are used."""

import numpy as np

from ssl_theory.collapse.detector import Against, Channel, Detector, Evidence
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


def occupancy(items: int, codes: int) -> np.ndarray:
    """The chances that 0, 1, ... codes are used if each item draws one evenly.

    >>> occupancy(2, 4).tolist()
    [0.0, 0.25, 0.75, 0.0, 0.0]
    """
    used = np.arange(codes + 1)
    chances = np.zeros(codes + 1)
    chances[0] = 1.0
    for _ in range(items):
        fresh = chances * (codes - used) / codes
        chances = chances * used / codes
        chances[1:] += fresh[:-1]
    return chances


def _test(seen: Observation, seed: int) -> list[Evidence]:
    """How many codes are never drawn, by the law of the collector of coupons."""
    counts = usage(seen)[1]
    codes, alive = len(counts), int(np.sum(counts > 0))
    chances = occupancy(int(counts.sum()), codes)
    p = min(1.0, float(chances[: alive + 1].sum()))
    expected = (1 - 1 / codes) ** int(counts.sum())
    null, found = "codes that are drawn evenly", 1 - alive / codes
    return [Evidence("share of dead codes", found, expected, p, null)]


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
    test=_test,
    against=Against.ISOTROPY,
)

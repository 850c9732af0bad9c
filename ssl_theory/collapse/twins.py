"""What chance makes of a statistic, told from Gaussian twins of the items."""

from collections.abc import Callable, Iterator, Mapping

import numpy as np
from scipy.stats import t as student

from ssl_theory.collapse.detector import Evidence
from ssl_theory.collapse.observation import Observation
from ssl_theory.collapse.twin import gaussian_twin

__all__ = ["beside_twins"]

TWINS = 39
ITEMS = 512  # that are looked at, at most


def beside_twins(
    measured: Callable[[Observation], Mapping[str, float]], seen: Observation, seed: int
) -> Iterator[Evidence]:
    """How much lower each channel is than of Gaussian items with the same covariance.

    Given the covariance, the items are one more twin if they are Gaussian. Averages over many
    items are nearly normal, so where one more draw would fall has Student's law, about the twins'
    mean with their spread: chances are then told that no so few draws could count.
    """
    generator = np.random.default_rng(seed)
    n = min(len(seen.z), ITEMS)
    if n < len(seen.z):
        seen = Observation(seen.z[np.sort(generator.choice(len(seen.z), n, replace=False))])
    variances = seen.spectrum.eigenvalues
    seeds = generator.integers(1, 2**31, TWINS)
    twins = [measured(Observation(gaussian_twin(variances, n, seed=int(s)))) for s in seeds]
    for name, found in measured(seen).items():
        null = np.array([twin[name] for twin in twins])
        error = null.std(ddof=1) * np.sqrt(1 + 1 / TWINS)
        score = (found - null.mean()) / error if error else 0.0
        p = float(student.cdf(score, TWINS - 1))
        law = "Gaussian items of the same covariance"
        # As followed over time, it is the difference that is the channel.
        yield Evidence(name, found - null.mean(), 0.0, p, law)

"""Li et al. (2021): queries find their keys among keys, and their prototypes among prototypes."""

import math

import numpy as np
import pytest
import torch

from ssl_theory.alignment import Prototypes, VonMisesFisher
from ssl_theory.objectives import one_sided_info_nce, proto_nce
from tests.uniformity.laws import normal


@pytest.fixture
def pair():
    generator = torch.Generator().manual_seed(0)
    z = normal(7, 3, generator)
    return z, z + 0.3 * normal(7, 3, generator)


def test_it_publishes_equation_11_query_by_query(pair):
    keys, queries = (x.numpy() / np.linalg.norm(x.numpy(), axis=1, keepdims=True) for x in pair)
    generator = np.random.default_rng(0)
    centroids = generator.standard_normal((4, 3))
    centroids /= np.linalg.norm(centroids, axis=1, keepdims=True)
    phi, assignments = np.array([0.1, 0.2, 0.4, 0.8]), (0, 1, 2, 3, 0, 1, 1)
    losses = []
    for i, query in enumerate(queries):
        instance = [math.exp(query @ key / 0.2) for key in keys]
        cluster = [math.exp(query @ c / p) for c, p in zip(centroids, phi, strict=True)]
        own = cluster[assignments[i]] / math.fsum(cluster)
        losses.append(-math.log(instance[i] / math.fsum(instance)) - math.log(own))
    tensors = torch.tensor(centroids), torch.tensor(phi)
    ours = proto_nce(Prototypes(VonMisesFisher(5.0), *tensors, assignments)).published(*pair)
    assert ours.item() == pytest.approx(np.mean(losses), rel=1e-9, abs=1e-9)


def test_without_differences_between_prototypes_it_is_info_nce_and_a_constant(pair):
    one_place = torch.ones(4, 3, dtype=torch.float64), torch.ones(4, dtype=torch.float64)
    prototypes = Prototypes(VonMisesFisher(10.0), *one_place, (0,) * 7)
    expected = one_sided_info_nce(temperature=0.1).published(*pair) + math.log(4)
    torch.testing.assert_close(proto_nce(prototypes).published(*pair), expected)

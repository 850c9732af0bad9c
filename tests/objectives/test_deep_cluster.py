"""Caron et al. (2018): classify items into the clusters k-means finds among their features."""

import numpy as np
import torch
from sklearn.cluster import KMeans
from torch.nn.functional import cross_entropy

from ssl_theory.objectives import deep_cluster


def clustered(seed=0):
    generator = torch.Generator().manual_seed(seed)
    features, logits = torch.randn(2, 40, 3, generator=generator, dtype=torch.float64)
    kmeans = KMeans(3, n_init=1, random_state=0).fit(features.numpy())
    distances = torch.from_numpy(kmeans.transform(features.numpy()))
    return logits, -distances.square(), torch.from_numpy(kmeans.labels_).long()


def test_it_publishes_the_mean_cross_entropy_with_the_labels_of_k_means():
    logits, closeness, labels = clustered()
    ours = deep_cluster().published(logits, closeness)
    expected = cross_entropy(logits, labels)
    torch.testing.assert_close(ours, expected, rtol=1e-9, atol=1e-9)


def test_sampling_clusters_equally_is_weighting_by_their_inverse_size():
    # What the paper trains with: an item is drawn from a cluster that is drawn uniformly.
    logits, closeness, labels = clustered()
    sizes = torch.bincount(labels)
    assert len(set(sizes.tolist())) > 1
    chance = (1 / (3 * sizes))[labels]
    drawn = np.random.default_rng(0).choice(len(labels), size=20_000, p=chance.numpy())
    ours = deep_cluster().published(logits[drawn], closeness[drawn]).item()
    weighted = cross_entropy(logits, labels, weight=(1 / sizes).double()).item()
    each = cross_entropy(logits, labels, reduction="none")[drawn]
    error = each.std().item() / len(drawn) ** 0.5
    assert error < 0.02
    assert abs(ours - weighted) < 5 * error

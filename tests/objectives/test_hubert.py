"""Hsu et al. (2021): predict the cluster of each hidden frame from the cosines to embeddings."""

import numpy as np
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn.functional import cosine_similarity, cross_entropy, normalize

from ssl_theory.checks.strategies import generators, pairs
from ssl_theory.objectives import hubert


@given(pairs(), generators())
def test_it_publishes_the_sum_over_frames_of_torchs_cross_entropy(pair, generator):
    frames, targets = pair
    d = frames.shape[1]
    embeddings = torch.randn(d, d, generator=generator, dtype=frames.dtype)
    cosines = cosine_similarity(frames[:, None], embeddings[None], dim=2)
    expected = cross_entropy(cosines / 0.1, targets.argmax(1), reduction="sum")
    ours = hubert().published(normalize(frames) @ normalize(embeddings).T, targets)
    torch.testing.assert_close(ours, expected, rtol=1e-9, atol=1e-9)


@given(pairs(), st.sampled_from([0.1, 1.0]))
def test_it_is_the_printed_ratio_frame_by_frame(pair, temperature):
    cosines, targets = (x.numpy() for x in pair)
    loss = 0.0
    for t, row in enumerate(cosines):
        weights = np.exp((row - row.max()) / temperature)
        loss -= np.log(weights[targets[t].argmax()] / weights.sum())
    np.testing.assert_allclose(hubert(temperature).published(*pair).item(), loss, rtol=1e-9)

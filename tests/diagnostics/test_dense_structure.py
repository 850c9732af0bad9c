"""Dense structure: planted clusters have the distances, radii and dimensions that were planted."""

import numpy as np
import pytest
import torch
from scipy.stats import entropy

from ssl_theory.diagnostics.dense_structure import DenseStructure, dense_structure


def planted(noise=0.0, seed=0, images=8, copies=6):
    """Tokens at four corners of a simplex, of every image the same, and noise around them."""
    generator = np.random.default_rng(seed)
    corners = np.repeat(10 * np.eye(4, 6), copies, axis=0)
    return corners + noise * generator.standard_normal((images, *corners.shape))


def test_points_have_distances_and_no_radius():
    found = dense_structure(planted(), of_image=4, of_group=4)
    corners = 10 * np.eye(4, 6)
    unit = np.linalg.norm(corners - corners.mean(0), axis=1).mean()
    assert found.apart == pytest.approx(10 * 2**0.5 / unit)
    assert found.spread == pytest.approx(0, abs=1e-9)


def test_the_radius_is_the_nuclear_norm_of_a_cluster():
    tokens = planted(noise=0.1)
    found = dense_structure(tokens, of_image=4, of_group=4, group=8)
    unit = np.linalg.norm((tokens - tokens.mean((0, 1))).reshape(-1, 6), axis=1).mean()

    def radius(rows):
        values = np.linalg.svd(rows - rows.mean(0), compute_uv=False)
        return values.sum() / max(len(rows) - 1, 6) ** 0.5

    by_corner = tokens.reshape(8, 4, 6, 6)
    of_images = np.mean([radius(by_corner[i, c]) for i in range(8) for c in range(4)])
    of_group = np.mean([radius(by_corner[:, c].reshape(-1, 6)) for c in range(4)])
    assert found.spread == pytest.approx((of_images + of_group) / 2 / unit)


def test_the_dimension_is_of_one_token_of_each_image():
    # Two opposite tokens to an image: whichever is drawn, singular values are the same.
    tokens = np.random.default_rng(0).standard_normal((30, 1, 5)) + 1
    found = dense_structure(np.concatenate([tokens, -tokens], 1), of_image=2, of_group=5)
    singles = np.linalg.svd(tokens[:, 0], compute_uv=False)
    assert found.dimension == pytest.approx(np.exp(entropy(singles)) / 5)


def test_tighter_clusters_score_higher_and_fewer_dimensions_lower():
    words = {"of_image": 4, "of_group": 4}
    loose, tight = (dense_structure(planted(noise), **words) for noise in (2.0, 0.2))
    assert tight.apart - tight.spread > loose.apart - loose.spread
    assert tight.score() == tight.apart - tight.spread + tight.dimension
    assert tight.score(0) == tight.apart - tight.spread
    flat = planted(0.2)
    flat[..., 2:] = 0
    flat += 1e-6 * np.random.default_rng(1).standard_normal(flat.shape)
    assert dense_structure(flat, **words).dimension < tight.dimension


def test_units_and_rotations_change_nothing_and_seeds_little():
    tokens = planted(noise=0.5)
    words = {"of_image": 4, "of_group": 4}
    rotation = np.linalg.qr(np.random.default_rng(0).standard_normal((6, 6)))[0]
    first = dense_structure(tokens, **words)
    moved = dense_structure(3 * tokens @ rotation, **words)
    for part in ("apart", "spread", "dimension"):
        assert getattr(moved, part) == pytest.approx(getattr(first, part))
    other = dense_structure(tokens, seed=1, **words)
    assert other.score() == pytest.approx(first.score(), rel=0.05)
    assert other != first


def test_directions_are_what_is_left_of_normalised_tokens():
    tokens = planted(noise=0.5)
    longer = tokens * np.random.default_rng(0).uniform(1, 3, (*tokens.shape[:2], 1))
    words = {"of_image": 4, "of_group": 4, "normalise": True}
    one, other = (dense_structure(x, **words) for x in (tokens, longer))
    assert one.score() == pytest.approx(other.score())


def test_tensors_and_lists_hold_tokens_too():
    words = {"of_image": 4, "of_group": 4}
    coarse = torch.tensor(planted(noise=0.5)).bfloat16()
    wide = np.asarray(coarse.double())
    expected = dense_structure(wide, **words)
    assert dense_structure(coarse, **words) == expected
    assert dense_structure(wide.tolist(), **words) == expected


def test_parts_are_a_value():
    assert DenseStructure(2.0, 1.0, 0.5).score(2.0) == 2.0


@pytest.mark.parametrize(
    ("tokens", "words", "message"),
    [
        (np.zeros((4, 3)), {}, r"`tokens` must have shape .* got \(4, 3\)"),
        (np.ones((1, 4, 3)), {}, "`tokens` must be of at least 2 images, .* got 1 in groups of 8"),
        (np.ones((2, 4, 3)), {"group": 0}, "in groups of at least 1, got 2 in groups of 0"),
        (np.ones((2, 4, 3)), {}, "`tokens` must vary, got 8 that coincide"),
    ],
)
def test_it_says_what_it_wants(tokens, words, message):
    with pytest.raises(ValueError, match=message):
        dense_structure(tokens, **words)

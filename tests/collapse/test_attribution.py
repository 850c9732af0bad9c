"""Planted damage is what it says, and is called by its name on laws that tuned nothing."""

import numpy as np
import pytest

from ssl_theory.collapse.attribution import attribute
from ssl_theory.collapse.damage import SEVERITY, plant
from ssl_theory.collapse.detectors import CHANNELS, measure
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.observation import Observation
from ssl_theory.diagnostics.participation import participation_ratio
from tests.collapse.healthy import LAWS, healthy

ALL = tuple(Kind)


def losses(before, after):
    before, after = measure(before), measure(after)
    return {n: c.loss(before[n], after[n]) / c.tolerance for n, c in CHANNELS.items()}


def spectrum(seen):
    return np.linalg.eigvalsh(np.cov(seen.z.T))[::-1]


@pytest.fixture(scope="module")
def seen():
    return healthy("power law", 11)


@pytest.mark.parametrize("kind", ALL)
def test_no_severity_is_no_damage_and_seeds_repeat(seen, kind):
    assert plant(kind, 0.0, seen) is seen
    one, two = (plant(kind, 0.5, seen, seed=3) for _ in range(2))
    for name in ("z", "views", "tokens", "units", "backbone", "assignments", "prototypes"):
        np.testing.assert_array_equal(getattr(one, name), getattr(two, name))
    assert SEVERITY.keys() == set(Kind)


@pytest.mark.parametrize("s", [0.3, 0.9])
def test_severities_are_what_they_say(seen, s):
    before = spectrum(seen)
    assert spectrum(plant(Kind.COMPLETE, s, seen)) == pytest.approx((1 - s) ** 2 * before)
    sharp = plant(Kind.DIMENSIONAL, s, seen)
    assert spectrum(sharp).sum() == pytest.approx(before.sum())
    ratio, old = (participation_ratio(x.z, correction="none") for x in (sharp, seen))
    assert ratio == pytest.approx(max(1.0, (1 - s) * old), rel=1e-6)
    tail = spectrum(plant(Kind.TAIL, s, seen))
    assert tail == pytest.approx(np.sort(before * np.repeat([1, (1 - s) ** 2], [24, 8]))[::-1])
    drift = plant(Kind.MEAN_DRIFT, s, seen)
    share = [x.moments.total_variance / (np.square(x.z.mean(0)).sum() + before.sum())
             for x in (seen, drift)]  # fmt: skip
    assert share[1] == pytest.approx((1 - s) * share[0])
    assert spectrum(drift) == pytest.approx(before)
    assert np.isinf(plant(Kind.NUMERIC, s, seen).z).all(1).mean() == pytest.approx(s, abs=1 / 512)
    units = plant(Kind.DEAD_UNITS, s, seen).units
    assert (units == 0).all(0).mean() == pytest.approx(s, abs=1 / 64)
    used = np.unique(plant(Kind.CODEBOOK, s, seen).assignments)
    assert len(used) == 32 - round(32 * s)
    prototypes = plant(Kind.PARTIAL_PROTOTYPE, s, seen).prototypes
    assert len(np.unique(prototypes, axis=0)) == 64 - round(64 * s)


@pytest.mark.parametrize("s", [0.3, 0.9])
def test_moving_to_a_mean_leaves_the_mean_and_shrinks_what_is_about_it(seen, s):
    still, alike = plant(Kind.TEMPORAL, s, seen), plant(Kind.TOKEN, s, seen)
    before, after = (x.z.reshape(64, 8, 32) for x in (seen, still))
    np.testing.assert_allclose(after.mean(1), before.mean(1), atol=1e-12)
    assert after.var(1) == pytest.approx((1 - s) ** 2 * before.var(1))
    assert alike.tokens.var(1) == pytest.approx((1 - s) ** 2 * seen.tokens.var(1))
    assert np.isclose(alike.tokens.mean(1), seen.tokens.mean(1)).all()


@pytest.mark.parametrize("s", [0.3, 0.9])
def test_noise_and_lost_local_directions_leave_the_variance(seen, s):
    total = spectrum(seen).sum()
    noisy = plant(Kind.AUGMENTATION, s, seen)
    assert spectrum(noisy).sum() == pytest.approx(total, rel=0.1)
    shared = np.trace(np.cov(noisy.z.T, noisy.views.T)[:32, 32:])
    shared /= np.trace(np.cov(seen.z.T, seen.views.T)[:32, 32:])
    assert shared == pytest.approx(1 - s, abs=0.06)
    assert spectrum(plant(Kind.LOCAL, s, seen)).sum() == pytest.approx(total, rel=0.15)


def test_soft_codes_die_with_what_they_held(seen):
    soft = np.eye(32)[seen.assignments] * 0.9 + 0.1 / 32
    damaged = plant(Kind.CODEBOOK, 0.5, Observation.of(seen.z, assignments=soft)).assignments
    assert (damaged == 0).all(0).sum() == 16
    np.testing.assert_allclose(damaged.sum(1), 1)


@pytest.mark.parametrize("law", ["power law", "mixture", "rectified"])
def test_damage_is_called_by_its_name(law):
    seen = healthy(law, 12)
    called = {
        (kind, s): attribute(losses(seen, plant(kind, s, seen, seed=4)))
        for kind in ALL
        for s in (0.3, 0.6)
    }
    right = {key: bool(found) and found[0].kind is key[0] for key, found in called.items()}
    assert np.mean(list(right.values())) >= 0.8
    for kind in (Kind.COMPLETE, Kind.DIMENSIONAL, Kind.TEMPORAL, Kind.CLUSTER):
        assert right[kind, 0.6], kind


@pytest.mark.slow
def test_damage_is_called_by_its_name_over_many_draws():
    right = {}
    for law in LAWS:
        for seed in range(20, 22):
            seen = healthy(law, seed)
            before = measure(seen)
            for kind in ALL:
                for s in (0.3, 0.6, 0.9):
                    after = measure(plant(kind, s, seen, seed=seed))
                    found = attribute(
                        {n: c.loss(before[n], after[n]) / c.tolerance for n, c in CHANNELS.items()}
                    )
                    right.setdefault((law, kind, s), []).append(
                        bool(found) and found[0].kind is kind
                    )
    for law in LAWS:
        assert np.mean([v for k, v in right.items() if k[0] == law]) >= 0.9
    for kind in set(ALL) - {Kind.LOCAL}:
        assert np.mean([v for k, v in right.items() if k[1] is kind]) >= 0.8, kind


def test_small_losses_and_gains_have_no_cause():
    assert attribute({}) == ()
    assert attribute(dict.fromkeys(CHANNELS, 0.99)) == ()
    assert attribute(dict.fromkeys(CHANNELS, -50.0)) == ()
    assert attribute(dict.fromkeys(CHANNELS, np.nan)) == ()


def test_variance_that_falls_while_the_rank_rises_is_complete():
    found = attribute({"log variance": 8.0, "log participation ratio": -1.0, "sphericity gap": 2.0})
    assert [cause.kind for cause in found] == [Kind.COMPLETE, Kind.TAIL]
    assert "more than lost directions explain" in str(found[0])


def test_variance_that_left_with_directions_is_dimensional():
    half = np.log(2)
    lost = {"log variance": half / 0.35, "log participation ratio": half / 0.2}
    found = attribute(lost | {"sphericity gap": 50.0})
    assert [cause.kind for cause in found] == [Kind.DIMENSIONAL, Kind.TAIL, Kind.COMPLETE]


def test_the_spread_shrinking_about_a_mean_is_no_drift_in_the_first_place():
    found = attribute({"log variance share": 5.0, "log variance": 4.0})
    assert [cause.kind for cause in found] == [Kind.COMPLETE, Kind.MEAN_DRIFT]
    found = attribute({"log variance share": 5.0, "log variance": 0.0})
    assert [cause.kind for cause in found] == [Kind.MEAN_DRIFT]


@pytest.mark.parametrize("place", ["", " at the backbone"])
def test_it_is_a_split_if_one_lost_directions_and_the_other_did_not(place):
    name, there = "log participation ratio", "log participation ratio at the backbone"
    apart = {name: 0.0, there: 0.0} | {name + place: 3.0}
    assert attribute(apart)[0].kind is Kind.SPLIT
    assert attribute({name: 3.0, there: 3.0})[0].kind is Kind.DIMENSIONAL
    assert all(cause.kind is not Kind.SPLIT for cause in attribute({name + place: 3.0}))


def test_overflow_comes_before_all_that_follows_from_it():
    found = attribute(dict.fromkeys(CHANNELS, 9.0) | {"share of items that are not finite": 2.0})
    assert found[0].kind is Kind.NUMERIC
    assert len({cause.kind for cause in found}) == len(found)


@pytest.mark.parametrize(
    ("channel", "kind"),
    [
        ("share of dead codes", Kind.CODEBOOK),
        ("log perplexity of codes", Kind.CODEBOOK),
        ("log odds of prediction", Kind.PREDICTOR_IDENTITY),
    ],
)
def test_what_is_made_of_embeddings_follows_them(channel, kind):
    """Codes that die because the mean drifted are no collapse of the codebook, at first."""
    found = attribute({channel: 8.0, "log variance share": 11.0})
    assert [cause.kind for cause in found] == [Kind.MEAN_DRIFT, kind]
    assert attribute({channel: 8.0, "log variance share": 2.0})[0].kind is kind


def test_prototypes_that_coincide_come_before_the_codes_that_die_with_them():
    found = attribute({"log number of distinct prototypes": 2.0, "share of dead codes": 3.0})
    assert [cause.kind for cause in found] == [Kind.PARTIAL_PROTOTYPE, Kind.CODEBOOK]


def test_damage_that_cannot_be_done_says_what_it_lacks():
    with pytest.raises(ValueError, match="must hold trajectories to damage them"):
        plant(Kind.TEMPORAL, 0.5, Observation(np.eye(3)))
    with pytest.raises(ValueError, match="`severity` must lie between 0 and 1, got 3"):
        plant(Kind.COMPLETE, 3, Observation(np.eye(3)))

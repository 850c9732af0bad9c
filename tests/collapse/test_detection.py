"""A collapse is shown as rarely as it says where there is none, and where there is one, named."""

import itertools
import re

import numpy as np
import pytest
import torch
from scipy.stats import binom, f, kstest

from ssl_theory.collapse import detect, detectors, twin, twins
from ssl_theory.collapse.damage import plant
from ssl_theory.collapse.detector import Against
from ssl_theory.collapse.detectors import measure
from ssl_theory.collapse.detectors.dead_units import RARE
from ssl_theory.collapse.judging import holm
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.observation import Observation
from ssl_theory.collapse.paired import changes
from tests.collapse.healthy import healthy

DRAWS = 500


def normal(*shape, seed=0):
    return np.random.default_rng(seed).standard_normal(shape)


def rejected_rightly(p_values, level=0.05):
    """Within 99.9 % of what a test of that size would do, of so many draws."""
    low, high = binom.interval(0.999, len(p_values), level)
    return low <= np.sum(np.asarray(p_values) <= level) <= high


def even(p_values, steps=None, seed=0):
    """Whether they are evenly spread; chances that come in steps are spread over their steps."""
    p = np.array(p_values)
    if steps:
        p = p - np.random.default_rng(seed).uniform(0, 1 / steps, len(p))
    return kstest(p, "uniform").pvalue > 1e-3


def null_of(detector, draw, count=DRAWS):
    found = {}
    for seed in range(count):
        for evidence in detector.test(draw(np.random.default_rng([seed, 9])), seed):
            found.setdefault(evidence.channel, []).append(evidence.p_value)
    return found


def test_mean_drift_has_its_size_exactly():
    """By Fisher's law of the mean, which needs no simulation."""
    found = null_of(
        detectors.mean_drift, lambda g: Observation(3 * g.standard_normal((20, 5))), 2000
    )
    (p,) = found.values()
    assert rejected_rightly(p) and even(p)
    seen = Observation(normal(20, 5) + 0.4)
    (evidence,) = detectors.mean_drift.test(seen, 0)
    within = np.square(seen.z - seen.z.mean(0)).sum()
    quotient = 20 * np.square(seen.z.mean(0)).sum() / 5 / (within / (19 * 5))
    assert evidence.p_value == pytest.approx(f.sf(quotient, 5, 95))


SHUFFLED = {
    "temporal": lambda g: Observation.of(
        g.standard_normal((24, 3)), trajectories=np.repeat(np.arange(6), 4)
    ),
    "token": lambda g: Observation.of(np.zeros((24, 2)), tokens=g.standard_t(3, (24, 3, 2))),
    "augmentation": lambda g: Observation.of(
        g.standard_t(3, (24, 3)), views=g.standard_t(3, (24, 3))
    ),
}


@pytest.mark.parametrize("name", SHUFFLED)
def test_shuffles_have_their_size_exactly(name, monkeypatch):
    module = __import__(f"ssl_theory.collapse.detectors.{name}", fromlist=["DRAWS"])
    monkeypatch.setattr(module, "DRAWS", 19)
    (p,) = null_of(getattr(detectors, name), SHUFFLED[name]).values()
    assert rejected_rightly(p) and even(p, steps=20)


def test_spectra_have_their_size_exactly(monkeypatch):
    monkeypatch.setattr(twin, "DRAWS", 19)
    twin.noise_spectra.cache_clear()
    p_values = {"dimensional": [], "tail": []}
    for seed in range(DRAWS):
        seen = Observation(7 + normal(20, 4, seed=seed))
        for name, p in p_values.items():
            (evidence,) = getattr(detectors, name).test(seen, seed)
            p.append(evidence.p_value)
    twin.noise_spectra.cache_clear()
    for p in p_values.values():
        assert rejected_rightly(p) and even(p, steps=20)


@pytest.mark.slow
@pytest.mark.parametrize("exponent", [0.0, 1.0])
def test_twins_have_their_size_whatever_the_covariance(exponent):
    spreads = np.arange(1.0, 7) ** -exponent
    draw = lambda g: Observation(g.standard_normal((64, 6)) * spreads)  # noqa: E731
    found = null_of(detectors.cluster, draw) | null_of(detectors.local, draw)
    assert len(found) == 3
    for name, p in found.items():
        assert rejected_rightly(p) and even(p), name


def test_twins_reject_about_as_often_as_they_say(monkeypatch):
    """A hundred draws tell 5 % from 18 %, whatever the number of twins; the full job has more."""
    monkeypatch.setattr(twins, "TWINS", 9)
    draw = lambda g: Observation(g.standard_normal((48, 4)))  # noqa: E731
    found = null_of(detectors.cluster, draw, 100) | null_of(detectors.local, draw, 100)
    for name, p in found.items():
        assert np.sum(np.array(p) <= 0.05) <= binom.ppf(0.9995, 100, 0.05), name
        assert even(p), name


CONSERVATIVE = {
    "codebook": lambda g: Observation.of(
        np.zeros((30, 1)), assignments=g.integers(0, 12, 30), codes=12
    ),
    "partial_prototype": lambda g: Observation.of(
        np.zeros((30, 1)), prototypes=g.standard_normal((12, 4))
    ),
    "dead_units": lambda g: Observation.of(
        np.zeros((400, 1)), units=(g.uniform(size=(400, 6)) < RARE).astype(float)
    ),
}


@pytest.mark.parametrize("name", CONSERVATIVE)
@pytest.mark.parametrize("level", [0.05, 0.2])
def test_counts_reject_no_more_often_than_they_say(name, level):
    (p,) = null_of(getattr(detectors, name), CONSERVATIVE[name]).values()
    assert np.sum(np.array(p) <= level) <= binom.ppf(0.9995, DRAWS, level)
    assert min(p) <= 0.6  # they do say something


def test_the_chance_of_dead_codes_is_that_of_a_simulation():
    generator = np.random.default_rng(0)
    drawn = [len(np.unique(generator.integers(0, 12, 30))) for _ in range(20_000)]
    for alive in (9, 10, 11, 12):
        seen = Observation.of(np.zeros((30, 1)), assignments=np.resize(np.arange(alive), 30),
                              codes=12)  # fmt: skip
        (evidence,) = detectors.codebook.test(seen, 0)
        share = np.mean(np.array(drawn) <= alive)
        assert abs(evidence.p_value - share) < 5 * np.sqrt(max(share * (1 - share), 1e-4) / 20_000)


def paired(count, shrink=None):
    """Chances of two embeddings of the same items, as noisy as each other, at no tolerance."""
    found = {}
    for seed in range(count):
        g = np.random.default_rng([seed, 5])
        groups = np.arange(192) // 4
        core = (g.standard_normal((48, 6))[groups] + g.standard_normal((192, 6))) / np.arange(1, 7)

        def seen(g=g, core=core, groups=groups):
            z, w = (0.3 + core + 0.3 * g.standard_normal((192, 6)) for _ in range(2))
            return Observation.of(
                z, views=w, trajectories=groups, predictions=z + g.standard_normal((192, 6))
            )

        for moved in changes(seen(), seen(), tolerance=0.0, seed=seed):
            found.setdefault(moved.channel, []).append(moved.p_value)
    return found


NEVER = {"share of items that are not finite", "log share of rounding"}
# Their error is told too large: of the same items, the twin rises and falls with them.
CAREFUL = {"log distance to neighbours", "log spread within cells"}


@pytest.mark.slow
def test_changes_that_chance_made_are_shown_as_often_as_they_say():
    for name, p in paired(DRAWS).items():
        if name in NEVER:
            assert set(p) == {1.0}
        elif name in CAREFUL:
            assert np.sum(np.array(p) <= 0.05) <= binom.ppf(0.9995, DRAWS, 0.05), name
        else:
            # The law of Student is a limit here, so that their spread is not held to be even.
            assert rejected_rightly(p), (name, np.mean(np.array(p) <= 0.05))


@pytest.mark.parametrize(("loss", "shown"), [(0.1, False), (0.34, False), (0.36, True)])
@pytest.mark.parametrize("noise", [0.0, 1e-3])
def test_changes_are_judged_beside_the_tolerance(loss, shown, noise):
    z = normal(400, 4)
    after = np.exp(-loss / 2) * (z + noise * normal(400, 4, seed=1))
    (moved,) = changes(Observation(z), Observation(after), [detectors.complete])
    assert moved.before - moved.after == pytest.approx(loss, abs=1e-3)
    assert moved.p_value < 1e-3 if shown else moved.p_value > 1 - 1e-3


def test_holm_is_the_closure_of_bonferroni():
    p = np.random.default_rng(0).uniform(0, 0.2, 6)
    closed = [
        max(
            min(1.0, len(chosen) * p[list(chosen)].min())
            for size in range(1, 7)
            for chosen in itertools.combinations(range(6), size)
            if i in chosen
        )
        for i in range(6)
    ]
    assert holm(p) == pytest.approx(closed)
    assert holm([]) == []


def test_noise_has_not_collapsed_and_all_chances_are_corrected_together():
    found = detect(normal(256, 16), against="isotropy")
    assert found.kinds == () and found.causes == ()
    adjusted = holm([finding.p_value for finding in found.findings])
    assert [finding.adjusted for finding in found.findings] == adjusted
    assert str(found).startswith("No collapse was shown, of 8 tests at 5%.")


@pytest.mark.slow
def test_noise_is_rarely_said_to_have_collapsed_in_any_way():
    """The chance of any is at most the level, of all 8 tests together."""
    wrong = sum(
        bool(detect(normal(48, 4, seed=s), against="isotropy", level=0.2, seed=s).kinds)
        for s in range(100)
    )
    assert wrong <= binom.ppf(0.9995, 100, 0.2)


@pytest.mark.parametrize(
    "kind", [Kind.DIMENSIONAL, Kind.TAIL, Kind.CLUSTER, Kind.MEAN_DRIFT], ids=lambda k: k.value
)
def test_what_was_noise_and_collapsed_is_named_without_a_reference(kind):
    seen = plant(kind, 0.8, Observation(normal(400, 16)))
    assert detect(seen, against="isotropy").kinds[0] is kind


@pytest.mark.parametrize("kind", Kind, ids=lambda kind: kind.value)
def test_what_was_healthy_and_collapsed_is_named_beside_its_reference(kind):
    before = healthy("power law", 30, items=256, dimensions=16)
    severity = 0.95 if kind is Kind.LOCAL else 0.7
    found = detect(plant(kind, severity, before), previous=before)
    assert found.kinds and found.kinds[0] is kind, str(found)


def test_what_stayed_healthy_beside_its_reference_is_left_alone():
    before = healthy("mixture", 31, items=256, dimensions=16)
    later = Observation.of(
        before.z + 0.05 * normal(256, 16), views=before.views, trajectories=before.trajectories
    )
    assert detect(later, previous=before).kinds == ()


def test_views_that_are_matched_no_better_than_at_random_have_been_taken_over():
    z, w = normal(2, 200, 8)
    assert detect(z, w).kinds == (Kind.AUGMENTATION,)
    assert detect(z, z + w).kinds == ()


def test_items_that_coincide_and_numbers_that_overflow_need_no_reference():
    assert detect(np.ones((40, 3))).kinds == (Kind.COMPLETE,)
    broken = normal(40, 3)
    broken[3, 1] = np.inf
    found = detect(broken)
    assert found.kinds == (Kind.NUMERIC,)
    assert found.findings[0].found == pytest.approx(1 / 40)
    assert detect(np.full((40, 3), np.nan), against="isotropy").kinds == (Kind.NUMERIC,)


def test_clusters_that_labels_explain_are_no_collapse():
    labels = np.resize(np.arange(4), 320)
    z = 8 * normal(4, 6)[labels] + normal(320, 6, seed=1)
    clustered = {f.kind for f in detect(z, against="isotropy").findings if f.collapsed}
    forgiven = {f.kind for f in detect(z, labels=labels, against="isotropy").findings
                if f.collapsed}  # fmt: skip
    assert Kind.CLUSTER in clustered
    assert Kind.CLUSTER not in forgiven and Kind.DIMENSIONAL in forgiven
    tight = z.copy()
    tight[:] = 8 * normal(4, 6)[labels] + 0.05 * normal(320, 6, seed=1)
    assert detect(tight, previous=z).kinds[0] is Kind.CLUSTER
    assert Kind.CLUSTER not in detect(tight, previous=z, labels=labels).kinds


def test_what_is_not_judged_is_listed_with_what_it_lacks():
    found = detect(normal(64, 4))
    lacking = dict(found.missing)
    assert lacking[Kind.TOKEN] == "needs `tokens`"
    assert lacking[Kind.DIMENSIONAL] == 'needs `previous`, or against="isotropy"'
    judged = {finding.kind for finding in found.findings}
    assert judged == {Kind.NUMERIC, Kind.COMPLETE}
    assert judged | lacking.keys() == set(Kind)
    few = dict(detect(normal(8, 2), against="isotropy").missing)
    assert few[Kind.CLUSTER] == "needs 16 items that are finite, and has 8"
    seen = Observation.of(normal(64, 4), predictions=normal(64, 4))
    assert dict(detect(seen).missing)[Kind.PREDICTOR_IDENTITY] == (
        "needs `previous`, with the same to look at"
    )


def test_it_prints_a_table_with_reasons():
    before = healthy("isotropic", 3, items=128, dimensions=8)
    text = str(detect(plant(Kind.SPLIT, 0.8, before), previous=before))
    assert text.startswith("Collapsed: split, dimensional, tail.")
    assert re.search(r"dimensional +log participation ratio +reference .* collapsed\n", text)
    assert "split: directions were lost by the projector and not by the backbone" in text
    assert all(len(line) < 140 for line in text.splitlines())


def test_tensors_arrays_and_observations_are_the_same():
    z = normal(64, 4).astype(np.float32)
    as_array = detect(z, z[::-1].copy(), against="isotropy")
    tensor = torch.from_numpy(z)
    assert detect(tensor, tensor.flip(0), against="isotropy") == as_array
    assert detect(Observation.of(z, views=z[::-1]), against="isotropy") == as_array
    assert detect(z, previous=tensor) == detect(z, previous=Observation.of(z))


def test_it_is_the_same_each_time_and_other_seeds_are_other_draws():
    z = normal(64, 4)
    one, two, other = (detect(z, against="isotropy", seed=seed) for seed in (0, 0, 1))
    assert one == two != other


@pytest.mark.parametrize("items", [64, 640])
def test_measures_of_a_part_use_the_neighbours_of_the_whole(items):
    seen = healthy("isotropic", 0, items=items, dimensions=4)
    assert measure(seen.part(np.arange(items))) == pytest.approx(measure(seen), rel=1e-9)
    half = measure(seen.part(np.arange(0, items, 2)), [detectors.local])
    assert half == pytest.approx(measure(seen, [detectors.local]), abs=0.15)


def test_fewer_items_than_dimensions_are_judged_as_well():
    noise = detect(normal(40, 60), against="isotropy")
    assert noise.kinds == ()
    flat = detect(normal(40, 60) * (np.arange(60) < 5), against="isotropy")
    assert flat.kinds[0] is Kind.DIMENSIONAL


def test_it_says_what_it_wanted():
    z = normal(20, 3)
    with pytest.raises(ValueError, match=r"`views` must be of the 20 items of `z`, got 19"):
        detect(z, z[1:])
    with pytest.raises(ValueError, match=r"`previous` must be of the 20 items of `z`, got 19"):
        detect(z, previous=z[1:])
    with pytest.raises(ValueError, match=r'`against` must be None or "isotropy", got .noise.'):
        detect(z, against="noise")
    with pytest.raises(ValueError, match=r"`level` must lie between 0 and 1, got 5"):
        detect(z, level=5)
    with pytest.raises(ValueError, match=r"`labels` must hold one label for each of 20 items"):
        detect(z, labels=[1, 2])
    with pytest.raises(ValueError, match=r"`z` must have 2 axes, got shape \(2, 20, 3\)"):
        detect(np.stack([z, z]))


def test_each_test_is_against_what_its_detector_says():
    seen = healthy("isotropic", 1, items=64, dimensions=4)
    for finding in detect(seen, against="isotropy").findings:
        detector = next(d for d in detectors.DETECTORS if d.kind is finding.kind)
        assert finding.against is detector.against is not Against.REFERENCE
        assert finding.channel in {channel.name for channel in detector.channels}

"""A watch sees what modules return, leaves no trace in training, and goes on from its state."""

import json
import random

import numpy as np
import pytest
import torch
from numpy.testing import assert_array_equal
from torch import nn

from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.monitor import Monitor
from ssl_theory.integrations.torch_hooks import Watch

PROBE = torch.randn(48, 6, generator=torch.Generator().manual_seed(1))
BATCHES = torch.randn(60, 32, 6, generator=torch.Generator().manual_seed(2))


class Encoder(nn.Module):
    """With all that training moves and eval mode stills: dropout, running means, frozen parts."""

    def __init__(self, noise: float = 0.0) -> None:
        super().__init__()
        self.backbone = nn.Sequential(
            nn.Linear(6, 16), nn.BatchNorm1d(16), nn.Dropout(0.2), nn.ReLU(inplace=True)
        )
        self.projector = nn.Linear(16, 5)
        self.noise = noise

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        z = self.projector(self.backbone(x))
        if self.noise:
            z = z + self.noise * torch.randn_like(z) * random.random() * np.random.rand()  # noqa: NPY002
        return z


def encoder(seed: int = 0, **words: float) -> Encoder:
    torch.manual_seed(seed)
    random.seed(seed)
    np.random.seed(seed)  # noqa: NPY002
    model = Encoder(**words)
    model.backbone[1].eval()  # as one who fine-tunes does
    return model


def trained(model: Encoder, batches: torch.Tensor, watch: Watch | None = None) -> list[float]:
    """Losses of an objective that keeps variance up and ties two passes of the same items."""
    optimiser = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
    losses = []
    for batch in batches:
        z, w = model(batch), model(batch)
        loss = (z - w).square().mean() + (1 - z.std(0)).relu().mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
        if watch is not None:
            watch.step()
    return losses


def taps(model: Encoder) -> dict[str, nn.Module | str]:
    return {"z": model.projector, "backbone": "backbone.0"}


def test_training_is_the_same_bit_by_bit_as_if_nobody_watched():
    alone = encoder(noise=0.3)
    expected = trained(alone, BATCHES)
    watched = encoder(noise=0.3)
    watch = Watch(watched, PROBE, {"z": "", "backbone": "backbone"}, every=7)
    assert trained(watched, BATCHES, watch) == expected
    assert watch.monitor.probes == 60 // 7
    for name, value in alone.state_dict().items():
        assert torch.equal(watched.state_dict()[name], value), name
    assert watched.training and not watched.backbone[1].training
    assert not any(module._forward_hooks for module in watched.modules())


def test_what_is_seen_is_what_the_modules_return_in_eval_mode():
    model = encoder()
    seen = Watch(model, PROBE, taps(model)).observation()
    model.eval()
    with torch.no_grad():
        hidden = model.backbone[0](PROBE)
        assert_array_equal(seen.backbone, hidden.double())
        assert_array_equal(seen.z, model(PROBE).double())
    assert seen.z.dtype == seen.backbone.dtype == np.float64


def test_a_module_that_writes_over_its_input_does_not_write_over_what_was_seen():
    # In double precision, in which nothing has to be copied to be converted.
    model = nn.Sequential(nn.Linear(6, 5), nn.ReLU(inplace=True)).double()
    seen = Watch(model, PROBE, {"z": "", "backbone": "0"}).observation()
    assert (seen.backbone < 0).any() and not (seen.z < 0).any()


def test_a_model_that_draws_draws_the_same_at_every_probe():
    model = encoder(noise=1.0)
    watch = Watch(model, PROBE, {"z": ""})
    first = watch.observation().z
    torch.rand(3), random.random(), np.random.rand()  # noqa: NPY002
    assert_array_equal(watch.observation().z, first)


@pytest.mark.parametrize("chunk", [1, 7, 48, 100])
def test_chunks_are_put_together_in_their_order(chunk):
    model = encoder().double()
    whole, chunked = (
        Watch(model, PROBE, taps(model), views=PROBE + 1, chunk=c).observation()
        for c in (None, chunk)
    )
    for part in ("z", "views", "backbone"):
        np.testing.assert_allclose(getattr(chunked, part), getattr(whole, part), rtol=1e-12)


@pytest.mark.parametrize(
    ("probe", "select"),
    [
        (PROBE, lambda output: output["embeddings"]),
        ((PROBE, 2), lambda output: output["embeddings"] / 2),
        ({"x": PROBE, "scale": 2}, lambda output: output["embeddings"] / 2),
    ],
    ids=["tensor", "tuple", "dictionary"],
)
def test_probes_and_outputs_of_any_shape(probe, select):
    class Scaled(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.linear = nn.Linear(6, 5)

        def forward(self, x: torch.Tensor, scale: float = 1) -> dict[str, torch.Tensor]:
            return {"embeddings": scale * self.linear(x)}

    torch.manual_seed(0)
    model = Scaled()
    for chunk in (None, 7):
        watch = Watch(model, probe, {"z": model}, select={"z": select}, chunk=chunk)
        np.testing.assert_allclose(
            watch.observation().z, model.linear(PROBE).detach(), rtol=1e-5, atol=1e-6
        )


def test_what_no_module_returns_is_given_or_asked_for_at_every_probe():
    model = encoder()
    trajectories = np.repeat(np.arange(6), 8)
    others = {"trajectories": trajectories, "prototypes": lambda: model.projector.weight}
    watch = Watch(model, PROBE, taps(model), others=others)
    before = watch.observation()
    with torch.no_grad():
        model.projector.weight += 1
    assert_array_equal(before.trajectories, trajectories)
    np.testing.assert_allclose(watch.observation().prototypes, before.prototypes + 1, rtol=1e-6)


@pytest.mark.parametrize(
    "wrap",
    [nn.DataParallel, lambda model: torch.compile(model, backend="eager")],
    ids=["parallel", "compiled"],
)
def test_a_wrapped_model_is_looked_at_without_its_wrapper(wrap):
    model = encoder()
    expected = Watch(model, PROBE, taps(model)).observation()
    wrapped = wrap(model)
    for where in ("projector", wrapped):
        seen = Watch(wrapped, PROBE, {"z": where}).observation()
        assert_array_equal(seen.z, expected.z)


def test_a_compiled_part_is_seen_as_a_whole_and_not_inside():
    model = encoder()
    expected = Watch(model, PROBE, {"z": "", "backbone": "backbone"}).observation()
    model.backbone = torch.compile(model.backbone, backend="eager")
    for where in ("backbone", model.backbone):
        seen = Watch(model, PROBE, {"z": "", "backbone": where}).observation()
        assert_array_equal(seen.backbone, expected.backbone)
    with pytest.raises(ValueError, match="of a compiled part, the whole"):
        Watch(model, PROBE, {"z": "", "backbone": "backbone._orig_mod.1"}).look()


def test_steps_are_counted_by_the_watch_or_by_the_loop():
    model = encoder()
    assert [n for n in range(1, 13) if Watch.step(w := Watch(model, PROBE, taps(model)), n)] == []
    w = Watch(model, PROBE, taps(model), every=5)
    assert [n for n in range(1, 13) if w.step()] == [5, 10]
    w = Watch(model, PROBE, taps(model), every=5)
    assert [n for n in (1, 4, 4, 6, 6, 9, 17, 19, 20) if w.step(n)] == [6, 17, 20]


def test_casting_the_model_changes_no_dtype_and_no_digit_of_the_state():
    model = encoder()
    watch = Watch(model, PROBE, taps(model), every=1)
    trained(model, BATCHES[:20], watch)
    before = json.dumps(watch.state_dict())
    names = set(model.state_dict())
    model.to(torch.bfloat16)
    assert json.dumps(watch.state_dict()) == before
    assert names == set(model.state_dict()), "the watch put something into the model"
    seen = watch.observation()
    assert seen.z.dtype == seen.moments.covariance().dtype == np.float64
    assert seen.roundoff == 2.0**-8
    assert watch.step() is not None


def test_one_that_is_saved_killed_and_loaded_goes_on_identically():
    model = encoder()
    watch = Watch(model, PROBE, taps(model), every=2)
    trained(model, BATCHES[:25], watch)
    saved = json.dumps({"watch": watch.state_dict()})
    weights = {name: value.clone() for name, value in model.state_dict().items()}

    def rest(model: Encoder, watch: Watch) -> tuple[list[float], str]:
        torch.manual_seed(5)
        return trained(model, BATCHES[25:], watch), json.dumps(watch.state_dict())

    expected = rest(model, watch)
    again = encoder(seed=9)
    again.load_state_dict(weights)
    resumed = Watch(again, PROBE, taps(again), every=2)
    resumed.load_state_dict(json.loads(saved)["watch"])
    assert rest(again, resumed) == expected
    assert resumed.monitor.probes == 30


def test_a_nan_is_reported_with_its_step_and_leaves_the_state_as_if_it_had_not_been():
    model = encoder()
    watched, spared = (Watch(model, PROBE, taps(model), every=1) for _ in "ab")
    poison = iter(range(60))
    finite = {n: p.clone() for n, p in model.named_parameters()}
    for step in poison:
        for name, p in model.named_parameters():
            p.data = finite[name] * (1 + 0.01 * np.sin(step))
        if step == 44:
            model.projector.bias.data[2] = float("nan")
        status = watched.step()
        if step != 44:
            spared.step(step + 1)
        assert (status.alarm is not None) == (step == 44)
    (alarm,) = watched.monitor.alarms
    assert alarm.step == 45 and alarm.kinds == (Kind.NUMERIC,)
    assert not spared.monitor.alarms
    channels = watched.state_dict()["monitor"]["channels"]
    rest = {name: value for name, value in channels.items() if "finite" not in name}
    others = spared.state_dict()["monitor"]["channels"]
    assert rest == {name: others[name] for name in rest}


def test_numbers_to_log_are_channels_losses_evidence_and_counts_of_alarms():
    model = encoder()
    watch = Watch(model, PROBE, taps(model), Monitor(burn_in=18), every=1)
    original = model.projector.weight.detach().clone()
    generator = torch.Generator().manual_seed(0)
    for step in range(40):
        with torch.no_grad():
            noise = 1 + 0.02 * torch.randn((), generator=generator)
            model.projector.weight.copy_(original * noise * 0.7 ** max(0, step - 32))
        numbers = watch.numbers(watch.step())
        variance = np.log(watch.observation().z.var(0, ddof=1).sum())
        assert numbers["channel/log_variance"] == pytest.approx(variance, rel=1e-9)
        assert numbers["evidence"] >= 0 and (numbers["evidence"] >= 1) <= (numbers["alarms"] >= 1)
    assert numbers["alarms"] >= 1 and numbers["alarms/complete"] >= 1
    assert numbers["loss/log_variance"] > 1
    assert all(" " not in name and np.isfinite(number) for name, number in numbers.items())


@pytest.mark.parametrize(
    ("words", "error", "complaint"),
    [
        ({"taps": {"backbone": "backbone"}}, ValueError, r"`taps` must say where .* `z`"),
        ({"taps": {"z": "head"}}, ValueError, "must name modules of the model, got 'head'. It has"),
        ({"every": 0}, ValueError, "`every` must be at least 1 step, got 0"),
    ],
)
def test_a_watch_that_cannot_be_is_refused(words, error, complaint):
    words = {"taps": {"z": "projector"}} | words
    with pytest.raises(error, match=complaint):
        Watch(encoder(), PROBE, **words)


@pytest.mark.parametrize(
    ("words", "error", "complaint"),
    [
        (
            {"taps": {"z": nn.Linear(6, 5)}},
            ValueError,
            r"called once .* 0 calls. Name a module",
        ),
        (
            {"forward": lambda model, x: (model(x), model(x))},
            ValueError,
            r"`taps\['z'\]` must be called once .* got 2 calls. Give a `forward`",
        ),
        (
            {"select": {"z": lambda output: output.tolist()}},
            TypeError,
            r"`taps\['z'\]` must give a tensor, got list. Say what of it",
        ),
        ({"taps": {"z": "", "bone": "backbone"}}, TypeError, "must be of .* got `bone`"),
        ({"views": PROBE[:3]}, ValueError, "`views` must be of the 48 items"),
    ],
)
def test_a_look_that_fails_says_why_and_leaves_no_hook_and_no_mode_behind(words, error, complaint):
    model = encoder()
    watch = Watch(model, PROBE, **({"taps": {"z": "projector"}} | words))
    with pytest.raises(error, match=complaint):
        watch.look()
    assert model.training and torch.is_grad_enabled()
    assert not any(module._forward_hooks for module in model.modules())

"""The real Trainer, its history, reports and checkpoints, with a model made on the spot."""

import logging
import socket
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.testing import assert_array_equal
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from transformers import BertConfig, BertForMaskedLM, Trainer, TrainerCallback, TrainingArguments

from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.monitor import Monitor
from ssl_theory.integrations.transformers import CollapseCallback

CONFIG = BertConfig(
    vocab_size=20,
    hidden_size=16,
    num_hidden_layers=1,
    num_attention_heads=2,
    intermediate_size=16,
    max_position_embeddings=8,
)
TOKENS = torch.randint(0, 20, (64, 8), generator=torch.Generator().manual_seed(0))
PROBE = torch.randint(0, 20, (40, 8), generator=torch.Generator().manual_seed(1))

pytestmark = [  # what the library says of the device that is not there
    pytest.mark.filterwarnings("ignore:'pin_memory' argument is set as true"),
]


@pytest.fixture(autouse=True)
def offline(monkeypatch):
    """No model, no data set and no telemetry comes from anywhere."""

    def refuse(*address: object) -> None:
        raise OSError("a test must not use the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def trainer(folder: Path, steps: int = 60, **words: object) -> Trainer:
    torch.manual_seed(0)
    quiet = {"report_to": "none", "save_strategy": "no", "disable_tqdm": True}
    arguments = TrainingArguments(
        folder,
        max_steps=steps,
        per_device_train_batch_size=8,
        learning_rate=1e-3,
        lr_scheduler_type="constant",
        logging_strategy="no",
        use_cpu=True,
        seed=0,
        **quiet | words,
    )
    items = [{"input_ids": row, "labels": row} for row in TOKENS]
    return Trainer(BertForMaskedLM(CONFIG), arguments, train_dataset=items)


def watched(training: Trainer, every: int = 2, **words: object) -> CollapseCallback:
    taps = {"z": "bert.encoder", "tokens": "bert.encoder"}
    select = {
        "z": lambda output: output.last_hidden_state.mean(1),
        "tokens": lambda output: output.last_hidden_state,
    }
    watching = CollapseCallback(
        training,
        {"input_ids": PROBE},
        taps,
        Monitor(burn_in=18),
        every=every,
        select=select,
        **words,
    )
    training.add_callback(watching)
    return watching


class Shrinking(TrainerCallback):
    """From some step on the embeddings' length is lost."""

    def __init__(self, model: BertForMaskedLM, since: int) -> None:
        self.norm, self.since = model.bert.encoder.layer[-1].output.LayerNorm, since

    def on_step_begin(self, args, state, control, **given):
        if state.global_step >= self.since:
            self.norm.weight.data *= 0.8


def weights(training: Trainer) -> dict[str, torch.Tensor]:
    return {name: value.clone() for name, value in training.model.state_dict().items()}


def test_training_is_the_same_bit_by_bit_as_without_it(tmp_path):
    alone, other = trainer(tmp_path, 20), trainer(tmp_path, 20)
    watching = watched(other)
    for training in (alone, other):
        torch.manual_seed(3)
        training.train()
    assert watching.monitor.probes == 10
    for name, value in weights(alone).items():
        assert torch.equal(weights(other)[name], value), name


def test_history_and_tensorboard_get_every_probe_and_every_alarm(tmp_path, monkeypatch):
    monkeypatch.setenv("TENSORBOARD_LOGGING_DIR", str(tmp_path / "board"))
    training = trainer(tmp_path, 120, report_to="tensorboard")
    training.add_callback(Shrinking(training.model, 90))
    watching = watched(training)
    training.train()
    alarm = watching.monitor.alarm
    assert Kind.COMPLETE in alarm.kinds and 90 < alarm.step < 110

    name = "collapse/channel/log_variance"
    rows = {row["step"]: row for row in training.state.log_history if name in row}
    assert list(rows) == list(range(2, 121, 2))
    for step, values in watching.monitor.history:
        assert rows[step][name] == values["log variance"]
        assert (rows[step]["collapse/alarms"] > 0) == (step >= alarm.step)

    (folder,) = {path.parent for path in (tmp_path / "board").rglob("events*")}
    events = EventAccumulator(str(folder), size_guidance={"scalars": 0})
    events.Reload()
    drawn = events.Scalars("train/" + name)
    assert [event.step for event in drawn] == list(range(2, 121, 2))
    expected = [values["log variance"] for _, values in watching.monitor.history]
    np.testing.assert_allclose([event.value for event in drawn], expected, rtol=1e-6)


def test_one_that_is_interrupted_and_resumed_from_a_checkpoint_goes_on_identically(tmp_path):
    saving = {"save_strategy": "steps", "save_steps": 30}
    whole = trainer(tmp_path / "whole", 90, **saving)
    never_stopped = watched(whole, every=4)
    whole.train()
    rest = trainer(tmp_path / "rest", 90, **saving)
    resumed = watched(rest, every=4)
    rest.train(resume_from_checkpoint=str(tmp_path / "whole" / "checkpoint-30"))
    for name, value in weights(whole).items():
        assert torch.equal(weights(rest)[name], value), f"training did not resume: {name}"
    assert resumed.monitor.state_dict() == never_stopped.monitor.state_dict()
    assert resumed.monitor.probes == 22 and resumed.monitor.history[0][0] == 4


def test_training_anew_is_watched_anew(tmp_path):
    training = trainer(tmp_path, 20)
    watching = watched(training)
    training.train()
    training.train()
    assert watching.monitor.probes == 10 and watching.monitor.step == 20


def test_an_alarm_stops_training_if_asked_to_and_is_told(tmp_path, caplog):
    training = trainer(tmp_path, 200)
    training.add_callback(Shrinking(training.model, 90))
    watching = watched(training, stop=True)
    with caplog.at_level(logging.WARNING, "ssl_theory"):
        training.train()
    assert training.state.global_step == watching.monitor.alarm.step < 110
    assert str(watching.monitor.alarm) in caplog.messages


def test_mixed_precision_is_that_of_the_probe_too(tmp_path):
    training = trainer(tmp_path, 4, bf16=True)
    watching = watched(training)
    training.train()
    seen = watching.watch.observation().z
    model = training.model.eval()
    with torch.no_grad():
        single = model.bert(PROBE).last_hidden_state.mean(1)
        with torch.autocast("cpu", torch.bfloat16):
            mixed = model.bert(PROBE).last_hidden_state.mean(1)
    assert_array_equal(seen, mixed.double())
    assert np.abs(seen - single.numpy()).max() > 0

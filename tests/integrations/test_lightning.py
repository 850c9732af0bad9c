"""The real trainer, its checkpoints and its loggers."""

import csv
import json
import logging
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from lightning.pytorch import Callback, LightningModule, Trainer
from lightning.pytorch.callbacks import ModelCheckpoint
from lightning.pytorch.loggers import CSVLogger, TensorBoardLogger
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.monitor import Monitor
from ssl_theory.integrations.lightning import CollapseCallback

ROOT = Path(__file__).parents[2]
ITEMS = torch.randn(96, 6, generator=torch.Generator().manual_seed(0))
PROBE = torch.randn(40, 6, generator=torch.Generator().manual_seed(1))
TAPS = {"z": "projector", "backbone": "backbone"}

pytestmark = [  # what the library says of itself and of small data
    pytest.mark.filterwarnings("ignore:.isinstance.treespec, LeafSpec.:FutureWarning"),
    pytest.mark.filterwarnings("ignore:.*num_workers"),
    pytest.mark.filterwarnings("ignore:The number of training batches"),
    pytest.mark.filterwarnings("ignore:Checkpoint directory .* is not empty"),
]


class Module(LightningModule):
    """A little VICReg; from ``shrinking`` on the length of embeddings is lost."""

    def __init__(self, shrinking: int | None = None, seeded: bool = False) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.backbone = nn.Sequential(nn.Linear(6, 16), nn.BatchNorm1d(16), nn.ReLU())
        self.projector = nn.Linear(16, 5)
        self.shrinking, self.seeded = shrinking, seeded
        self.losses: list[float] = []

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.projector(self.backbone(x))

    def training_step(self, batch: list[torch.Tensor], batch_idx: int) -> torch.Tensor:
        (x,) = batch
        if self.seeded:  # whenever a step is taken, it draws the same
            torch.manual_seed(self.global_step)
        if self.shrinking is not None and self.global_step >= self.shrinking:
            with torch.no_grad():
                self.projector.weight *= 0.8
        z, w = (self(x + 0.1 * torch.randn_like(x)) for _ in "zw")
        loss = (z - w).square().mean() + (1 - z.std(0)).relu().mean()
        self.losses.append(loss.item())
        return loss

    def configure_optimizers(self) -> torch.optim.Optimizer:
        return torch.optim.SGD(self.parameters(), lr=0.01)

    def train_dataloader(self) -> DataLoader:
        return DataLoader(TensorDataset(ITEMS.to(self.dtype)), batch_size=16)


def trainer(folder: Path, *callbacks: object, steps: int = 60, **words: object) -> Trainer:
    quiet = {"enable_progress_bar": False, "enable_model_summary": False, "logger": False}
    if not any(isinstance(callback, ModelCheckpoint) for callback in callbacks):
        quiet["enable_checkpointing"] = False
    return Trainer(
        accelerator="cpu",
        default_root_dir=folder,
        max_steps=steps,
        callbacks=list(callbacks),
        **quiet | words,
    )


def callback(every: int = 2, **words: object) -> CollapseCallback:
    return CollapseCallback(PROBE, TAPS, Monitor(burn_in=18), every=every, **words)


def test_training_is_the_same_bit_by_bit_as_without_it(tmp_path):
    alone, watched, watching = Module(), Module(), callback()
    for module, callbacks in ((alone, []), (watched, [watching])):
        torch.manual_seed(3)
        trainer(tmp_path, *callbacks).fit(module)
    assert watched.losses == alone.losses
    assert watching.monitor.probes == 30 and watching.monitor.step == 60


def test_one_that_is_lost_and_resumed_from_its_last_checkpoint_goes_on_identically(tmp_path):
    def run(steps: int, resume: Path | None = None) -> tuple[Module, CollapseCallback]:
        module, watching = Module(seeded=True), callback(every=4)
        kept = ModelCheckpoint(tmp_path / "kept", every_n_train_steps=30, save_top_k=-1)
        trainer(tmp_path, watching, kept, steps=steps).fit(module, ckpt_path=resume)
        return module, watching

    run(45)  # of which all since the checkpoint of step 30 is lost
    (checkpoint,) = (tmp_path / "kept").glob("*.ckpt")
    whole, never_stopped = run(90)
    rest, resumed = run(90, resume=checkpoint)
    assert rest.losses == whole.losses[30:], "the training itself goes on identically"
    assert json.dumps(resumed.state_dict()) == json.dumps(never_stopped.state_dict())
    assert resumed.monitor.probes == 22 and resumed.watch.steps == 90


def test_loggers_get_every_probe_and_every_alarm(tmp_path):
    table = CSVLogger(tmp_path, name="csv", version=0)
    board = TensorBoardLogger(tmp_path, name="board", version=0)
    watching = callback()
    trainer(tmp_path, watching, steps=120, logger=[table, board]).fit(Module(shrinking=90))
    alarm = watching.monitor.alarm
    assert alarm.kinds[0] is Kind.COMPLETE and 90 < alarm.step < 110

    with (tmp_path / "csv" / "version_0" / "metrics.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["collapse/evidence"]]
    assert [int(row["step"]) for row in rows] == list(range(2, 121, 2))
    by_step = {int(row["step"]): row for row in rows}
    for step, values in watching.monitor.history:
        logged = float(by_step[step]["collapse/channel/log_variance"])
        assert logged == pytest.approx(values["log variance"])
    assert all(
        (float(row["collapse/alarms"]) > 0) == (int(row["step"]) >= alarm.step) for row in rows
    )

    events = EventAccumulator(str(tmp_path / "board" / "version_0"), size_guidance={"scalars": 0})
    events.Reload()
    drawn = events.Scalars("collapse/channel/log_variance")
    assert [event.step for event in drawn] == list(range(2, 121, 2))
    expected = [values["log variance"] for _, values in watching.monitor.history]
    np.testing.assert_allclose([event.value for event in drawn], expected, rtol=1e-6)
    complete = events.Scalars("collapse/alarms/complete")
    assert complete[0].step == alarm.step and complete[0].value == 1


def test_an_alarm_stops_training_if_asked_to_and_is_told(tmp_path, caplog):
    watching = callback(stop=True)
    fitting = trainer(tmp_path, watching, steps=200)
    with caplog.at_level(logging.WARNING, "ssl_theory"):
        fitting.fit(Module(shrinking=90))
    assert fitting.global_step == watching.monitor.alarm.step < 110
    assert fitting.callback_metrics["collapse/alarms"] == 1
    assert str(watching.monitor.alarm) in caplog.messages


def test_under_bfloat16_the_state_stays_in_double_precision(tmp_path):
    module, watching = Module(), callback()
    trainer(tmp_path, watching, precision="bf16-true").fit(module)
    assert {p.dtype for p in module.parameters()} == {torch.bfloat16}
    assert watching.monitor.probes == 30
    seen = watching.watch.observation()
    assert seen.z.dtype == seen.moments.covariance().dtype == np.float64
    assert seen.roundoff == 2.0**-8
    values = [value for _, values in watching.monitor.history for value in values.values()]
    assert all(type(value) is float for value in values)
    # A double that has more digits than bfloat16 holds.
    logged = watching.monitor.history[-1][1]["log variance"]
    assert float(torch.tensor(logged).bfloat16()) != logged


def test_mixed_precision_is_that_of_the_probe_too(tmp_path):
    watching = callback()
    trainer(tmp_path, watching, steps=4, precision="bf16-mixed").fit(Module())
    assert watching.watch.observation().roundoff == 2.0**-8


class Poison(Callback):
    """A model that is not a number between the end of one batch and the start of the next."""

    def __init__(self, step: int) -> None:
        self.step, self.healthy = step, None

    def on_train_batch_end(self, trainer: Trainer, pl_module: Module, *batch: object) -> None:
        if trainer.global_step == self.step:
            self.healthy = pl_module.projector.weight.detach().clone()
            pl_module.projector.weight.data.fill_(float("nan"))

    def on_train_batch_start(self, trainer: Trainer, pl_module: Module, *batch: object) -> None:
        if self.healthy is not None:
            pl_module.projector.weight.data.copy_(self.healthy)
            self.healthy = None


def test_a_nan_is_reported_with_its_step_and_the_watch_goes_on(tmp_path):
    watching = callback()
    trainer(tmp_path, Poison(50), watching, steps=80).fit(Module())
    (alarm,) = watching.monitor.alarms
    assert alarm.step == 50 and alarm.kinds == (Kind.NUMERIC,)
    seen = {step for step, values in watching.monitor.history if "log variance" in values}
    assert seen == set(range(2, 81, 2)) - {50}
    json.dumps(watching.state_dict(), allow_nan=False)


def test_batches_that_take_no_step_are_not_counted(tmp_path):
    watching = callback(every=3)
    trainer(tmp_path, watching, steps=12, accumulate_grad_batches=2).fit(Module())
    assert watching.monitor.probes == 4


def test_two_callbacks_keep_their_states_and_names_apart(tmp_path):
    first, second = callback(name="one"), callback(every=5, name="two")
    kept = ModelCheckpoint(tmp_path / "kept", every_n_train_steps=20)
    fitting = trainer(tmp_path, first, second, kept, steps=20)
    fitting.fit(Module())
    assert {"one/evidence", "two/evidence"} <= fitting.callback_metrics.keys()
    again, other = callback(name="one"), callback(every=5, name="two")
    (checkpoint,) = (tmp_path / "kept").glob("*.ckpt")
    trainer(tmp_path, again, other, kept, steps=20).fit(Module(), ckpt_path=checkpoint)
    assert again.state_dict() == first.state_dict() != second.state_dict() == other.state_dict()


OLDER = """
import sys, torch, pytorch_lightning
from ssl_theory.integrations.lightning import CollapseCallback
assert issubclass(CollapseCallback, pytorch_lightning.Callback)
assert "lightning.pytorch" not in sys.modules
"""


@pytest.mark.slow
def test_the_older_name_of_the_library_is_served_alike():
    done = subprocess.run(
        [sys.executable, "-c", OLDER], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


TOGETHER = """
import json, sys
from pathlib import Path
folder, here = map(Path, sys.argv[1:])
sys.path.insert(0, str(here))
from test_lightning import Callback, Module, callback, trainer

class Keep(Callback):
    def on_fit_end(self, trainer, pl_module):
        means = pl_module.backbone[1].running_mean.tolist()
        kept = {"state": watching.state_dict(), "means": means}
        (folder / f"{trainer.global_rank}.json").write_text(json.dumps(kept))

watching = callback()
trainer(folder, watching, Keep(), steps=20, strategy="ddp_fork", devices=2).fit(Module())
"""


@pytest.mark.slow
def test_processes_whose_running_means_differ_hold_the_same_monitor(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", TOGETHER, tmp_path, Path(__file__).parent],
        env=os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr
    first, second = (json.loads((tmp_path / f"{rank}.json").read_text()) for rank in (0, 1))
    assert first["state"] == second["state"] and first["state"]["monitor"]["probes"] == 10
    assert first["means"] != second["means"]

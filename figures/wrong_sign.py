"""VICReg with terms switched off: what each number says, and when the monitor names the kind."""

import copy
import itertools

import numpy as np
import torch
from matplotlib.figure import Figure
from torch import Generator, nn

from ssl_theory.collapse.monitor import Monitor
from ssl_theory.diagnostics.rank import effective_rank
from ssl_theory.diagnostics.rank_me import rank_me
from ssl_theory.diagnostics.sphere import coordinate_deviation
from ssl_theory.diagnostics.unit_rows import unit_rows
from ssl_theory.objectives import vicreg
from ssl_theory.plots.style import GREY, PALETTE, bare, name_lines

# Twenty seconds. With other kernels and threads the embeddings after the last step differ by
# 5e-11 of their size, far below what the numbers are held to.
SLOW = True
SEEDS = range(4)
INPUTS, HIDDEN, OUTPUTS, BATCH, ITEMS = 48, 96, 64, 128, 256
ONSET, END, EVERY, BURN_IN = 160, 320, 4, 30
# The authors' code averages squared distances over axes, and penalties over the views.
HEALTHY = {"invariance": 25 / OUTPUTS, "variance": 12.5, "covariance": 1.0}
FAULTS = {
    "complete": {"variance": 0.0, "covariance": 0.0},
    "dimensional": {"covariance": 0.0},
}
MEASURES = {
    "variance": lambda z: z.var(0).sum(),
    "participation": lambda z: effective_rank(z, order=2),
    "rank_me": rank_me,
    "deviation": lambda z: OUTPUTS**0.5 * coordinate_deviation(unit_rows(z)),
}


class Training:
    """A perceptron trained by VICReg on a Gaussian of a power law, and a probe of other items."""

    def __init__(self, seed):
        self.generator = Generator().manual_seed(seed)
        decay = torch.arange(1, INPUTS + 1, dtype=torch.float64) ** -0.5
        self.scales = 2 * (INPUTS * decay / decay.sum()).sqrt()
        widths = (INPUTS, HIDDEN, HIDDEN, OUTPUTS)
        layers = [self.linear(*pair) for pair in itertools.pairwise(widths)]
        self.net = nn.Sequential(layers[0], nn.ReLU(), layers[1], nn.ReLU(), layers[2])
        self.optimiser = torch.optim.Adam(self.net.parameters(), lr=3e-3)
        self.probe = self.scales * self.normal(ITEMS, INPUTS)

    def normal(self, *shape):
        return torch.randn(*shape, generator=self.generator, dtype=torch.float64)

    def linear(self, inputs, outputs):
        layer = nn.Linear(inputs, outputs, dtype=torch.float64)
        for parameter in layer.parameters():  # as torch does, of a generator of our own
            with torch.no_grad():
                parameter.uniform_(-1, 1, generator=self.generator).mul_(inputs**-0.5)
        return layer

    def run(self, objective, steps):
        """Embeddings of the probe, every few of the steps."""
        for step in steps:
            if step % EVERY == 0:
                with torch.no_grad():
                    yield step, self.net(self.probe).numpy()
            items = self.scales * self.normal(BATCH, INPUTS)
            z, w = (self.net(items + 0.3 * self.normal(BATCH, INPUTS)) for _ in "zw")
            self.optimiser.zero_grad()
            objective(z, w).total.backward()
            self.optimiser.step()


def trained(seed, faults=FAULTS):
    """For each fault the steps and the probe's embeddings, the same up to its onset."""
    training = Training(seed)
    before = list(training.run(vicreg(**HEALTHY), range(ONSET)))
    runs = {}
    for name, terms in faults.items():
        faulty = copy.deepcopy(training)
        faulty.generator = Generator()
        faulty.generator.set_state(training.generator.get_state())
        runs[name] = before + list(faulty.run(vicreg(**(HEALTHY | terms)), range(ONSET, END + 1)))
    return runs


def alarms(run):
    """What the monitor finds."""
    monitor = Monitor(burn_in=BURN_IN)
    for step, z in run:
        monitor.observe(z, step=step)
    return monitor.alarms


def measured(run):
    """Every measure, in units of what it was at the onset."""
    found = {name: np.array([of(z) for _, z in run]) for name, of in MEASURES.items()}
    return {name: values / values[ONSET // EVERY] for name, values in found.items()}


def data():
    """The median run, the least and the greatest; and the median step of the first alarm."""
    runs = {fault: [] for fault in FAULTS}
    found = {fault: [] for fault in FAULTS}
    for seed in SEEDS:
        for fault, run in trained(seed).items():
            runs[fault].append(measured(run))
            found[fault].append(alarms(run)[0].step)
    columns = {"step": list(range(0, END + 1, EVERY))}
    for fault, of_seeds in runs.items():
        columns[f"{fault}_alarm"] = [float(np.median(found[fault]))] * len(columns["step"])
        for name in MEASURES:
            values = np.array([of_seed[name] for of_seed in of_seeds])
            for word, of in (("median", np.median), ("least", np.min), ("greatest", np.max)):
                columns[f"{fault}_{name}_{word}"] = of(values, axis=0).tolist()
    return columns


TITLES = {
    "complete": "variance and covariance terms off",
    "dimensional": "covariance term off",
}
WORDS = {
    "variance": "total variance",
    "participation": "participation ratio",
    "rank_me": "RankMe",
    "deviation": "std of unit rows (lightly)",
}
TICKS = (1 / 16, 1 / 8, 1 / 4, 1 / 2, 1, 2)


def draw(columns):
    figure = Figure(figsize=(9.4, 4.2), layout="constrained")
    ink = dict(zip(MEASURES, (*PALETTE[:1], *PALETTE[2:4], *PALETTE[1:2]), strict=True))
    step = np.array(columns["step"])
    shown = step >= ONSET - 60
    panels = figure.subplots(1, 2, sharey=True)
    for axes, fault in zip(panels, FAULTS, strict=True):
        axes.set_yscale("log", base=2)
        axes.axhline(1, color=GREY, lw=0.8)
        for name, colour in ink.items():
            low, middle, high = (
                np.array(columns[f"{fault}_{name}_{word}"])[shown]
                for word in ("least", "median", "greatest")
            )
            axes.fill_between(step[shown], low, high, color=colour, alpha=0.18, lw=0)
            dashed = "--" if name in ("rank_me", "deviation") else "-"
            axes.plot(step[shown], middle, dashed, color=colour, lw=2)
        alarm = columns[f"{fault}_alarm"][0]
        for when, words, style in ((ONSET, "fault", ":"), (alarm, f"alarm: {fault}", "-")):
            axes.axvline(when, color="black", lw=1, ls=style)
            axes.annotate(
                words, (when, 0.02), (3, 0), xycoords=("data", "axes fraction"),
                textcoords="offset points", rotation=90, va="bottom", fontsize=8,
            )  # fmt: skip
        axes.set_ylim(1 / 24, 2.4)
        axes.set_yticks(TICKS, [f"{t:g}" if t >= 1 else f"1/{1 / t:g}" for t in TICKS])
        axes.minorticks_off()
        axes.set_xlabel("step of training")
        axes.set_title(TITLES[fault], loc="left", fontsize=10)
        bare(axes)
        said = {"transform": axes.transAxes, "color": GREY, "fontsize": 8}
        axes.text(0.98, 0.97, "up: looks healthier", ha="right", **said)
    panels[0].set_ylabel("times what it was before the fault")
    for axes, fault in zip(panels, FAULTS, strict=True):
        ends = {w: (END, columns[f"{fault}_{n}_median"][-1]) for n, w in WORDS.items()}
        name_lines(axes, ends, {w: ink[n] for n, w in WORDS.items()})
    return figure

"""How often a collapse is shown, against how far it went: of one checkpoint, and since another."""

import matplotlib.pyplot as plt
import numpy as np

from ssl_theory.collapse.damage import plant
from ssl_theory.collapse.detectors import DETECTORS
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.observation import Observation
from ssl_theory.collapse.paired import changes
from ssl_theory.plots.style import GREY, MARKERS, bare, colours

SLOW = True
SEVERITIES = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.45, 0.6)
ITEMS, D, DRAWS, LENGTH = 128, 8, 20, 4
ALONE = (Kind.DIMENSIONAL, Kind.TAIL, Kind.CLUSTER, Kind.LOCAL, Kind.MEAN_DRIFT)
SINCE = (Kind.COMPLETE, Kind.DIMENSIONAL, Kind.CLUSTER, Kind.TEMPORAL, Kind.AUGMENTATION)
LEVEL = 0.05


def detector(kind):
    return next(detector for detector in DETECTORS if detector.kind is kind)


def shown_alone(kind, severity, seed):
    """Whether noise that collapsed is told from noise, by any channel of its detector."""
    seen = Observation(np.random.default_rng([seed, 1]).standard_normal((ITEMS, D)))
    found = [*detector(kind).test(plant(kind, severity, seen, seed=seed), 0)]
    return min(evidence.p_value for evidence in found) <= LEVEL / len(found)


def healthy(seed):
    """An encoder of a power law, whose trajectories share half their variance."""
    generator = np.random.default_rng([seed, 2])
    normal = generator.standard_normal
    groups = np.arange(ITEMS) // LENGTH
    core = (normal((ITEMS // LENGTH, D))[groups] + normal((ITEMS, D))) / np.sqrt(
        np.arange(1.0, D + 1)
    )
    z, w = (core + 0.3 * core.std(0) * normal((ITEMS, D)) for _ in range(2))
    return Observation.of(z, views=w, trajectories=groups)


def shown_since(kind, severity, seed):
    """Whether it is told to be worse than before by more than the tolerance."""
    before = healthy(seed)
    found = [*changes(before, plant(kind, severity, before, seed=seed), [detector(kind)])]
    return min(change.p_value for change in found) <= LEVEL / len(found)


def data():
    columns = {"severity": np.array(SEVERITIES)}
    for name, kinds, shown in (("alone", ALONE, shown_alone), ("since", SINCE, shown_since)):
        for kind in kinds:
            columns[f"{name} {kind.value}".replace("-", "_").replace(" ", "_")] = np.array(
                [np.mean([shown(kind, s, seed) for seed in range(DRAWS)]) for s in SEVERITIES]
            )
    return columns


def draw(columns):
    figure, axes = plt.subplots(1, 2, figsize=(8.4, 3.5), sharey=True)
    kinds = list(dict.fromkeys(kind.value for kind in (*ALONE, *SINCE)))
    ink = colours(kinds[:7]) | dict.fromkeys(kinds[7:], GREY)
    titles = {
        "alone": "noise that collapsed, told from noise",
        "since": "embeddings that collapsed, told from before",
    }
    for ax, (panel, title) in zip(axes, titles.items(), strict=True):
        ax.axhline(LEVEL, color=GREY, lw=0.8, ls=":")
        names = [name for name in columns if name.startswith(panel)]
        for number, name in enumerate(names):
            kind = name.removeprefix(panel + "_").replace("_", "-")
            # Hollow and ever smaller, so that lines that coincide are all seen.
            look = {"marker": MARKERS[number], "ms": 10 - 1.6 * number, "mfc": "none"}
            wide = {"lw": 3.2 - 0.55 * number, "color": ink[kind], "label": kind}
            ax.plot(columns["severity"], columns[name], **look, **wide)
        ax.set_title(title, fontsize=9)
        ax.set_xlabel("severity")
        ax.legend(frameon=False, fontsize=8, loc="lower right")
        bare(ax)
    axes[0].set_ylabel(f"shown at {LEVEL:.0%}, of {DRAWS} draws of {ITEMS} items")
    axes[0].set_ylim(-0.02, 1.04)
    figure.tight_layout()
    return figure

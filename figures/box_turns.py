"""Why the norm decides: the loss of true latents of a box as they are turned about its diagonal.

A third of a turn takes the axes to each other. Half way, each of them is shared out by 1/3, 2/3
and 2/3.
"""

import matplotlib.pyplot as plt
import numpy as np
from scipy.spatial.transform import Rotation

from ssl_theory.identifiability import MeanCorrelation
from ssl_theory.laboratory.box_norms import WORLD, objective
from ssl_theory.laboratory.held_out import held_out_losses
from ssl_theory.plots.style import GREY, MARKERS, bare, colours

ORDERS = (1.0, 2.0, 4.0)
DEGREES = np.linspace(0, 120, 13)
BATCH, BATCHES = 256, 4


def data():
    pairs = WORLD.draw(BATCH * BATCHES, seed=0)
    columns = {"degrees": DEGREES, "mcc": []} | {f"order_{order:g}": [] for order in ORDERS}
    for degrees in DEGREES:
        diagonal = np.ones(3) / np.sqrt(3)
        turn = Rotation.from_rotvec(np.deg2rad(degrees) * diagonal).as_matrix().T
        z, w = pairs.latents @ turn, pairs.partner_latents @ turn
        columns["mcc"].append(MeanCorrelation()(pairs.latents, z).value)
        for order in ORDERS:
            loss = held_out_losses(objective(order), z, w, BATCH).mean()
            columns[f"order_{order:g}"].append(loss)
    return columns


def draw(columns):
    figure, (upper, lower) = plt.subplots(
        2, 1, figsize=(5.6, 4.8), sharex=True, height_ratios=(1, 2), layout="constrained"
    )
    degrees = columns["degrees"]
    upper.plot(degrees, columns["mcc"], color="black", lw=1.2)
    upper.axhline(2 / 3, color=GREY, lw=0.8, ls=":")
    upper.annotate("2/3", (120, 2 / 3), (2, 0), textcoords="offset points", va="center", size=8)
    upper.set(ylabel="MCC", ylim=(0.6, 1.02))
    names = [f"order {order:g}" for order in ORDERS]
    for order, (name, ink), mark in zip(ORDERS, colours(names).items(), MARKERS, strict=False):
        losses = np.array(columns[f"order_{order:g}"])
        lower.plot(degrees, losses - losses.min(), color=ink, marker=mark, ms=3, lw=1.2, label=name)
    lower.set(xlabel="turn about the diagonal of the box (degrees)")
    lower.set_ylabel("loss above its least (nats)")
    lower.set_xticks(range(0, 121, 20))
    lower.legend(frameon=False, fontsize=8, title="norm of the objective", title_fontsize=8)
    for axes in (upper, lower):
        bare(axes)
    return figure

"""How often the intervals of a report cover the population's value: 95 %, where items suffice."""

import matplotlib.pyplot as plt
import numpy as np

from ssl_theory.diagnostics.fourth_moments import FourthMoments
from ssl_theory.diagnostics.rank import hill_number
from ssl_theory.plots.style import GREY, bare, colours
from ssl_theory.report.dealing import Dealing
from ssl_theory.report.replicas import intervals

SLOW = True
D, ITEMS, REPLICATIONS = 64, (256, 1024, 4096), 400
NAMES = {
    "participation ratio, unbiased": "participation_ratio",
    "effective rank": "effective_rank",
    "RankMe, mean removed": "rank_me",
    "stable rank": "stable_rank",
}
LAWS = {0: "Gaussian", 5: "Student's t of 5 degrees"}
EXPONENTS = (0.5, 1.0)


def truth(variances):
    """The population's value of every statistic."""
    shares, sizes = variances / variances.sum(), np.sqrt(variances)
    return {
        "participation ratio, unbiased": hill_number(shares, 2.0),
        "effective rank": hill_number(shares, 1.0),
        "RankMe, mean removed": hill_number(sizes / sizes.sum(), 1.0),
        "stable rank": hill_number(shares, np.inf),
    }


def drawn(n, variances, tails, generator):
    """Items of these variances, with the tails of Student's law of as many degrees, or Gaussian."""
    z = generator.standard_normal((n, len(variances))) * np.sqrt(variances)
    return z / np.sqrt(generator.chisquare(tails, (n, 1)) / tails) if tails else z


def covered(n, exponent, tails, replications=REPLICATIONS):
    """The share of samples whose interval holds the truth, for every statistic."""
    variances = np.arange(1.0, D + 1) ** -exponent
    right = truth(variances)
    hits = dict.fromkeys(right, 0)
    for seed in range(replications):
        generator = np.random.default_rng([seed, n, int(10 * exponent), tails])
        z = drawn(n, variances * ((tails - 2) / tails if tails else 1), tails, generator)
        dealt = Dealing(D)(0, n)
        parts = [FourthMoments.of(z[dealt == block]) for block in range(20)]
        found = intervals(parts, 0.0)
        for name, value in right.items():
            hits[name] += value in found[name]
    return {name: hit / replications for name, hit in hits.items()}


def data():
    columns = {name: [] for name in ("exponent", "tails", "items", *NAMES.values())}
    for exponent in EXPONENTS:
        for tails in LAWS:
            for n in ITEMS:
                shares = covered(n, exponent, tails)
                for name, value in (("exponent", exponent), ("tails", tails), ("items", n)):
                    columns[name].append(value)
                for name, column in NAMES.items():
                    columns[column].append(shares[name])
    return {name: np.array(values) for name, values in columns.items()}


def draw(columns):
    figure, axes = plt.subplots(2, 2, figsize=(8.4, 5.6), sharex=True, sharey=True)
    ink = colours(NAMES.values())
    for row, exponent in zip(axes, EXPONENTS, strict=True):
        for ax, (tails, law) in zip(row, LAWS.items(), strict=True):
            here = (columns["exponent"] == exponent) & (columns["tails"] == tails)
            items = columns["items"][here]
            ax.axhspan(0.92, 1, color=GREY, alpha=0.12, lw=0)
            ax.axhline(0.95, color=GREY, lw=0.8)
            for column in NAMES.values():
                ax.plot(items, columns[column][here], "o-", color=ink[column], ms=3, lw=1.2)
            ax.set_xscale("log", base=2)
            ax.set_xticks(ITEMS, [f"{n:,}" for n in ITEMS])
            ax.set_title(f"{law}, variance ~ rank^-{exponent:g}", fontsize=9)
            bare(ax)
    for ax in axes[-1]:
        ax.set_xlabel(f"items of {D} dimensions")
    for ax in axes[:, 0]:
        ax.set_ylabel("intervals that cover")
        ax.set_ylim(0, 1.02)
    figure.legend(
        [plt.Line2D([], [], color=ink[c], marker="o", ms=3) for c in NAMES.values()],
        list(NAMES),
        loc="upper center",
        ncols=len(NAMES),
        frameon=False,
        fontsize=8,
    )
    figure.tight_layout(rect=(0, 0, 1, 0.95))
    return figure

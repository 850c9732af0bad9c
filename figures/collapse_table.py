"""What every objective of the catalogue feels on the way to every kind of collapse, and there."""

from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from ssl_theory.collapse import profile_table
from ssl_theory.collapse.paths import PATHS
from ssl_theory.objectives import CATALOGUE

SLOW = True  # a hundred thousand levels and slopes: fifteen seconds
FELT = {  # Okabe and Ito, by what the end of the path is to an optimiser
    "forbids": "#0072b2",
    "resists": "#a6d0ea",
    "sees nothing": "#f2f2f2",
    "rewards": "#f0b08a",
    "undecided": "#ffffff",
}
NONE = float("nan")


def felt(row):
    """Which of :data:`FELT` a row of the table is."""
    if row.verdict != "allows":
        return row.verdict
    return "rewards" if row.rise < 0 else "sees nothing"


def data():
    """A line for each objective: of each kind what is felt, and the curvature at its end."""
    columns = {"objective": []}
    for number, make in enumerate(CATALOGUE):
        columns["objective"].append(number)
        for row in profile_table([make()]):
            kind = row.kind.replace("-", "_")
            # Three digits are drawn, and are the same on every processor.
            common = NONE if row.common is None else float(f"{row.common:.3g}")
            shown = {"felt": list(FELT).index(felt(row)), "common": common}
            for name, value in shown.items():
                columns.setdefault(f"{kind}_{name}", []).append(value)
    return columns


def draw(columns):
    inks = list(FELT.values())
    names = [make.__name__ for make in CATALOGUE]
    figure = Figure(figsize=(7.6, 10.4), layout="constrained")
    axes = figure.subplots()
    for across, kind in enumerate(PATHS):
        kind = kind.value.replace("-", "_")
        for down, ink in enumerate(columns[f"{kind}_felt"]):
            dark = ink == 0
            axes.add_patch(
                Rectangle((across - 0.5, down - 0.5), 1, 1, fc=inks[int(ink)], ec="white")
            )
            common = columns[f"{kind}_common"][down]
            if common == common:
                axes.text(
                    across, down, sized(common), ha="center", va="center", fontsize=6.5,
                    color="white" if dark else "black",
                )  # fmt: skip
    axes.set_xlim(-0.5, len(PATHS) - 0.5)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xticks(range(len(PATHS)), [kind.value for kind in PATHS], fontsize=8)
    axes.set_yticks(range(len(names)), names, fontsize=7)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    keys = [Patch(facecolor=ink, edgecolor="#bbbbbb", label=word) for word, ink in FELT.items()]
    figure.legend(handles=keys, loc="outside lower center", ncols=5, frameon=False, fontsize=8)
    figure.suptitle(
        "On the way to each kind of collapse. In figures: the curvature there, views moved "
        "together;\nbelow zero it is left at that rate. None where the level diverges, has a kink, "
        "or still slopes.",
        fontsize=9,
    )
    return figure


def sized(number):
    """Three digits."""
    return (
        "0" if number == 0 else f"{number:.3g}".replace("-", "\N{MINUS SIGN}").replace("e+0", "e")
    )

"""Which objectives diverge as embeddings shrink to a point, and which merely resist."""

from matplotlib.figure import Figure

from ssl_theory.collapse import collapse_profile
from ssl_theory.objectives import align_uniform, gaussian_infomax, info_nce, vicreg

COLOURS = {  # Okabe and Ito: told apart by most eyes, and in grey
    "info_nce": "#0072b2",
    "align_uniform": "#009e73",
    "gaussian_infomax": "#d55e00",
    "vicreg": "#cc79a7",
}
LIFT = {"info_nce": 4, "align_uniform": -5}  # points: their ends are 1 nat apart
MAKERS = (info_nce, align_uniform, gaussian_infomax, vicreg)


def data():
    profiles = {make().name: collapse_profile(make(), rank=0) for make in MAKERS}
    shrinkage = next(iter(profiles.values())).shrinkage
    rises = {name: (p.totals - p.totals[0]).tolist() for name, p in profiles.items()}
    return {"spread": shrinkage.tolist()} | rises


def draw(columns):
    figure = Figure(figsize=(5.2, 3.4), layout="constrained")
    axes = figure.subplots()
    for name, colour in COLOURS.items():
        rise = columns[name]
        axes.semilogx(columns["spread"], rise, color=colour, linewidth=2)
        end, beside = (columns["spread"][-1], rise[-1]), (6, LIFT.get(name, 0))
        label = {"textcoords": "offset points", "color": colour, "va": "center", "fontsize": 8}
        axes.annotate(name, end, beside, **label)
    axes.invert_xaxis()
    axes.margins(x=0.02)
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_xlabel("spread of the embeddings, as a share of where they began")
    axes.set_ylabel("rise of the total (nats)")
    axes.set_title("Shrinking to a point: what each objective feels", loc="left", fontsize=10)
    return figure

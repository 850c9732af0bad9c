"""A theory-first analysis toolkit for self-supervised learning.

The names below load what they need when they are first used; ``ssl_theory.objectives`` and the
other parts of the package do too. Start with ``diagnose(embeddings)``.
"""

import importlib
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from ssl_theory.cards.card import card as card
    from ssl_theory.checks.conformance import conformance as conformance
    from ssl_theory.diagnostics import effective_rank as effective_rank
    from ssl_theory.diagnostics import spectrum as spectrum
    from ssl_theory.embeddings import open_embeddings as open_embeddings
    from ssl_theory.latent_distribution_matching import Objective as Objective
    from ssl_theory.linear_theory.optimum import optimum as optimum
    from ssl_theory.linear_theory.pencil import pencil as pencil
    from ssl_theory.linear_theory.rules import spectral_filter as spectral_filter
    from ssl_theory.metric_aware_pca import MetricPCA as MetricPCA
    from ssl_theory.moments import Moments as Moments
    from ssl_theory.objectives import CATALOGUE as CATALOGUE
    from ssl_theory.plots.compare import compare as compare
    from ssl_theory.processes import GaussianPairs as GaussianPairs
    from ssl_theory.references import cite as cite
    from ssl_theory.report import Report as Report
    from ssl_theory.report import diagnose as diagnose
    from ssl_theory.report import trajectory as trajectory

__all__ = [
    "CATALOGUE",
    "GaussianPairs",
    "MetricPCA",
    "Moments",
    "Objective",
    "Report",
    "card",
    "cite",
    "compare",
    "conformance",
    "diagnose",
    "effective_rank",
    "open_embeddings",
    "optimum",
    "pencil",
    "spectral_filter",
    "spectrum",
    "trajectory",
]

_HOMES = {
    "CATALOGUE": "objectives",
    "GaussianPairs": "processes",
    "MetricPCA": "metric_aware_pca",
    "Moments": "moments",
    "Objective": "latent_distribution_matching",
    "Report": "report",
    "card": "cards",
    "cite": "references",
    "compare": "plots",
    "conformance": "checks",
    "diagnose": "report",
    "effective_rank": "diagnostics",
    "open_embeddings": "embeddings",
    "optimum": "linear_theory",
    "pencil": "linear_theory",
    "spectral_filter": "linear_theory",
    "spectrum": "diagnostics",
    "trajectory": "report",
}


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    if not name.startswith("_"):
        try:
            return importlib.import_module(f"{__name__}.{name}")
        except ModuleNotFoundError as error:
            if error.name != f"{__name__}.{name}":
                raise  # the part exists, and lacks a library
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

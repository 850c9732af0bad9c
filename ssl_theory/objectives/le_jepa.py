"""LeJEPA: predict the other view, and look Gaussian from every side."""

from ssl_theory import notation as nt
from ssl_theory.alignment import Gaussian
from ssl_theory.latent_distribution_matching import Objective, Prior, Published
from ssl_theory.uniformity import SlicedEppsPulley

__all__ = ["le_jepa"]


def le_jepa(trade_off: float = 0.05, slices: int = 256, seed: int = 0) -> Objective:
    """A Gaussian latent model, each view tested for normality along random directions."""
    model = Gaussian(1.0)
    spread = SlicedEppsPulley(trade_off / (1 - trade_off), slices, seed)
    share = (1 - trade_off) / (2 * nt.d)
    said = "the authors' code: means over views, items and axes; 17 knots on [0, 3]; times n"
    paper = Published(share, share, share * model.log_normaliser(), said)
    return Objective("le_jepa", model, spread, "balestriero2025lejepa", Prior.FLAT, paper)

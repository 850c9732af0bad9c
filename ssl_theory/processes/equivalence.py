"""Up to what an encoder can know the latents of a process."""

from enum import Enum

__all__ = ["Equivalence"]


class Equivalence(Enum):
    """The maps of the latents that no amount of data from a process can tell from none.

    The members go from knowing everything to knowing the least; a metric of recovery is fair to a
    process only where it does not change under the maps of its class.
    """

    IDENTITY = "none: the latents themselves"
    PERMUTATION_SIGN = "an order and a sign for each latent"
    PERMUTATION_SCALE = "an order and an invertible function of each latent alone"
    ORTHOGONAL = "a rotation or reflection"
    AFFINE = "an invertible affine map"
    BLOCK = "an invertible map of one block of latents; the others stay unknown"
    SUBSPACE = "an invertible linear map of one subspace; the rest stays unknown"
    PARTITION = "the names of the groups"

"""The ways in which embeddings collapse, each with what it is."""

import enum

__all__ = ["Kind"]


class Kind(enum.Enum):
    """A way to collapse; the value is its name in tables, files and on the command line.

    >>> print(Kind.CLUSTER.value, "-", Kind.CLUSTER.definition)
    cluster - items gather around a few points, beyond what their covariance tells
    """

    COMPLETE = "complete"
    DIMENSIONAL = "dimensional"
    TAIL = "tail"
    CLUSTER = "cluster"
    PARTIAL_PROTOTYPE = "partial-prototype"
    CODEBOOK = "codebook"
    DEAD_UNITS = "dead-units"
    PREDICTOR_IDENTITY = "predictor-identity"
    SPLIT = "split"
    TEMPORAL = "temporal"
    TOKEN = "token"
    LOCAL = "local"
    AUGMENTATION = "augmentation"
    MEAN_DRIFT = "mean-drift"
    NUMERIC = "numeric"

    @property
    def definition(self) -> str:
        """What it is, to follow "embeddings have collapsed in this way if"."""
        return _DEFINITIONS[self]


_DEFINITIONS = {
    Kind.COMPLETE: "all items come to one point: the total variance vanishes",
    Kind.DIMENSIONAL: "few directions carry the variance that many carried",
    Kind.TAIL: "the weakest directions vanish while the strong ones stay",
    Kind.CLUSTER: "items gather around a few points, beyond what their covariance tells",
    Kind.PARTIAL_PROTOTYPE: "prototypes coincide, so fewer are told apart than there are",
    Kind.CODEBOOK: "few of the codes are used",
    Kind.DEAD_UNITS: "units give the same number for every item",
    Kind.PREDICTOR_IDENTITY: "the predictor does nothing but copy what it is given",
    Kind.SPLIT: "projector and backbone part ways: one has collapsed, the other has not",
    Kind.TEMPORAL: "embeddings stand still along a trajectory, and differ only between them",
    Kind.TOKEN: "all tokens of an item are embedded alike",
    Kind.LOCAL: "near every item few directions are left, of however many there are in all",
    Kind.AUGMENTATION: "views of one item differ as much as items do",
    Kind.MEAN_DRIFT: "the mean outgrows the spread about it",
    Kind.NUMERIC: "numbers overflow, or vanish into rounding",
}

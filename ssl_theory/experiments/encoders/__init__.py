"""Architectures: frozen values that make weights and apply them, of one run or of many at once."""

from ssl_theory.experiments.encoders.convolutional import Convolutional as Convolutional
from ssl_theory.experiments.encoders.deep_linear import DeepLinear as DeepLinear
from ssl_theory.experiments.encoders.encoder import Encoder as Encoder
from ssl_theory.experiments.encoders.linear import Linear as Linear
from ssl_theory.experiments.encoders.oracle import Oracle as Oracle
from ssl_theory.experiments.encoders.perceptron import Perceptron as Perceptron
from ssl_theory.experiments.encoders.recurrent import Recurrent as Recurrent

__all__ = [
    "Convolutional", "DeepLinear", "Encoder", "Linear", "Oracle", "Perceptron", "Recurrent",
]  # fmt: skip

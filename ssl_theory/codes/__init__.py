"""Codes: how the scores of a target are read as probabilities of discrete codes."""

from ssl_theory.codes.code import Code as Code
from ssl_theory.codes.directions import Directions as Directions
from ssl_theory.codes.largest import Largest as Largest
from ssl_theory.codes.sinkhorn import Sinkhorn as Sinkhorn
from ssl_theory.codes.softmax import Softmax as Softmax

__all__ = ["Code", "Directions", "Largest", "Sinkhorn", "Softmax"]

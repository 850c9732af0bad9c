"""Measurements of embeddings. They measure; judging and wording is done elsewhere."""

from ssl_theory.diagnostics.closeness import alignment as alignment
from ssl_theory.diagnostics.closeness import uniformity as uniformity
from ssl_theory.diagnostics.rank import effective_rank as effective_rank
from ssl_theory.diagnostics.spectrum import Spectrum as Spectrum
from ssl_theory.diagnostics.spectrum import spectrum as spectrum

__all__ = ["Spectrum", "alignment", "effective_rank", "spectrum", "uniformity"]

"""Statements of papers, executed: one paper per file, its propositions in ``CLAIMS``."""

from ssl_theory.claims.claim import Claim as Claim
from ssl_theory.claims.claim import Evidence as Evidence
from ssl_theory.claims.claim import Trial as Trial
from ssl_theory.claims.claim import Verdict as Verdict

__all__ = ["Claim", "Evidence", "Trial", "Verdict"]

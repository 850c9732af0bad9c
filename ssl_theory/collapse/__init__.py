"""How embeddings collapse, and what objectives feel on the way there."""

from ssl_theory.collapse.profile import Profile as Profile
from ssl_theory.collapse.profile import Verdict as Verdict
from ssl_theory.collapse.profile import collapse_profile as collapse_profile

__all__ = ["Profile", "Verdict", "collapse_profile"]

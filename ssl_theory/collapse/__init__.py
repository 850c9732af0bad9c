"""How embeddings collapse, and what objectives feel on the way there."""

from ssl_theory.collapse.curvature import Curvature as Curvature
from ssl_theory.collapse.curvature import collapse_curvature as collapse_curvature
from ssl_theory.collapse.kinds import Kind as Kind
from ssl_theory.collapse.profile import Profile as Profile
from ssl_theory.collapse.profile import Verdict as Verdict
from ssl_theory.collapse.profile import collapse_profile as collapse_profile
from ssl_theory.collapse.profile_table import profile_table as profile_table

__all__ = [
    "Curvature", "Kind", "Profile", "Verdict", "collapse_curvature", "collapse_profile",
    "profile_table",
]  # fmt: skip

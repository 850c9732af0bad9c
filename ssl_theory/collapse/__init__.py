"""How embeddings collapse, how that is noticed, and what objectives feel on the way there."""

from ssl_theory.collapse.alarm import Alarm as Alarm
from ssl_theory.collapse.alarm import Promise as Promise
from ssl_theory.collapse.alarm import Status as Status
from ssl_theory.collapse.curvature import Curvature as Curvature
from ssl_theory.collapse.curvature import collapse_curvature as collapse_curvature
from ssl_theory.collapse.detection import detect as detect
from ssl_theory.collapse.finding import Detection as Detection
from ssl_theory.collapse.finding import Finding as Finding
from ssl_theory.collapse.kinds import Kind as Kind
from ssl_theory.collapse.monitor import Monitor as Monitor
from ssl_theory.collapse.observation import Observation as Observation
from ssl_theory.collapse.profile import Profile as Profile
from ssl_theory.collapse.profile import Verdict as Verdict
from ssl_theory.collapse.profile import collapse_profile as collapse_profile
from ssl_theory.collapse.profile_table import profile_table as profile_table

__all__ = [
    "Alarm", "Curvature", "Detection", "Finding", "Kind", "Monitor", "Observation", "Profile",
    "Promise", "Status", "Verdict", "collapse_curvature", "collapse_profile", "detect",
    "profile_table",
]  # fmt: skip

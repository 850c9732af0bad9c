"""Small pictures of places, each of which its picture gives back."""

from ssl_theory.processes.rendering.dot import Dot as Dot
from ssl_theory.processes.rendering.sprite import Sprite as Sprite

__all__ = ["Dot", "Sprite"]

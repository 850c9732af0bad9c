"""What other libraries print for contrastive objectives on ``two_views()``.

Each was run once with numpy 2.4 and torch 2.13.0 on a CPU, in float64; ``z, w`` are the views of
``tests/oracles/two_views.py``, and ``unit`` divides each row by its length.
"""

__all__ = ["CLIP", "DECOUPLED", "KOLEO", "SIGLIP", "SPECTRAL"]

# lightly 1.6.0: DCLLoss(temperature)(z, w).
DECOUPLED = {0.1: -0.7629528128166337, 0.5: 4.449199798460516}
# lightly 1.6.0: KoLeoLoss()(z) and KoLeoLoss()(w); it follows DINOv2.
KOLEO = (0.13574213445681566, 0.11032666859686968)
# open_clip 3.3.0: ClipLoss()(unit(z), unit(w), logit_scale=1 / 0.07).
CLIP = 0.04069430403813941
# open_clip 3.3.0: SigLipLoss()(unit(z), unit(w), logit_scale=10.0, logit_bias=-10.0).
SIGLIP = 1.1189100957656186
# github.com/jhaochenz96/spectral_contrastive_learning at ee745a2b: D(z, w, mu)[0]. It shortens
# what is longer than the root of mu, which is every row at mu = 1 and none at mu = 100, and
# divides by mu.
SPECTRAL = {1.0: -1.848536677983925, 100.0: -0.06440856849384635}

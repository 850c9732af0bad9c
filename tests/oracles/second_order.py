"""What another library prints for second-order objectives on ``two_views()``.

Each was run once with lightly 1.6.0, numpy 2.4 and torch 2.13.0 on a CPU, in float64; ``z, w`` are
the views of ``tests/oracles/two_views.py``, and ``unit`` divides each row by its length.
"""

__all__ = ["EMP_SSL", "FROSSL", "MMCR", "TICO", "W_MSE"]

# EMPSSLLoss(tcr_eps=0.2, inv_coef=200.0)([unit(z), unit(w)]); it adds the rate where the authors
# subtract it.
EMP_SSL = -173.45118621931317
# FroSSLLoss()([z, w]); it divides axes by their lengths where the authors divide items.
FROSSL = -6.660165995633078
# MMCRLoss(lmda=0.0)(unit(w)[:, None], unit(z)[:, None]).
MMCR = -80.27353335940009
# loss = TiCoLoss(beta=0.9, rho=8.0); loss(w, z), and after it loss(z, w). It adds one.
TICO = (0.09665600499461068, 0.15115996916374747)
# WMSELoss(embedding_dim=32, w_size=256)(torch.cat([z, w])), past its check for torch 1.11.
W_MSE = 0.1569659934761285

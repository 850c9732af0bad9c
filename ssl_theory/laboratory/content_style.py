"""What an augmentation leaves alone is found as a block; of what it changes, only what that tells.

Content ``c`` is the same in both views, style ``s = a + B c + noise`` is not. A representation
that is aligned and spread out is an invertible function of content [vonkugelgen2021self]. It
tells of style what content tells, :math:`R^2_j = |B_j|^2 / (|B_j|^2 + 1)`, and nothing else.
"""

from dataclasses import replace
from typing import Any

import numpy as np

from ssl_theory.experiments import Training, run
from ssl_theory.experiments.encoders import Perceptron
from ssl_theory.identifiability import BlockR2
from ssl_theory.laboratory.baselines import baselines
from ssl_theory.laboratory.experiment import Experiment, Finding, Measured, Prediction
from ssl_theory.laboratory.held_out import NEAR, held_out_losses
from ssl_theory.objectives import lp_info_nce
from ssl_theory.processes import ContentStyle, mixings

__all__ = ["CONTENT_STYLE"]

# Correlated content has a direction with 1.4 % of its variance in the standard world. The optimum
# of linear encoders has it; perceptrons that are trained this long have a style in its place.
WORLD = ContentStyle(correlated=False, mixing=mixings.Perceptron(layers=2))
OBJECTIVE = lp_info_nce(power=2.0, temperature=0.1)
ENCODER = Perceptron(outputs=3, widths=(96, 96, 96))
TRAINING = Training(steps=1500, batch=256, rate=3e-3)
ITEMS, HELD_OUT = 2**13, 2**20  # how many, and their seed
CONTENT = (0, 1, 2)

FOUND = Prediction(
    "R2 of content", 0.98, np.inf, "content is a function of the embedding [vonkugelgen2021self]"
)
ONLY = Prediction(
    "R2 of the embedding from content", 0.98, np.inf,
    "the embedding is a function of content [vonkugelgen2021self]",
)  # fmt: skip
STYLE = Prediction.about(
    "R2 of style", float(WORLD.bayes_r2.mean()), 0.05, "the mean of |B_j|^2 / (|B_j|^2 + 1)"
)


def conduct(seed: int) -> Finding:
    """Train, and score against codes of which it is known what they hold."""
    result = run(OBJECTIVE, WORLD, ENCODER, TRAINING, seed=seed)
    items = WORLD.draw(ITEMS, seed=HELD_OUT)
    views = result.encode(items.x), result.encode(items.y)
    # Both views have content exactly, so the least there is, -log n, has all items told apart.
    loss, most = held_out_losses(OBJECTIVE, *views, TRAINING.batch).mean(), np.log(TRAINING.batch)
    there = result.converged and bool(loss < (NEAR - 1) * most)
    codes = {
        name: h
        for name, h in baselines(items, ENCODER, seed).items()
        if name in ("identity", "untrained")
    }
    codes |= {
        "content": items.latents[:, CONTENT],
        "content and a style": items.latents[:, (*CONTENT, WORLD.content)],
        "trained": views[0],
    }
    names = {
        "content_from_representation": FOUND.name,
        "representation_from_content": ONLY.name,
        "style_from_representation": STYLE.name,
    }
    scored = {name: BlockR2(CONTENT)(items.latents, h).parts for name, h in codes.items()}
    table: list[dict[str, Any]] = [
        {"encoder": name, **{said: parts[part] for part, said in names.items()}}
        for name, parts in scored.items()
    ]
    scores = {row["encoder"]: row for row in table}
    return Finding(
        "content-style",
        tuple(
            Measured(prediction, scores["trained"][prediction.name], there)
            for prediction in (FOUND, ONLY, STYLE)
        ),
        tuple(table),
        {
            **{name: np.array([row[name] for row in table]) for name in names.values()},
            "encoders": np.array(list(scores)),
            "best": np.array([STYLE.low, STYLE.high]),
        },
        controls=tuple(
            Measured(replace(p, name=f"{p.name}, of {code}"), scores[code][p.name])
            for p, code in ((ONLY, "content and a style"), (STYLE, "identity"))
        ),
    )


def draw(curves):
    """What each representation tells of content and of style, and content of it."""
    from ssl_theory.plots import draw_blocks

    return draw_blocks(curves)


CONTENT_STYLE = Experiment(
    "content-style",
    "Is what an augmentation leaves alone found, and nothing else?",
    "vonkugelgen2021self", 30.0, conduct, draw,
)  # fmt: skip

"""Whether embeddings have collapsed, how, and how sure one can be: of one checkpoint, or of two."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ssl_theory.collapse.attribution import attribute
from ssl_theory.collapse.detector import Against
from ssl_theory.collapse.detectors import CHANNELS, DETECTORS, FEWEST, KIND_OF
from ssl_theory.collapse.detectors.numeric import LOST
from ssl_theory.collapse.finding import Detection, Finding
from ssl_theory.collapse.judging import judged, losses_of
from ssl_theory.collapse.kinds import Kind
from ssl_theory.collapse.observation import Observation
from ssl_theory.collapse.paired import changes

__all__ = ["detect"]


def detect(
    z: Any,
    views: Any = None,
    *,
    labels: Any = None,
    trajectories: Any = None,
    tokens: Any = None,
    units: Any = None,
    backbone: Any = None,
    assignments: Any = None,
    codes: int | None = None,
    prototypes: Any = None,
    predictions: Any = None,
    previous: Any = None,
    against: Literal["isotropy"] | None = None,
    level: float = 0.05,
    seed: int = 0,
) -> Detection:
    r"""Look for every kind of collapse that what is given can show.

    Three questions are asked, each where it has an answer:

    - Does something hold that holds of no healthy encoder: numbers that overflowed, items that
      coincide, units that never respond, views that are matched no better than at random? The
      last is a collapse until chance is refuted; the others are collapses once they are shown.
    - Is it worse than of noise (``against="isotropy"``): isotropic Gaussian items, evenly used
      codes, independent moments of a trajectory? To be asked of encoders that were trained to
      look like noise. Any other has directions that it prefers, and would rightly be told so.
    - Has it become worse than ``previous``, the same items embedded by an earlier checkpoint (or
      another encoder that is known to be good), by more than healthy training does? Items are
      paired, and the error is that of a jackknife over blocks of them.

    Chances of the last two and of the rules are corrected for how many tests were made, by Holm's
    method [holm1979simple], and a collapse is shown if such a chance is at most ``level`` and the
    loss is beyond the channel's tolerance.

    Parameters
    ----------
    z
        Embeddings ``(items, dimensions)``: an array, a tensor or an :class:`Observation` that
        holds everything else.
    views
        The second view of each item.
    labels
        Of items. Clusters that labels explain are no collapse: these channels are of deviations
        from the means of labels, to be of many items each.
    trajectories, tokens, units, backbone, assignments, codes, prototypes, predictions
        See :class:`Observation`. A kind that needs what is not given is listed as not judged.
    previous
        The same items before: embeddings, or an :class:`Observation`.
    against
        Whether to hold it against noise.
    level
        The chance that any collapse is shown where there is none.
    seed
        Of shuffles and simulations.

    Returns
    -------
    Detection
        Findings, one for each channel and what it was held against, and the kinds of collapse in
        order of how much they explain. It prints as a table.

    Examples
    --------
    Two hundred items on a line, of eight dimensions:

    >>> z = np.outer(np.random.default_rng(0).standard_normal(200), np.ones(8))
    >>> found = detect(z, against="isotropy")
    >>> Kind.DIMENSIONAL in found.kinds, Kind.COMPLETE in found.kinds
    (True, False)
    """
    if against not in (None, "isotropy"):
        raise ValueError(
            f'`against` must be None or "isotropy", got {against!r}. To hold it against a '
            "checkpoint, pass its embeddings as `previous`."
        )
    if not 0 < level < 1:
        raise ValueError(f"`level` must lie between 0 and 1, got {level}. Use 0.05.")
    seen = z if isinstance(z, Observation) else Observation.of(
        z, views=views, trajectories=trajectories, tokens=tokens, units=units, backbone=backbone,
        assignments=assignments, codes=codes, prototypes=prototypes, predictions=predictions,
    )  # fmt: skip
    before = None
    if previous is not None:
        earlier = isinstance(previous, Observation)
        before = previous if earlier else Observation.of(previous, trajectories=trajectories)
        if len(before.z) != len(seen.z):
            raise ValueError(
                f"`previous` must be of the {len(seen.z)} items of `z`, got {len(before.z)}: row i "
                "of one is the same item as row i of the other. Embed the same items."
            )
    names = None if labels is None else _names(labels, len(seen.z))
    found = [*_alone(seen, names, against, seed)]
    if before is not None:
        found += _since(before, seen, names, seed)
    findings = judged(found, level)
    shown = {finding.kind for finding in findings if finding.collapsed}
    causes = tuple(
        cause
        for cause in attribute(losses_of(findings))
        if cause.kind in shown or (cause.kind is Kind.SPLIT and KIND_OF[cause.channel] in shown)
    )
    missing = tuple(_missing(seen, {finding.kind for finding in findings}))
    return Detection(level, findings, causes, missing)


def _names(labels: Any, items: int) -> NDArray:
    names = np.asarray(labels.detach().cpu() if hasattr(labels, "detach") else labels)
    if names.shape != (items,):
        raise ValueError(
            f"`labels` must hold one label for each of {items} items, got shape {names.shape}. "
            "Label the items of `z`."
        )
    return names


def _about_labels(seen: Observation, names: NDArray | None) -> Observation:
    """Deviations from the means of labels."""
    if names is None:
        return seen
    codes = np.unique(names, return_inverse=True)[1]
    counts = np.bincount(codes)
    sums = np.zeros((len(counts), seen.z.shape[1]))
    np.add.at(sums, codes, seen.z)
    return replace(seen, z=seen.z - (sums / counts[:, None])[codes])


def _alone(
    seen: Observation, names: NDArray | None, against: str | None, seed: int
) -> Iterator[Finding]:
    sound = seen.sound
    labels = None if names is None else names[seen.finite_rows]
    for detector in DETECTORS:
        if detector.test is None or detector.against is None or not detector.applies(seen):
            continue
        if detector.against is Against.ISOTROPY and against is None:
            continue
        if detector.kind is Kind.NUMERIC:
            looked_at = seen
        elif len(sound.z) < FEWEST:
            continue
        else:
            looked_at = _about_labels(sound, labels) if detector in CLUSTERED else sound
        for evidence in detector.test(looked_at, seed):
            yield _finding(
                detector.kind, detector.against, evidence.channel, evidence.found,
                evidence.expected, evidence.p_value, evidence.null,
            )  # fmt: skip


def _since(
    before: Observation, seen: Observation, names: NDArray | None, seed: int
) -> Iterator[Finding]:
    kept = np.flatnonzero(before.finite_rows & seen.finite_rows)
    if len(kept) < FEWEST:
        return
    one, two = before.take(kept).sound, seen.take(kept).sound
    labels = None if names is None else names[kept]
    others = [d for d in DETECTORS if d not in CLUSTERED]
    found = [*changes(one, two, others, seed=seed)]
    one, two = (_about_labels(each, labels) for each in (one, two))
    found += changes(one, two, CLUSTERED, seed=seed)
    for moved in found:
        if moved.channel == LOST:  # those items were left out of both
            continue
        yield _finding(KIND_OF[moved.channel], Against.REFERENCE, *moved[:1], moved.after,
            moved.before, moved.p_value, "")  # fmt: skip


def _finding(
    kind: Kind, against: Against, channel: str, found: float, expected: float, p: float, null: str
) -> Finding:
    scale = CHANNELS[channel]
    loss = scale.loss(expected, found) / scale.tolerance
    return Finding(kind, channel, against, found, expected, loss, p, p, False, null)


def _missing(seen: Observation, judged: set[Kind]) -> Iterator[tuple[Kind, str]]:
    for detector in DETECTORS:
        if detector.kind in judged:
            continue
        if not detector.applies(seen):
            lacking = [name for name in detector.needs if getattr(seen, name) is None]
            yield detector.kind, "needs " + " and ".join(f"`{name}`" for name in sorted(lacking))
        elif len(seen.sound.z) < FEWEST:
            yield (
                detector.kind,
                f"needs {FEWEST} items that are finite, and has {len(seen.sound.z)}",
            )
        elif detector.against is Against.ISOTROPY:
            yield detector.kind, 'needs `previous`, or against="isotropy"'
        else:
            yield detector.kind, "needs `previous`, with the same to look at"


CLUSTERED = tuple(d for d in DETECTORS if d.kind in (Kind.CLUSTER, Kind.LOCAL))

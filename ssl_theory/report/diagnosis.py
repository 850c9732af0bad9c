"""From embeddings to a report."""

import dataclasses
from typing import Any

from ssl_theory.arrays import check_partners
from ssl_theory.report.measurements import of_pair, of_view
from ssl_theory.report.value import Curve, Report
from ssl_theory.report.verdicts import judge
from ssl_theory.report.view import View

__all__ = ["diagnose"]


def diagnose(z: Any, w: Any = None, *, source: str = "embeddings") -> Report:
    """Measure embeddings, by stated conventions, and say whether they have collapsed.

    Parameters
    ----------
    z
        Embeddings ``(items, dimensions)``: an array, a tensor, a list of rows, or a memory map,
        which is read in blocks and may exceed memory.
    w
        A second view of the same items: row ``i`` is the partner of row ``i`` of ``z``.
    source
        What the report calls the embeddings.

    Returns
    -------
    Report
        Print it, show it in a notebook, or write it with ``to_html`` and ``to_json``.

    Raises
    ------
    TypeError, ValueError
        If an argument is not embeddings: not two-dimensional, not floating point, not finite.

    Examples
    --------
    Two hundred items along one line of a plane:

    >>> import numpy as np
    >>> line = np.random.default_rng(0).normal(size=(200, 1)) * [3.0, 4.0]
    >>> report = diagnose(line)
    >>> [verdict.kind.name for verdict in report.verdicts]
    ['RANK_DEFICIENT']
    >>> report["resolved rank"].value
    1
    """
    views = [View.of(z, "z")]
    if w is not None:
        views.append(View.of(w, "w"))
        check_partners(*(view.array.shape for view in views))
    first = views[0]
    measurements = of_view(first)
    if len(views) == 2:
        measurements += of_pair(*views)
        measurements += [dataclasses.replace(m, name=f"{m.name} of w") for m in of_view(views[1])]
    return Report(
        source,
        first.items,
        first.dimensions,
        " and ".join(dict.fromkeys(view.written for view in views)),
        tuple(verdict for view in views for verdict in judge(view)),
        tuple(measurements),
        tuple(
            Curve(v.name, tuple(v.spectrum.eigenvalues.tolist()), v.spectrum.floor) for v in views
        ),
    )

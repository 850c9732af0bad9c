"""What is measured, and the words that say by which convention."""

import dataclasses
from collections.abc import Sequence

from ssl_theory.report.of_blocks import Blocks
from ssl_theory.report.of_neighbours import of_neighbours
from ssl_theory.report.of_shape import of_shape
from ssl_theory.report.of_spectrum import of_spectrum
from ssl_theory.report.of_sphere import of_sphere
from ssl_theory.report.of_units import of_units
from ssl_theory.report.pairs import Pairs
from ssl_theory.report.value import Measurement
from ssl_theory.report.view import View

__all__ = ["of_pair", "of_view", "on_a_sample"]


def of_view(view: View, blocks: Blocks) -> list[Measurement]:
    """Everything that one view tells alone."""
    found = [*of_sphere(view.sample, blocks=blocks), *of_units(view.sample)]
    if view.rank:
        found += [*of_shape(view.sample), *of_neighbours(view.sample)]
    return [*of_spectrum(view), *on_a_sample(found, view)]


def on_a_sample(found: Sequence[Measurement], view: View) -> list[Measurement]:
    """The same, and that they are of some items, if they are."""
    drawn = len(view.sample)
    if drawn == view.items:
        return list(found)
    said = f"On {drawn:,} items drawn without replacement, seed 0"
    return [dataclasses.replace(m, note=". ".join(filter(None, (m.note, said)))) for m in found]


def of_pair(z: View, w: View, pairs: Pairs) -> list[Measurement]:
    """What two views of the same items tell together."""
    directed = not (z.directionless or w.directionless)
    spread = (z.items - 1) * (z.moments.total_variance + w.moments.total_variance)
    varied = z.rank > 0 and w.rank > 0
    return [
        Measurement(
            "alignment",
            pairs.alignment if directed else None,
            "squared distance",
            "mean |u_i - v_i|^2 over items scaled to length 1",
            "0 if partners coincide, 2 if they are unrelated, 4 if they are opposite",
            "" if directed else "Some items are zero and have no direction",
            group="Pair",
        ),
        Measurement(
            "agreement of the views",
            1 - pairs.squares_about_the_means / spread if varied else None,
            "of 1",
            "1 - squared distances of partners / squared distances from the means, means removed",
            "share of the variance that partners have in common; about 0 if rows are mismatched",
            "" if varied else "One view has collapsed to a point",
            group="Pair",
        ),
    ]

"""What is shown by chances, once they are corrected for how many there are, and why."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ssl_theory.collapse.detector import Against
from ssl_theory.collapse.detectors import CHANNELS
from ssl_theory.collapse.finding import Finding

__all__ = ["holm", "judged", "losses_of"]


def holm(p_values: Sequence[float]) -> list[float]:
    """The same chances, corrected so that any is wrongly small as rarely as one alone would be.

    The least is multiplied by how many there are, the next by one less, and none comes before one
    that was less. [holm1979simple]

    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    order = np.argsort(p_values, kind="stable")
    factors = np.arange(len(order), 0, -1)
    adjusted = np.empty(len(order))
    adjusted[order] = np.maximum.accumulate(np.sort(p_values) * factors)
    return np.minimum(adjusted, 1.0).tolist()


def judged(found: list[Finding], level: float) -> tuple[Finding, ...]:
    """The findings with chances corrected for all tests, with what is shown, and why.

    Until then a finding has no chance but its own, and for a reason what it would be by chance.
    """
    tested = [finding for finding in found if finding.against is not Against.NOISE]
    adjusted = iter(holm([finding.p_value for finding in tested]))
    done = []
    for finding in found:
        if finding.against is Against.NOISE:
            p, collapsed = finding.p_value, finding.p_value > level
        else:
            p = next(adjusted)
            # A rule is broken or not; of anything else there can be too little to matter.
            collapsed = p <= level and (finding.loss > 1 or finding.against is Against.RULE)
        reason = _reason(finding, collapsed)
        done.append(replace(finding, adjusted=p, collapsed=collapsed, reason=reason))
    return tuple(done)


def _reason(finding: Finding, collapsed: bool) -> str:
    if finding.against is Against.REFERENCE:
        most = CHANNELS[finding.channel].tolerance
        if collapsed:
            return f"worse than before by more than the {most:g} that healthy training may take"
        return f"not worse than before by more than {most:g}, for all that is certain"
    if finding.against is Against.NOISE:
        verb = "cannot be told" if collapsed else "can be told"
        return f"{verb} from {finding.reason}"
    if collapsed:
        return f"not what {finding.reason} show by chance"
    return f"what {finding.reason} show, or too little to matter"


def losses_of(findings: tuple[Finding, ...]) -> dict[str, float]:
    """Of each channel, from the reference if there is one; of rules, only of those broken."""
    order = (Against.RULE, Against.ISOTROPY, Against.REFERENCE)
    return {
        finding.channel: finding.loss
        for against in order
        for finding in findings
        if finding.against is against and (against is not Against.RULE or finding.collapsed)
    }

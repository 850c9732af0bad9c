"""Which kinds of collapse a monitor's channels speak of."""

from collections.abc import Iterable, Mapping

from ssl_theory.collapse.attribution import Cause, attribute
from ssl_theory.collapse.detector import Detector
from ssl_theory.collapse.detectors import CHANNELS
from ssl_theory.collapse.following import Following

__all__ = ["explained"]


def explained(
    channels: Mapping[str, Following], detectors: Iterable[Detector], leader: str
) -> tuple[Cause, ...]:
    """The causes of what the channels lost, the likeliest first: at least that of the leader.

    The standard channels are attributed by their losses in standard tolerances, for what is told
    apart by nats stays so, whatever is tolerated here; only those that lost more than is
    tolerated here are causes. A channel of the user's own speaks of the kind of its detector.
    If the leader's loss is sudden and nothing else, all are judged by what they lost suddenly.
    """
    sudden = channels[leader].sudden and not channels[leader].plain
    lost = {name: f.dropped if sudden else f.lost for name, f in channels.items()}
    loss = {name: f.sudden_loss if sudden else f.loss for name, f in channels.items()}
    standard = {
        name: lost[name] / CHANNELS[name].tolerance
        for name, f in channels.items()
        if CHANNELS.get(name) == f.channel
    }
    causes = [c for c in attribute(standard) if loss[c.channel] > 1]
    kinds = {c.name: d.kind for d in detectors for c in d.channels}
    own = [name for name in channels if name not in standard and loss[name] > 1]
    if not causes and not own:
        own = [leader]
    for name in sorted(own, key=lambda name: -loss[name]):
        causes.append(Cause(kinds[name], name, loss[name], f"{name} became worse"))
    return tuple(causes)

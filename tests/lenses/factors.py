"""The single factors of the way back in a network with one lane."""

from rnn_tui.lenses.jacobians import LaneWalk
from rnn_tui.lenses.lanes import ONE_LANE


def jacobian_of(trace, t):
    """∂s_t/∂s_{t−1} of a trace in float64."""
    return LaneWalk(trace, ONE_LANE).jacobian(t)

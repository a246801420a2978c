"""Exact gradients through time: the loss of a batch, and its derivative by every parameter.

Pure functions on parameters under their PyTorch names (`rnn.weight_ih_l1_reverse`, `head.0.bias`, … as in the model
file), in whatever dtype the parameters have: float32 to train, float64 to check. `d_` before a name means the
derivative of the loss by it.
"""

from rnn_tui.network.backprop.architecture import Architecture
from rnn_tui.network.backprop.batch import Batch
from rnn_tui.network.backprop.gradients import Parameters, logits_of, loss_and_gradients
from rnn_tui.network.backprop.losses import LOSSES, binary_cross_entropy, cross_entropy, squared_error

__all__ = [
    "LOSSES",
    "Architecture",
    "Batch",
    "Parameters",
    "binary_cross_entropy",
    "cross_entropy",
    "logits_of",
    "loss_and_gradients",
    "squared_error",
]

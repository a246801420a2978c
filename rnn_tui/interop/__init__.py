"""Networks that were trained elsewhere: the weights of PyTorch and Keras. Neither of the two is imported."""

from rnn_tui.interop.api import from_file, from_keras, from_torch
from rnn_tui.interop.description import Options

__all__ = ["Options", "from_file", "from_keras", "from_torch"]

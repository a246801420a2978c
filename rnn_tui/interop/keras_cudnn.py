"""The layout of Keras 2's CuDNNLSTM and CuDNNGRU, which differs from that of LSTM and GRU.

- the bias is one vector of twice the length, that of the input and then that of the hidden state (Keras' LSTM has their
  sum; its GRU with reset_after=True has both as rows);
- each gate's kernel is PyTorch's weight (units, input_size), whose numbers were given the shape (input_size, units);
- each gate's recurrent kernel is transposed.

Keras 2, `_convert_rnn_weights` of keras/engine/saving.py; the order of gates and the equations are those of Keras'
LSTM, and of its GRU with reset_after=True.
"""

from __future__ import annotations

import numpy as np

from rnn_tui.network.arrays import Array


def is_cudnn(bias: Array | None, columns: int, gates: int) -> bool:
    """True for a bias of twice as many numbers as the kernels have columns; SimpleRNN has no such layer."""
    return bias is not None and gates > 1 and bias.shape == (2 * columns,)


def plain(kernel: Array, recurrent_kernel: Array, bias: Array, gates: int) -> tuple[Array, Array, Array, Array]:
    """Kernel and recurrent kernel as Keras' LSTM and GRU have them, and the bias of each, (gates · units,)."""
    kernels = [part.reshape(part.shape[::-1]).T for part in np.split(kernel, gates, axis=1)]
    recurrent = [part.T for part in np.split(recurrent_kernel, gates, axis=1)]
    bias_ih, bias_hh = np.split(bias, 2)
    return np.concatenate(kernels, axis=1), np.concatenate(recurrent, axis=1), bias_ih, bias_hh

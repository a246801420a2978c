"""A readout: which of the hidden states, or what of all of them, is handed on to the output nodes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from rnn_tui.network.arrays import Array
from rnn_tui.network.cells.cell import Asked
from rnn_tui.network.phases import Phase

Integers = NDArray[np.integer]

Sums = tuple[Array, ...]
"""What a readout keeps of the hidden states so far of B sequences, (B, n) each, so that none has to be kept whole."""


class Readout:
    """A readout, and here what hands on the hidden state itself. It hands on something after every word.

    `title` is what it is called beside the cell, with {} for what a token is called; "" where that goes without saying.
    `phases` are its part of a timestep, after h is there. `reads` is the name of the value that it hands on,
    and `called` what a unit's number in it is called in words: "average"; "" for the hidden state itself.
    `PARAMETERS` are the fields that are learned, by their names in the model file.
    """

    kind: ClassVar[str]
    title: ClassVar[str] = ""
    phases: ClassVar[tuple[Phase, ...]] = ()
    reads: ClassVar[str] = "h"
    called: ClassVar[str] = ""
    PARAMETERS: ClassVar[Mapping[str, str]] = {}

    @property
    def reads_all(self) -> bool:
        """True where what is handed on is made of more states than the newest."""
        return self.reads != Readout.reads

    @classmethod
    def shapes(cls, hidden_size: int) -> dict[str, tuple[int, ...]]:
        """The shapes of its parameters, by their names in the model file."""
        return {}

    @classmethod
    def made(cls, parameters: Mapping[str, Array]) -> Self:
        """Make one from the parameters of a network, by their names in the model file."""
        return cls(**{field: parameters[name] for name, field in cls.PARAMETERS.items()})

    def tensors(self) -> dict[str, Array]:
        """Its parameters by their names in the model file."""
        return {name: getattr(self, field) for name, field in self.PARAMETERS.items()}

    def read(self, h: Array) -> dict[str, Array]:
        """From hidden states (T, hidden_size) to the values between h and the head, (T, n) each; none where h is it."""
        return {}

    def shares(self, values: Mapping[str, Array], t: int) -> Array:
        """The part of each word up to timestep t in what is handed on there, (t + 1,), together 1.

        `values` are the trace's, (T, n) each: the hidden states "h", and what `read` gave.
        """
        shares = np.zeros(t + 1, values["h"].dtype)
        shares[t] = 1
        return shares

    def start(self, h: Array) -> Sums:
        """The sums of B sequences of which nothing has been read; `h` (B, hidden_size) is their first state."""
        return ()

    def gather(self, h: Array, sums: Sums) -> Sums:
        """The sums that are kept after one more hidden state of each sequence, h (B, hidden_size)."""
        return sums

    def handed(self, h: Array, sums: Sums) -> Array:
        """The value that is handed on if the sequences ended with h, which was gathered; both (B, hidden_size)."""
        return h

    def forward_pass(self, h: Array, timesteps: Integers) -> tuple[Array, Sums]:
        """The value that is handed on at Q timesteps, (Q, B, hidden_size), and what the way back needs.

        `h` is (T, hidden_size, B). A sequence reads its own states alone, and none that comes later.
        """
        return h[timesteps].transpose(0, 2, 1), ()

    def backward_pass(self, d_read: Array, h: Array, timesteps: Integers, kept: Sums) -> tuple[Asked, dict[str, Array]]:
        """From the derivatives by what was handed on, (Q, B, hidden_size), to those by h and by the parameters."""
        d_h: list[Array | None] = [None] * len(h)
        for t, d_h_t in zip(timesteps, d_read.transpose(0, 2, 1), strict=True):
            d_h[t] = d_h_t
        return d_h, {}

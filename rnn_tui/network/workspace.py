"""Arrays that are used again, for code that needs the same large arrays over and over."""

from __future__ import annotations

import math

import numpy as np

from rnn_tui.network.arrays import Array


class Workspace:
    """Hands out arrays by name, in the same memory every time.

    A fresh array of a megabyte is unmapped memory that the system must first map and clear, page by page; at the sizes
    of a training step that takes longer than the arithmetic. An array from here is only good until the next one of
    the same name is asked for, and holds anything at first.
    """

    def __init__(self, dtype: np.dtype[np.floating]) -> None:
        """Start without any memory; every array is of this dtype."""
        self.dtype = dtype
        self._buffers: dict[str, Array] = {}
        self._parts: dict[str, Workspace] = {}

    def array(self, name: str, *shape: int) -> Array:
        """An array of this shape; its memory grows to the largest that was ever asked for under this name."""
        size = math.prod(shape)
        buffer = self._buffers.get(name)
        if buffer is None or buffer.size < size:
            buffer = self._buffers[name] = np.empty(size, self.dtype)
        return buffer[:size].reshape(shape)

    def part(self, name: str) -> Workspace:
        """A workspace of its own under this name, the same every time: for code whose arrays must outlive others'."""
        part = self._parts.get(name)
        if part is None:
            part = self._parts[name] = Workspace(self.dtype)
        return part

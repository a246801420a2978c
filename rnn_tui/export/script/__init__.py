"""A network and a sentence as a short script of NumPy or PyTorch, with the weights beside it."""

from __future__ import annotations

import io
import os
from pathlib import Path

import numpy as np

from rnn_tui.export.request import MEND, Request
from rnn_tui.export.script import with_numpy, with_torch
from rnn_tui.network.errors import UserError
from rnn_tui.network.model import Model
from rnn_tui.network.storage import check_writable, write_whole

SOURCES = {"numpy": with_numpy.source, "torch": with_torch.source}
"""What writes the script, by the library that it computes with."""


def weights_path(script: Path) -> Path:
    """The file of the weights that lies beside a script."""
    return script.with_name(f"{script.stem}-weights.npz")


def write(request: Request) -> None:
    """Write the script and its weights, both or none; raises UserError where that can't be done.

    Weights that are there already are replaced with their script alone.
    """
    path, beside = request.path, weights_path(request.path)
    script = SOURCES[request.library](request.trace, beside.name).encode("utf-8")
    if os.path.lexists(beside) and not os.path.lexists(path):
        raise UserError(f"{beside}: there is such a file already, and nothing is overwritten; give another name")
    with request.writing():
        _write_both(path, script, beside, request.trace.model)


def _write_both(path: Path, script: bytes, beside: Path, model: Model) -> None:
    for file in (path, beside):
        check_writable(file, MEND)
    before = beside.read_bytes() if beside.exists() else None
    weights = io.BytesIO()
    np.savez(weights, **model.tensors())  # type: ignore[arg-type]  # only tensors, all arrays
    write_whole(beside, weights.getvalue(), MEND)
    try:
        write_whole(path, script, MEND)
    except BaseException:
        if before is None:
            beside.unlink()
        else:
            write_whole(beside, before, MEND)
        raise

"""rnn-tui: see how a recurrent network reads a sentence.

The public API: `load` a model by name or path, `models` that are on the shelf, `Model`, `Trace` and `run`;
`from_torch` and `from_keras` for networks trained elsewhere, and `save`.
Everything is imported when it is first used, since start-up time is a feature.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rnn_tui.interop import from_keras, from_torch
    from rnn_tui.network.model import Model
    from rnn_tui.network.storage import save
    from rnn_tui.network.trace import Trace, run
    from rnn_tui.shelf import listing as models
    from rnn_tui.shelf import load

__all__ = ["Model", "Trace", "from_keras", "from_torch", "load", "models", "run", "save"]
__version__ = "0.1.0"

_HOMES = {
    "Model": ("rnn_tui.network.model", "Model"),
    "Trace": ("rnn_tui.network.trace", "Trace"),
    "run": ("rnn_tui.network.trace", "run"),
    "load": ("rnn_tui.shelf", "load"),
    "models": ("rnn_tui.shelf", "listing"),
    "from_keras": ("rnn_tui.interop", "from_keras"),
    "from_torch": ("rnn_tui.interop", "from_torch"),
    "save": ("rnn_tui.network.storage", "save"),
}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)

"""rnn-tui: see how a recurrent network reads a sentence.

The public API: `run` a network over a text and get a `Trace` of `Step`s, or only a `Prediction` with `predict`; look
through a `lens`; change a network with `edited`. A `Model` comes from the shelf by name or path (`load`, `models`), or
from elsewhere (`from_torch`, `from_keras`, with `Options`); `save` writes it, and `record` keeps a training epoch by
epoch. `step` opens the program on a module that is at hand, `show` puts a walk into a notebook. What is wrong is one
line, a `UserError`.
Everything is imported when it is first used, since start-up time is a feature.
"""

from __future__ import annotations

TYPE_CHECKING = False  # for who reads types it is true, and `typing` takes milliseconds before the program's first line
if TYPE_CHECKING:
    from typing import Any

    from rnn_tui.api import edited, lens, models, predict, run
    from rnn_tui.cli.stepping import step
    from rnn_tui.export.notebook import show
    from rnn_tui.interop import Options, from_keras, from_torch
    from rnn_tui.network.describing import Prediction
    from rnn_tui.network.errors import UserError
    from rnn_tui.network.model import Model
    from rnn_tui.network.storage import save
    from rnn_tui.network.trace import Step, Trace
    from rnn_tui.recording import record
    from rnn_tui.shelf import load

__all__ = [
    "Model",
    "Options",
    "Prediction",
    "Step",
    "Trace",
    "UserError",
    "edited",
    "from_keras",
    "from_torch",
    "lens",
    "load",
    "models",
    "predict",
    "record",
    "run",
    "save",
    "show",
    "step",
]
__version__ = "0.1.0"

_HOMES = {
    "Model": "rnn_tui.network.model",
    "Options": "rnn_tui.interop",
    "Prediction": "rnn_tui.network.describing",
    "Step": "rnn_tui.network.trace",
    "Trace": "rnn_tui.network.trace",
    "UserError": "rnn_tui.network.errors",
    "edited": "rnn_tui.api",
    "from_keras": "rnn_tui.interop",
    "from_torch": "rnn_tui.interop",
    "lens": "rnn_tui.api",
    "load": "rnn_tui.shelf",
    "models": "rnn_tui.api",
    "predict": "rnn_tui.api",
    "record": "rnn_tui.recording",
    "run": "rnn_tui.api",
    "save": "rnn_tui.network.storage",
    "show": "rnn_tui.export.notebook",
    "step": "rnn_tui.cli.stepping",
}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

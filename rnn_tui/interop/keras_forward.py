"""The forward of a Keras model: its predict, or the model itself called; Keras is never imported."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_tui.interop.answers import parts_of
from rnn_tui.interop.forward import LENGTHS, Again, Forward, Input, Way, batch_of, called_so
from rnn_tui.interop.keras_model import options_of
from rnn_tui.network.embedding import Learned, Scalar, Vector
from rnn_tui.network.model import Model

_RANDOM = (
    "answers differently each time, as with a Dropout that is called with training=True or a layer with stateful=True",
    "leave that out",
)


def forward_of(model: Any, asked: Callable[[Any], Any] | None = None) -> Forward | None:
    """The ways to call a model, or the one that was asked for; None for weights alone, which can't be called."""
    predict = getattr(model, "predict", None)
    if asked is not None:
        return called_so(lambda rows: parts_of(asked(batch_of(rows))))
    if not callable(predict) and not callable(model):
        return None
    call = _predicting(predict) if callable(predict) else lambda x: model(x, training=False)
    shape = getattr(model, "input_shape", None)
    fixed = shape[1] if isinstance(shape, tuple) and len(shape) > 1 and isinstance(shape[1], int) else None
    masked = any(options_of(layer).get("mask_zero") for layer in getattr(model, "layers", ()))
    skipped = frozenset({0} if masked else ())
    return Forward(lambda ours: _ways(call, ours), LENGTHS if fixed is None else (fixed,), skipped)


def _predicting(predict: Callable[..., Any]) -> Callable[[Any], Any]:
    """Predict without a progress bar, as far as it knows of one."""
    try:
        quiet = {"verbose": 0} if "verbose" in inspect.signature(predict).parameters else {}
    except (TypeError, ValueError):
        quiet = {}
    return lambda x: predict(x, **quiet)


def _ways(call: Callable[[Any], Any], ours: Model) -> Iterator[Way]:
    if not isinstance(ours.embedding, Learned | Vector):
        one_hot = np.eye(ours.input_size, dtype=np.float32)
        yield _way("one-hot, batch first", lambda rows: parts_of(call(one_hot[rows][None])))
    said = "rows"
    if isinstance(ours.embedding, Vector):
        said = "numbers in columns" if isinstance(ours.embedding, Scalar) else "numbers"
    yield _way(f"{said}, batch first", lambda rows: parts_of(call(batch_of(rows))))


def _way(said: str, call: Callable[[Input], list[NDArray[Any]]]) -> Way:
    return Way(said, call, again=(Again(*_RANDOM, lambda rows: (call(rows), call(rows))),))

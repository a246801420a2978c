"""A step that a saved Keras model picks with an index, h[:, -1, :]: GetItem in Keras 3, SlicingOpLambda in Keras 2."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rnn_tui.interop.keras_model import MERGE, RECURRENT
from rnn_tui.interop.keras_wiring import INPUTS, Named, histories
from rnn_tui.network.errors import UserError

LAST_STEP = "last_step"
"""The option, which is none of Keras', of a layer that reads both ways and whose last step is picked."""
SLICES = ("GetItem", "SlicingOpLambda")
_STEPWISE = (
    *("Dropout", "SpatialDropout1D", "GaussianNoise", "GaussianDropout", "AlphaDropout", "ActivityRegularization"),
    *("Identity", "Dense", "Activation", "ReLU", "Softmax", "TimeDistributed"),
)
"""Layers that have a step for each that they read."""


def at_last_step(layers: Sequence[Named]) -> list[Named]:
    """The layers without those that pick the last step, and the top recurrent layer as if it answered with that alone.

    Raises UserError for a layer that picks anything else.
    """
    slices = [layer for layer in layers if layer[0] in SLICES]
    for layer in slices:
        _check_slice(layer, layers)
    if not slices:
        return list(layers)
    kept = [layer for layer in layers if layer not in slices]
    top = max(index for index, (kind, _) in enumerate(kept) if _recurs(kind))
    if kept[top - 1][0] == "RNN":  # whose cell comes after it
        top -= 1
    kind, options = kept[top]
    kept[top] = (kind, {**options, "return_sequences": False, LAST_STEP: options.get(MERGE) is not None})
    return kept


def _check_slice(layer: Named, layers: Sequence[Named]) -> None:
    """Raise UserError unless it picks the last of all steps of the recurrent layer."""
    _, options = layer
    key = _key(options[INPUTS])
    if not _is_last_step(key):
        raise UserError(
            f"the Keras layer {options['name']} picks {_in_words(key)}; supported is the last step, h[:, -1, :]"
        )
    by_name = {str(other["name"]): (kind, other) for kind, other in layers}
    kind, read, index = "", options, 0
    for _ in layers:  # a damaged file may lead in a circle
        name, index = next(histories(read[INPUTS]), ("", 0))
        kind, read = by_name.get(name, ("", {}))
        if kind not in _STEPWISE:
            break
    if not _recurs(kind) or index != 0 or not read.get("return_sequences"):
        raise UserError(
            f"the Keras layer {options['name']} picks {_in_words(key)} of what isn't all steps of the recurrent layer; "
            "supported is the last of its steps, with return_sequences=True"
        )


def _recurs(kind: str) -> bool:
    return kind in RECURRENT or kind == "RNN"


def _key(nodes: Any) -> list[Any]:
    """The index, an item an axis: in Keras 3 the second argument, in Keras 2 `slice_spec`."""
    if isinstance(nodes, Mapping):
        found = nodes.get("slice_spec", (nodes.get("kwargs") or {}).get("key"))
        arguments = nodes.get("args")
        if found is None and isinstance(arguments, list) and len(arguments) > 1:
            found = arguments[1]
        return found if isinstance(found, list) else []
    inside = (_key(value) for value in nodes) if isinstance(nodes, list) else ()
    return next((key for key in inside if key), [])


def _is_last_step(key: Sequence[Any]) -> bool:
    """True for [:, -1], [:, -1, :] and [..., -1, :]."""
    words = [_item(item) for item in key]
    return words in ([":", "-1"], [":", "-1", ":"], [":", "-1", "..."], ["...", "-1", ":"])


def _in_words(key: Sequence[Any]) -> str:
    return f"h[{', '.join(map(_item, key))}]" if key else "something that it doesn't tell"


def _item(item: Any) -> str:
    """An item of an index as Python writes it."""
    if isinstance(item, Mapping):
        if item.get("class_name") == "__ellipsis__":
            return "..."
        inside = item.get("config", item)
        start, stop, step = (inside.get(name) for name in ("start", "stop", "step"))
        return ":".join("" if part is None else str(part) for part in (start, stop, *([] if step is None else [step])))
    return "..." if item == "Ellipsis" else str(item)

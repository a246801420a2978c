"""The way through a saved Keras model: which layer reads which, and what comes after what.

A model of Keras' functional kind names the inputs of each layer (`inbound_nodes`, in Keras 2 and 3 in different forms);
in one of the sequential kind each layer reads the one before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rnn_tui.interop.keras_model import RECURRENT
from rnn_tui.network.errors import UserError

Named = tuple[str, Mapping[str, Any]]
"""One layer: its class, and its options, with `INPUTS` among them where they are said."""

INPUTS = "inbound_nodes"
_RANKS = {"Embedding": 0} | dict.fromkeys((*RECURRENT, "RNN"), 1) | {"Dense": 3, "Softmax": 4, "Activation": 4}
_POOLS = ("GlobalAveragePooling1D", "GlobalMaxPooling1D", "GlobalMaxPool1D")


def check_wiring(layers: Sequence[Named]) -> None:
    """Raise UserError where the layers are no chain: embedding, recurrent layer, pooling, Dense, softmax."""
    _check_order(layers)
    for _, options in layers:
        nodes = options.get(INPUTS) or []
        if len(nodes) > 1:
            raise UserError(f"the Keras layer {options['name']} is used {len(nodes)} times; supported is once")
        if len(list(_histories(nodes))) > 1:
            raise UserError(
                f"the Keras layer {options['name']} reads more than one layer (such as an initial state); supported is "
                "one input"
            )


def state_read(layers: Sequence[Named]) -> int:
    """The output of the recurrent layer that is read on: 0 its own, 1 its last hidden state; UserError for others."""
    recurrent = {str(options["name"]): kind for kind, options in layers if kind in RECURRENT or kind == "RNN"}
    kinds = {kind for kind, _ in layers}
    for _, options in layers:
        for name, index in _histories(options.get(INPUTS) or []):
            if name not in recurrent:
                continue
            if index > 1:
                lstm = kinds & {"LSTM", "LSTMCell"}
                raise UserError(
                    f"the Keras layer {options['name']} reads {'the cell state' if lstm else f'output {index}'} of "
                    f"{name}; supported is its hidden state"
                )
            return index
    return 0


def _check_order(layers: Sequence[Named]) -> None:
    highest, before = -1, ""
    for kind, options in layers:
        rank = 2 if kind in _POOLS else _RANKS.get(kind, -1)
        if rank < 0 or (kind == "Activation" and options.get("activation") == "linear"):
            continue
        if rank < highest or (rank == highest and rank in (2, 4)):
            raise UserError(f"the Keras layer {options['name']} comes after {before}; supported is the other order")
        if kind == "Dense" and options.get("activation") != "linear":
            rank = 4
        highest, before = rank, str(options["name"])


def _histories(nodes: Any) -> Iterator[tuple[str, int]]:
    """Every tensor that a layer reads: the layer that it is of, and which of its outputs. Masks are none."""
    if isinstance(nodes, Mapping):
        history = nodes.get("keras_history")
        if isinstance(history, list) and len(history) == 3 and type(history[2]) is int:
            yield str(history[0]), history[2]
            return
        for key, value in nodes.items():
            if key != "mask":
                yield from _histories(value)
    elif isinstance(nodes, list):
        if len(nodes) in (3, 4) and isinstance(nodes[0], str) and all(type(number) is int for number in nodes[1:3]):
            yield nodes[0], nodes[2]
            nodes = nodes[3:]
        for value in nodes:
            yield from _histories(value)

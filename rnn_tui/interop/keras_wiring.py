"""The way through a saved Keras model: which layer reads which, and what comes after what.

A model of Keras' functional kind names the inputs of each layer (`inbound_nodes`, in Keras 2 and 3 in different forms);
in one of the sequential kind each layer reads the one before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rnn_tui.interop.keras_model import MERGE, RECURRENT, function_of
from rnn_tui.network.errors import UserError

Named = tuple[str, Mapping[str, Any]]
"""One layer: its class, and its options, with `INPUTS` among them where they are said."""

INPUTS = "inbound_nodes"
POOLS = {"GlobalAveragePooling1D": "mean", "GlobalMaxPooling1D": "max", "GlobalMaxPool1D": "max"}
"""The readout that a layer of Keras is, by its class."""

_EMBEDDING, _RECURRENT, _POOL, _HEAD, _DENSE, _ANSWER = range(6)
_RANKS = {"Embedding": _EMBEDDING} | dict.fromkeys((*RECURRENT, "RNN"), _RECURRENT) | {"Dense": _DENSE}
_RANKS |= dict.fromkeys(POOLS, _POOL)


def check_wiring(layers: Sequence[Named]) -> None:
    """Raise UserError where the layers are no chain: embedding, recurrent layers, pooling, head, Dense, softmax."""
    _check_order(layers)
    _check_readers(layers)
    for _, options in layers:
        nodes = options.get(INPUTS) or []
        if len(nodes) > 1:
            raise UserError(f"the Keras layer {options['name']} is used {len(nodes)} times; supported is once")
        if len(list(histories(nodes))) > 1:
            raise UserError(
                f"the Keras layer {options['name']} reads more than one layer (such as an initial state); supported is "
                "one input"
            )


def state_read(layers: Sequence[Named]) -> int:
    """The output of the top recurrent layer that is read on: 0 its own, 1 its last hidden state.

    Raises UserError for others, and where another recurrent layer is read otherwise than all its steps.
    """
    recurrent = {
        str(options["name"]): (kind, options) for kind, options in layers if kind in RECURRENT or kind == "RNN"
    }
    kinds = {kind for kind, _ in layers}
    found = 0
    for reader, read in layers:
        for name, index in histories(read.get(INPUTS) or []):
            if name not in recurrent:
                continue
            _, options = recurrent[name]
            most = 0 if options.get(MERGE) is not None or reader in RECURRENT else 1
            if index > most:
                lstm = index > 1 and kinds & {"LSTM", "LSTMCell"} and options.get(MERGE) is None
                raise UserError(
                    f"the Keras layer {read['name']} reads {'the cell state' if lstm else f'output {index}'} of "
                    f"{name}; supported is its hidden state"
                )
            found = index
    return found


def after_last_dense(layers: Sequence[Named]) -> int:
    """The number of layers up to the last Dense, and that one; 0 where there is none."""
    return max((index for index, (kind, _) in enumerate(layers, 1) if kind == "Dense"), default=0)


def _check_order(layers: Sequence[Named]) -> None:
    highest, before, last = -1, "", after_last_dense(layers)
    for index, (kind, options) in enumerate(layers):
        function = function_of(kind, options)
        if function is not None:
            rank = _HEAD if index < last and function != "softmax" else _ANSWER
        else:
            rank = _RANKS.get(kind, -1)
        if kind == "Dense" and index + 1 < last:
            rank = _HEAD
        if rank < 0 or function == "linear":
            continue
        if rank < highest or (rank == highest and rank in (_POOL, _ANSWER)):
            raise UserError(f"the Keras layer {options['name']} comes after {before}; supported is the other order")
        if kind == "Dense" and index + 1 == last and options.get("activation") != "linear":
            rank = _ANSWER
        highest, before = rank, str(options["name"])


def _check_readers(layers: Sequence[Named]) -> None:
    """Raise UserError where two layers read one, so that the answer may not come by way of all of them."""
    readers: dict[str, set[str]] = {}
    for kind, options in layers:
        for name, _ in histories(options.get(INPUTS) or []) if kind != "NotEqual" else ():  # which makes a mask
            readers.setdefault(name, set()).add(str(options["name"]))
    for name, found in readers.items():
        if len(found) > 1:
            raise UserError(f"the Keras layer {name} is read by {' and '.join(sorted(found))}; supported is by one")


def histories(nodes: Any) -> Iterator[tuple[str, int]]:
    """Every tensor that a layer reads: the layer that it is of, and which of its outputs. Masks are none."""
    if isinstance(nodes, Mapping):
        history = nodes.get("keras_history")
        if isinstance(history, list) and len(history) == 3 and type(history[2]) is int:
            yield str(history[0]), history[2]
            return
        for key, value in nodes.items():
            if key != "mask":
                yield from histories(value)
    elif isinstance(nodes, list):
        if len(nodes) in (3, 4) and isinstance(nodes[0], str) and all(type(number) is int for number in nodes[1:3]):
            yield nodes[0], nodes[2]
            nodes = nodes[3:]
        for value in nodes:
            yield from histories(value)

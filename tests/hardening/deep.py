"""Deep networks of every kind, and what can be wrong with the fields that say what they are."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

from rnn_tui.network.heads import EntryKind
from rnn_tui.network.layers import LayerKind
from tests.deep import HIDDEN_LAYER

DEEP: dict[str, dict[str, Any]] = {
    "two-layers": {"cell": "gru", "layers": 2},
    "both-ways": {"cell": "lstm", "layers": 2, "bidirectional": True},
    "tags-both-ways": {"cell": "gru", "layers": 1, "bidirectional": True, "readout": "each", "inputs": "one-hot"},
    "summed": {"cell": "elman", "layers": 2, "bidirectional": True, "merge": "sum", "readout": "max"},
    "hidden-layers": {"cell": "lstm", "layers": 1, "head": (*HIDDEN_LAYER, EntryKind(True, "tanh")), "readout": "mean"},
    "yes-or-no": {"cell": "gru", "layers": 2, "bidirectional": True, "output": "yes_no", "head": HIDDEN_LAYER},
    "a-number": {"cell": "lstm", "layers": 2, "output": "number", "inputs": "vectors"},
    "numbers-both-ways": {
        "cell": "gru", "layers": 1, "bidirectional": True, "output": "number", "labels": ("rain", "wind"),
        "inputs": "number", "readout": "last_step",
    },
    "attention-both-ways": {"cell": "gru", "layers": 1, "bidirectional": True, "readout": "attention"},
    "mixed": {
        "kinds": (LayerKind("lstm", None, bidirectional=True), LayerKind("elman", "relu"), LayerKind("gru", None)),
        "readout": "last_step",
    },
    "four-layers": {"cell": "elman", "layers": 4, "hidden": 1},
}  # fmt: skip
"""What `tests.deep.deep_model` makes each of."""

ODD: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, 10**30, "", "x", "lstm", [], {}, [[]], [None], ["x"], [{}], [{"linear": 1}], "\x1b[2J",
    "\ud800", {"linear": True}, ["linear"],
)  # fmt: skip
LAYER: tuple[tuple[str, Any], ...] = (
    ("cell", "transformer"), ("cell", None), ("cell", ["lstm"]), ("activation", "relu"), ("activation", "sigmoid"),
    ("activation", None), ("bidirectional", 1), ("bidirectional", "yes"), ("bidirectional", None), ("merge", "mul"),
    ("merge", None), ("merge", "sum"), ("merge", "concat"), ("bidirectional", True), ("bidirectional", False),
    ("cell", "elman"), ("cell", "gru"), ("x", 1), ("", None), ("hidden_size", 10**30),
)  # fmt: skip
ENTRY: tuple[tuple[str, Any], ...] = (
    ("linear", 1), ("linear", None), ("linear", "yes"), ("linear", False), ("linear", True), ("activation", "softmax"),
    ("activation", None), ("activation", ["relu"]), ("activation", "tanh"), ("activation", "identity"), ("x", 1),
)  # fmt: skip
NUMBERS: tuple[Any, ...] = (
    None, True, 0, 1, -1, 1e-320, 1e308, -1e308, 10**400, float("nan"), float("inf"), "1", [], [1], [1, 2], [0, 0],
    [[1]], [None], ["1"], [1] * 5000,
)  # fmt: skip


def other_list(chance: Random, listed: list[Any], changes: tuple[tuple[str, Any], ...]) -> Any:
    """A list of objects, one thing changed: a field of one, one more or less, their order, thousands, or no list."""
    kind = chance.randrange(7)
    if kind == 0 or not listed:
        return chance.choice([*ODD, [{}] * 3])
    at = chance.randrange(len(listed))
    entry = dict(listed[at]) if isinstance(listed[at], dict) else {}
    if kind == 1:
        return [*listed[:at], chance.choice(ODD), *listed[at + 1 :]]
    if kind == 2:
        return [*listed[:at], *listed[at + 1 :]]
    if kind == 3:
        return listed * chance.choice([2, 3, 5000])
    if kind == 4:
        return listed[::-1]
    if kind == 5 and entry:
        del entry[chance.choice(sorted(entry))]
        return [*listed[:at], entry, *listed[at + 1 :]]
    name, value = chance.choice(changes)
    return [*listed[:at], {**entry, name: value}, *listed[at + 1 :]]


def other_layers(chance: Random, fields: dict[str, Any]) -> Any:
    """The field `layers`, one thing changed."""
    return other_list(chance, fields.get("layers") or [{"cell": fields.get("cell")}], LAYER)


def other_head(chance: Random, fields: dict[str, Any]) -> Any:
    """The field `head`, one thing changed."""
    return other_list(chance, fields.get("head") or [{"linear": False, "activation": "relu"}], ENTRY)


def other_output(chance: Random, fields: dict[str, Any]) -> Any:
    """The field `output`: another, or none that there is."""
    return chance.choice(["classes", "yes_no", "number", *ODD])


def other_numbers(chance: Random, fields: dict[str, Any]) -> Any:
    """A mean or a standard deviation."""
    return chance.choice(NUMBERS)


def other_tokenizer(chance: Random, fields: dict[str, Any]) -> Any:
    """A tokenizer of numbers with other features, names, means or scales."""
    whole = fields.get("tokenizer")
    before = whole if isinstance(whole, dict) else {}
    names: tuple[Any, ...] = (
        None,
        [],
        ["a"],
        ["a", "a", "a"],
        ["a", "b", "c"],
        ["\x1b[2J", "[b]x", "\u202e"],
        "abc",
        [1, 2, 3],
    )
    name, value = chance.choice([
        ("features", chance.choice([None, 0, 1, 2, 3, -1, 10**30, 1.5, "3", True, 5000])),
        ("feature_names", chance.choice(names)),
        ("mean", chance.choice(NUMBERS)),
        ("scale", chance.choice(NUMBERS)),
    ])  # fmt: skip
    return {"kind": "numbers", **before, name: value}


OTHERS: dict[str, Callable[[Random, dict[str, Any]], Any]] = {
    "layers": other_layers,
    "head": other_head,
    "output": other_output,
    "output_mean": other_numbers,
    "output_std": other_numbers,
    "tokenizer": other_tokenizer,
    "readout": lambda chance, _: chance.choice(
        ["last", "last_step", "each", "mean", "max", "attention", "x", None, []]
    ),
    "format": lambda chance, _: chance.choice([1, 2, 3, 0, "2", None, 2.0, True]),
}
"""What each field of format 2 can be instead, by its name."""

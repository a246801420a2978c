"""The fields of the metadata that say what the network is made of: layers, head and output."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from rnn_tui.network.errors import ModelFileError
from rnn_tui.network.heads import EntryKind
from rnn_tui.network.kinds import HEAD_FUNCTIONS, MERGES, OUTPUTS
from rnn_tui.network.layers import LayerKind, Merge
from rnn_tui.network.outputs import Classes, Number, Output, YesNo
from rnn_tui.network.storage.fields import Fields

MOST_LAYERS, MOST_ENTRIES = 16, 16
"""The most layers, and the most entries of a head: more are no network that anybody can look at."""


def layers_of(fields: Fields, number: int) -> tuple[LayerKind, ...]:
    """The layers, the bottom one first: before format 2 the one of `cell`; raises ModelFileError."""
    listed = fields.fields.get("layers") if number > 1 else None
    if listed is None:
        return (LayerKind(*fields.cell()),)
    layers = _objects(fields, "layers", listed, "a list of objects, one a layer", MOST_LAYERS)
    if not layers:
        fields.fail("layers", listed, "a list of objects, one a layer")
    return tuple(_layer(Fields(fields.path, layer)) for layer in layers)


def _layer(fields: Fields) -> LayerKind:
    cell, activation = fields.cell()
    merge = fields.text("merge", "concat")
    if merge not in MERGES:
        fields.fail("merge", merge, f"one of {', '.join(MERGES)}")
    return LayerKind(cell, activation, fields.flag("bidirectional", default=False), cast(Merge, merge))


def head_of(fields: Fields, number: int) -> tuple[EntryKind, ...]:
    """The entries of the head, of which there are none before format 2; raises ModelFileError."""
    if number == 1:
        return ()
    listed = fields.fields.get("head") or []
    entries = _objects(fields, "head", listed, 'a list of {"linear": false, "activation": …}', MOST_ENTRIES)
    return tuple(_entry(Fields(fields.path, entry)) for entry in entries)


def _entry(fields: Fields) -> EntryKind:
    activation = fields.fields.get("activation", "identity")
    if activation not in HEAD_FUNCTIONS:
        fields.fail("head activation", activation, f"one of {', '.join(HEAD_FUNCTIONS)}")
    return EntryKind(fields.flag("linear", default=False), activation)


def output_of(fields: Fields, number: int, labels: tuple[str, ...]) -> Output:
    """The kind of output, which before format 2 is classes; raises ModelFileError."""
    kind = fields.text("output", Classes.kind) if number > 1 else Classes.kind
    if kind not in OUTPUTS:
        fields.fail("output", kind, f"one of {', '.join(OUTPUTS)}")
    if kind == YesNo.kind:
        if len(labels) != 2:
            fields.fail("labels", list(labels), "two labels, no and yes, with the output yes_no")
        return YesNo()
    if kind == Number.kind:
        count = len(labels)
        mean = fields.numbers("output_mean", count, 0.0)
        return Number(mean, fields.numbers("output_std", count, 1.0, positive=True))
    return Classes()


def _objects(fields: Fields, field: str, listed: object, expected: str, most: int) -> list[Mapping[str, Any]]:
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        fields.fail(field, listed, expected)
    if len(listed) > most:
        raise ModelFileError(f"{fields.path}: {field} has {len(listed)} entries, expected at most {most}")
    return listed

"""From a file of weights to a model: what it says of itself is believed, what nothing says is assumed and said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Unpack

from rnn_tui.interop import files, handwritten, keras, torch
from rnn_tui.interop.assembly import assemble, heads_of
from rnn_tui.interop.description import Description, Options
from rnn_tui.interop.keras_config import Said, said_in
from rnn_tui.interop.layers import Layers
from rnn_tui.network.errors import UserError
from rnn_tui.network.model import Model

_STATES = {"last": "last state", "each": "every state", "attention": "attention over the states"}


def model_in(
    path: Path,
    vocabulary: Sequence[str] | Mapping[str, int],
    labels: Sequence[str],
    max_bytes: int | None,
    **options: Unpack[Options],
) -> Model:
    """The model in a file; its provenance has what it says (`said`) or what had to be assumed (`assumed`).

    Raises UserError with one line that says what doesn't fit.
    """
    Description(vocabulary, labels, **options)  # what is wrong with it is said before the file is read
    source, contents = str(path), files.read_contents(path, max_bytes)
    asked = options.get("readout")
    said = Said()
    if contents.config is not None:
        said = said_in(contents.config, source, attention=asked == "attention")
    if asked is not None and said.readout is not None and asked != said.readout:
        raise UserError(f"{source}: its model_config says the readout {said.readout}, not {asked}; leave it out")
    chosen: dict[str, Any] = {**options, "readout": asked or said.readout or Description.readout}
    description = Description(vocabulary, labels, **chosen)
    layers = _layers(contents, source, description)
    model = assemble(
        layers if said.nonlinearity is None else replace(layers, nonlinearity=said.nonlinearity), description
    )
    way = computed(model)
    told = contents.config is not None and asked != "attention"  # whose layers a file of Keras doesn't name
    known, reason = ("said", f"its file says {way}") if told else ("assumed", f"assumed is {way}")
    unverified = {"against": None, "reason": reason}
    return replace(model, provenance={**model.provenance, known: way, "verified": unverified})


def computed(model: Model) -> str:
    """A network's way from weights to an answer, as far as weights alone don't tell it: “tanh, last state, softmax”."""
    kind = model.readout.kind
    answer = "sigmoid" if "outputs" in model.provenance else "softmax"
    parts = (model.activation, _STATES.get(kind, f"{kind} of the states"), answer)
    return ", ".join(part for part in parts if part)


def _layers(contents: files.Contents, source: str, description: Description) -> Layers:
    tensors = contents.tensors
    if torch.recognises(tensors):
        return torch.layers_of(tensors, source)
    if keras.recognises(tensors):
        return keras.layers_of(tensors, source, heads=heads_of(description.readout))
    if handwritten.recognises(tensors):
        return handwritten.layers_of(tensors, source)
    raise UserError(unknown_names(source, tensors))


def unknown_names(source: str, names: Mapping[str, Any]) -> str:
    """The line for names that no framework gives a recurrent layer."""
    listed = ", ".join(list(names)[:4]) + (", …" if len(names) > 4 else "")
    return (
        f"{source}: no recurrent layer among {listed or 'no tensors'}; "
        "expected the names of PyTorch (…weight_hh_l0) or Keras (…recurrent_kernel)"
    )

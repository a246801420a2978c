"""From a file of weights to a model: what it says of itself is believed, what nothing says is assumed and said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Unpack

from rnn_tui.interop import files, handwritten, keras, torch
from rnn_tui.interop.assembly import assemble
from rnn_tui.interop.candidates import activation_of, entries_in_words, head_in_words
from rnn_tui.interop.description import Description, Options
from rnn_tui.interop.keras_config import Said, said_in
from rnn_tui.interop.keras_model import Told, check_skipped
from rnn_tui.interop.layers import Layers
from rnn_tui.interop.sorting import heads_of
from rnn_tui.network.errors import UserError
from rnn_tui.network.model import Model

_STATES = {
    **{
        "last": "last state",
        "last_step": "state after the last step",
        "each": "every state",
        "mean": "mean of the states",
    },
    **{"max": "largest of the states", "attention": "attention over the states"},
}
_ANSWERS = {"classes": "one class of several", "yes_no": "yes or no", "number": "a number"}


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
    before = options.get("head")
    if before is not None and said.head is not None and tuple(before) != said.head:
        own, other = head_in_words(said.head), " and ".join(before) or "nothing"
        raise UserError(f"{source}: its model_config says {own}, not {other}; leave it out")
    chosen: dict[str, Any] = {**options, "readout": asked or said.readout or Description.readout}
    chosen["head"] = said.head if before is None else before
    chosen["output"] = options.get("output") or said.output
    description = Description(vocabulary, labels, **chosen)
    if description.numbers:
        check_skipped(said.told, source)
    model = assemble(_layers(contents, source, description, said.told), description)
    _check_last(said.last, model, source)
    way = computed(model)
    told = contents.config is not None and asked != "attention"  # whose layers a file of Keras doesn't name
    known, reason = ("said", f"its file says {way}") if told else ("assumed", f"assumed is {way}")
    unverified = {"against": None, "reason": reason}
    return replace(model, provenance={**model.provenance, known: way, "verified": unverified})


def _check_last(function: str | None, model: Model, source: str) -> None:
    """Raise UserError where the outputs go through another function than that of the kind of output."""
    kind = model.output.kind
    if function == "sigmoid" and kind != "yes_no":
        raise UserError(
            f"{source}: its model_config ends with sigmoid, the chance of a yes, not {_ANSWERS[kind]}; give two "
            "labels, that for no first, and leave out output"
        )
    if function == "softmax" and kind != "classes":
        raise UserError(
            f"{source}: its model_config ends with softmax, the chances of classes, not {_ANSWERS[kind]}; leave "
            "out output"
        )


def computed(model: Model) -> str:
    """A network's way from weights to an answer, as far as weights alone don't tell it.

    “tanh, last state, nothing before the last layer, softmax”; after that, how weights were read that could be read
    otherwise.
    """
    answer = {"yes_no": "sigmoid", "classes": "softmax"}.get(model.output.kind, "numbers")
    both = ("both directions",) if model.two_way else ()
    said = (activation_of(model), _STATES[model.readout.kind], *both, entries_in_words(model), answer)
    parts = (*said, model.provenance.get("read"))
    return ", ".join(part for part in parts if part)


def _layers(contents: files.Contents, source: str, description: Description, told: Sequence[Told]) -> Layers:
    tensors = contents.tensors
    if torch.recognises(tensors):
        return torch.layers_of(tensors, source)
    if keras.recognises(tensors):
        return keras.layers_of(tensors, source, heads=heads_of(description.readout), told=told)
    if handwritten.recognises(tensors):
        return handwritten.layers_of(tensors, source)
    raise UserError(unknown_names(source, tensors))


def layers_of_state_dict(
    tensors: Mapping[str, Any], source: str, known: torch.Known, *, open_ways: bool
) -> list[Layers]:
    """The layers of a state_dict in every way that they can be read, the likeliest first.

    `open_ways`: a forward will tell which is right; else there is one, or a UserError where weights leave it open.
    """
    if torch.recognises(tensors):
        if open_ways:
            return torch.candidates(tensors, source, known)
        return [torch.layers_of(tensors, source, known)]
    if open_ways:
        found = _by_hand(tensors, source)
    elif handwritten.recognises(tensors):
        found = [handwritten.layers_of(tensors, source)]
    else:
        raise UserError(unknown_names(source, tensors))
    return [replace(layers, framework="PyTorch") for layers in found]


def _by_hand(tensors: Mapping[str, Any], source: str) -> list[Layers]:
    """Every way to read a network written by hand, by its shapes alone where its names say nothing."""
    try:
        return handwritten.candidates(tensors, source)
    except UserError as error:
        if is_named(tensors):
            raise
        raise UserError(unknown_names(source, tensors)) from error


def is_named(names: Iterable[str]) -> bool:
    """True where names of PyTorch's, or of one written by hand, tell the recurrent layer."""
    listed = list(names)
    return torch.recognises(listed) or handwritten.recognises(listed)


def unknown_names(source: str, names: Mapping[str, Any]) -> str:
    """The line for names that no framework gives a recurrent layer."""
    listed = ", ".join(list(names)[:4]) + (", …" if len(names) > 4 else "")
    return (
        f"{source}: no recurrent layer among {listed or 'no tensors'}; "
        "expected the names of PyTorch (…weight_hh_l0) or Keras (…recurrent_kernel), or those of a network written by "
        "hand (i2h, h2h, h2o; W_xh, W_hh, W_hy)"
    )

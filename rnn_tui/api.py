"""The Python side: a model by name, path or itself, texts or lists of words, and every error in one line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from numbers import Real
from pathlib import Path
from typing import Any

import numpy as np

from rnn_tui import shelf
from rnn_tui.edits import Edit, WeightEdit, apply_edits, parse_edit
from rnn_tui.learning.figures import figure_in_words
from rnn_tui.lenses import lens as lens_of
from rnn_tui.lenses.lanes import DIRECTIONS
from rnn_tui.lenses.measuring import Question, measure
from rnn_tui.network.cells import State
from rnn_tui.network.describing import LONGEST_TEXT, Prediction
from rnn_tui.network.errors import InputError, UserError
from rnn_tui.network.model import Model
from rnn_tui.network.tokens import Token
from rnn_tui.network.trace import Trace
from rnn_tui.network.trace import run as run_network
from rnn_tui.text import cited, clipped, quoted

Named = Model | str | Path
"""A model, its name on the shelf, or the path of its file."""

Text = str | Sequence[Any]
"""A text, a list of words (or numbers), or tokens."""

Edits = str | Edit | Iterable[str | Edit]
"""An edit or several, each as it is typed ("drop 2") or as it is."""


def run(model: Named, text: Text, state: State | None = None, *, edits: Edits = ()) -> Trace:
    """Run a network over a text, with or without edits, and keep everything that it computes.

    `model` is a Model, a name ("sentiment") or a path; `text` a text, a list of words that are split already, a list
    of numbers for a network that reads numbers, or what `Model.tokenize` gave. `state` is what the network remembers
    before the first word: (h,) or (h, c), each (hidden_size,); zeros unless given. Raises UserError, in one line.
    """
    network = model_of(model)
    tokens: Sequence[Token] = tokens_of(network, text)
    if state is not None:
        _check_state(network, state)
    network, tokens = apply_edits(network, tokens, edits_of(edits))
    return run_network(network, tokens, state)


def predict(model: Named, text: Text, *, edits: Edits = ()) -> Prediction:
    """Say what a network answers after the last word of a text; `run(…).answers` has the answer after each word.

    Arguments and errors are those of `run`.
    """
    return run(model, text, edits=edits).answer


def edited(model: Named, *edits: str | Edit) -> Model:
    """Make another network, with edits such as "scale-memory 0.5" or "silence 3"; the one that is given stays.

    Its provenance says what was edited, and claims neither the figure nor the verification of the network before.
    Raises UserError for an edit of words, which is one of a text: `run` takes those.
    """
    parsed = edits_of(edits)
    for edit in parsed:
        if not isinstance(edit, WeightEdit):
            raise UserError(f"“{edit.to_text()}” is an edit of a text: give it to run(model, text, edits=[…])")
    before = model_of(model)
    if not parsed:
        return before
    known = {name: value for name, value in before.provenance.items() if name != "verified"}
    texts = [*known.get("edits", ()), *(edit.to_text() for edit in parsed)]
    provenance = {"edited_from": before.name, **known, "edits": texts, "figure": None}
    return replace(apply_edits(before, (), parsed)[0], provenance=provenance)


class Measured(dict[str, Any]):
    """The fields of a lens by name, as `rnn-tui lens NAME --json` has them; those of numbers alone are arrays."""

    def __init__(self, name: str, trace: Trace, fields: Mapping[str, Any]) -> None:
        super().__init__({field: _array(value) for field, value in fields.items()})
        self.lens, self.trace = name, trace

    def __repr__(self) -> str:
        sizes = ", ".join(f"{name} {_size(value)}" for name, value in self.items())
        return f"<Lens {self.lens} on {quoted(clipped(self.trace.text, LONGEST_TEXT))}: {sizes}>"


def lens(
    name: str,
    model: Named | Trace,
    text: Text | None = None,
    *,
    edits: Edits = (),
    t: int | None = None,
    layer: int | None = None,
    direction: str | None = None,
) -> Measured:
    """Look at a recording through a lens: memory, gradient, recency, units, attention, path or diagram.

    `model` and `text` are those of `run`, or in their place one Trace. `t` is the timestep (from 0) of the answer that
    is asked about, where every word has an answer of its own; the last one unless given. `layer` (from 0) and
    `direction` ("forward", "backward") name the lane that memory, gradient, units and path look at where there are
    several: the top one that reads forward unless given, for units all of them. Returns the lens's fields by name.
    Raises UserError where there is no such lens, or where it has nothing to show for this model.
    """
    trace = _trace(model, text, edits)
    if t is not None and trace.model.readout.kind != "each":
        raise UserError(f"“{trace.model.name}” has one answer, the one after the last word; t is for one for each word")
    if t is not None and not 0 <= t < len(trace):
        raise UserError(f"there is no timestep {t}; this trace has 0 to {len(trace) - 1}")
    if direction not in (None, *DIRECTIONS):
        raise UserError(f"there is no direction {cited(direction)}; there are {' and '.join(DIRECTIONS)}")
    backward = None if direction is None else direction == "backward"
    found = measure(Question(name, t, whole=True, layer=layer, backward=backward), trace)
    return Measured(name, trace, lens_of(name).load().to_json(found))


@dataclass(frozen=True, repr=False)
class Entry:
    """A model of the shelf: what its file says of it. `error` says why a file can't be used, and is "" for the others.

    `figure` says in words how good it is, and what an imported one was compared with; "" where neither is known.
    """

    name: str
    path: Path
    title: str = ""
    summary: str = ""
    cell: str = ""
    hidden_size: int = 0
    labels: tuple[str, ...] = ()
    figure: str = ""
    error: str = ""

    def __repr__(self) -> str:
        if self.error:
            return f"<{self.name}: can't be used, {self.error}>"
        figure = f"; {self.figure}" if self.figure else ""
        return f"<{self.name}: {self.cell}, hidden_size {self.hidden_size}, {len(self.labels)} labels{figure}>"


def models() -> list[Entry]:
    """List every model that can be opened by its name, the default first."""
    return [_entry(name, path) for name, path in shelf.in_order().items()]


def _entry(name: str, path: Path) -> Entry:
    from rnn_tui.network import storage

    try:
        metadata, hidden_size = storage.load_metadata(path)
    except UserError as error:
        return Entry(name, path, error=str(error))
    return Entry(
        name,
        path,
        metadata.title,
        metadata.summary,
        metadata.title_of_layers,
        hidden_size,
        metadata.labels,
        figure_in_words(metadata),
    )


def model_of(model: Any) -> Model:
    """A model as it is, or from the shelf by its name or its path; raises UserError."""
    if isinstance(model, Model):
        return model
    if not isinstance(model, str | Path):
        kind = type(model).__name__
        raise UserError(f"{kind} is no model: give a Model, a name or a path; from_torch and from_keras make a Model")
    return shelf.load(model)


def _trace(model: Named | Trace, text: Text | None, edits: Edits) -> Trace:
    if not isinstance(model, Trace):
        if text is None:
            raise UserError("a text is missing: lens(name, model, text), or lens(name, trace)")
        return run(model, text, edits=edits)
    if text is not None or edits_of(edits):
        raise UserError("a Trace has its text and its edits; give lens(name, trace), or lens(name, model, text)")
    return model


def tokens_of(model: Model, text: Any) -> tuple[Token, ...]:
    """The tokens of a text, of a list of words or numbers, or of tokens; raises UserError."""
    if isinstance(text, str):
        return model.tokenize(text)
    unit = model.tokenizer.unit
    if isinstance(text, bytes | Mapping) or not isinstance(text, Iterable):
        raise UserError(f"{type(text).__name__} is no text: give a text, or a list of {unit}s")
    given = list(text)
    if given and all(isinstance(piece, Token) for piece in given):
        own = model.tokens_of(token.surface for token in given)
        if any(replace(token, held=()) != expected for token, expected in zip(given, own, strict=True)):
            raise InputError(f"these are tokens of another model; tokenize(text) of “{model.name}” gives its own")
        return tuple(given)
    surfaces = [_surface(model, piece, at) for at, piece in enumerate(given, 1)]
    tokens = model.tokens_of(surfaces)
    for token in tokens:
        pieces = model.tokenizer.split(token.surface) if token.unknown else [token.surface]
        if len(pieces) != 1:
            count = len(pieces) or "no"
            raise InputError(f"{quoted(token.surface)} in the list is {count} {unit}s to “{model.name}”; give one each")
    return tokens


def _surface(model: Model, piece: Any, at: int) -> str:
    """A piece of a list as a text; a number is one where the network reads numbers."""
    if isinstance(piece, str):
        return piece
    unit = model.tokenizer.unit
    if model.tokenizer.kind == "numbers" and isinstance(piece, Real):
        return repr(float(piece)).removesuffix(".0")
    raise UserError(f"{unit} {at} of the list is {type(piece).__name__}, and no {unit}")


def _check_state(model: Model, state: Any) -> None:
    """Raise UserError where a state isn't one that the network's cell carries."""
    names, size = model.cell.state_names, model.hidden_size
    if [np.shape(part) for part in state] != [(size,)] * len(names):
        raise UserError(f"the state of “{model.name}” is ({', '.join(names)},), each of {size} numbers")


def edits_of(edits: Any) -> tuple[Edit, ...]:
    """The edits in their order, each parsed where it is typed; raises UserError."""
    listed = (edits,) if isinstance(edits, str | Edit) else edits
    if not isinstance(listed, Iterable):
        raise UserError(f"{type(edits).__name__} is no edit; one is typed as “drop 2”")
    found = []
    for edit in listed:
        if not isinstance(edit, str | Edit):
            raise UserError(f"{type(edit).__name__} is no edit; one is typed as “drop 2”")
        found.append(parse_edit(edit) if isinstance(edit, str) else edit)
    return tuple(found)


def _array(value: Any) -> Any:
    """A list of numbers, or of such lists of one length, as an array; anything else as it is."""
    if not isinstance(value, list) or not value:
        return value
    try:
        array = np.array(value)
    except ValueError:  # lists of different lengths
        return value
    return array if np.issubdtype(array.dtype, np.number) else value


def _size(value: Any) -> str:
    """The shape of an array, the length of a list, the names in a dictionary, and anything else as it is, in short."""
    if isinstance(value, np.ndarray):
        return str(value.shape)
    if isinstance(value, dict):
        return f"({', '.join(value)})"
    if isinstance(value, list):
        return f"({len(value)},)"
    return f"{value:.4g}" if isinstance(value, float) else repr(value)

"""`rnn_tui.step`: the program on a live module, from a script, a debugger or a notebook."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Unpack

import numpy as np
from numpy.typing import NDArray

from rnn_tui.cli.console import can_draw, is_terminal, no_drawing, say
from rnn_tui.interop import Options, from_keras, from_torch
from rnn_tui.network.embedding import Vector
from rnn_tui.network.errors import UserError
from rnn_tui.network.model import Model
from rnn_tui.network.storage import save
from rnn_tui.network.tokens import Token, WordTokenizer, join
from rnn_tui.network.trace import Trace, run

_NUMBER = "output"
"""The name of a network's one output, where none is given."""


def step(
    module: Any,
    inputs_or_text: Any,
    vocabulary: Sequence[str] | Mapping[str, int] = (),
    labels: Sequence[str] = (),
    **options: Unpack[Options],
) -> Trace:
    """Open the program on a live PyTorch module, a Keras model or a `Model`; what it computed is given back.

    `inputs_or_text` is one sequence: a text or a list of words, for which there must be a vocabulary; rows of the
    embedding, (T,) or (1, T), as a tensor, an array or a list; or numbers (T,), (T, features), (1, T, features) in the
    module's own scale. Words and labels that are not given are numbered from 0. `options` and errors are those of
    `from_torch`. Where there is no terminal, as in a notebook or a pipe, one line says what to do instead.
    """
    inputs = _plain(inputs_or_text)
    model = module if isinstance(module, Model) else _model(module, inputs, vocabulary, labels, options)
    tokens = _tokens(model, inputs)
    trace = run(model, tokens)
    reason = _no_screen()
    if reason:
        say(
            f"{reason}; what it computed is given back: print(trace[0]), or rnn_tui.save(trace.model, "
            '"mine.safetensors"), and then in a terminal: rnn-tui -m ./mine.safetensors'
        )
        return trace
    _open(model, join([token.surface for token in tokens], model.tokenizer))
    return trace


def _open(model: Model, text: str) -> None:
    """Open the program; the model lies in a file of its own as long as it is open."""
    from rnn_tui.scene import Reading, Scene
    from rnn_tui.settings import read_settings
    from rnn_tui.traces import Traces
    from rnn_tui.tui import app
    from rnn_tui.tui.walking.screen import WalkScreen

    with TemporaryDirectory(prefix="rnn-tui-") as folder:
        path = Path(folder) / "module.safetensors"
        save(model, path)
        app.run(WalkScreen(Scene(reading=Reading(str(path), text)), Traces()), settings=read_settings(None))


def _no_screen() -> str:
    """The reason why no screen can be drawn; "" where one can."""
    if not (is_terminal() and can_draw()):
        return no_drawing()
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return ""
    return "the program can't be opened inside a running event loop"


def _model(
    module: Any,
    inputs: str | list[str] | NDArray[Any],
    vocabulary: Sequence[str] | Mapping[str, int],
    labels: Sequence[str],
    options: Options,
) -> Model:
    """The model of a module; raises UserError as `from_torch` does, for as many labels as are likeliest."""
    said: Options = {"name": "module", **options}
    numbers = isinstance(inputs, np.ndarray) and inputs.dtype.kind == "f" and not len(vocabulary)
    if numbers:
        said.setdefault("tokenizer", "numbers")
    elif isinstance(inputs, np.ndarray):
        said.setdefault("tokenizer", WordTokenizer(lowercase=False, punctuation="spaces"))
        said.setdefault("unknown", "")
    elif not len(vocabulary):
        raise UserError("a text needs the vocabulary that the module was trained with; or give the rows of its words")
    words = vocabulary if numbers or len(vocabulary) else [str(row) for row in range(_rows(module))]
    opening = from_torch if hasattr(module, "state_dict") else from_keras
    refusals = []
    for listed in [labels] if len(labels) else _numbered(module):
        try:
            return opening(module, words, listed, **said)
        except UserError as error:
            refusals.append(error)
    raise refusals[0] if refusals else UserError("how many outputs the module has isn't plain; give its labels")


def _parts(module: Any) -> list[Any]:
    """The module's parts, those that were made first at the beginning."""
    modules = getattr(module, "modules", None)
    return list(modules()) if callable(modules) else list(getattr(module, "layers", ()))


def _numbered(module: Any) -> Iterator[list[str]]:
    """Labels that are numbers, for each number of outputs that a layer has: the likeliest is that of the last one."""
    sizes = [_size(part, "out_features", "units", "hidden_size") for part in _parts(module)]
    for size in dict.fromkeys(size for size in reversed(sizes) if size):
        yield [str(label) for label in range(size)] if size > 1 else [_NUMBER]


def _rows(module: Any) -> int:
    """The number of rows of the embedding, or of the inputs of the first recurrent layer where there is none."""
    for names in (("num_embeddings", "input_dim"), ("input_size",)):
        for part in _parts(module):
            if size := _size(part, *names):
                return size
    raise UserError("how many words the module knows isn't plain; give its vocabulary")


def _size(part: Any, *names: str) -> int:
    """The first attribute that is a size; 0 where there is none."""
    found = (getattr(part, name, None) for name in names)
    return next((size for size in found if isinstance(size, int)), 0)


def _plain(given: Any) -> str | list[str] | NDArray[Any]:
    """A text, a list of words, or an array of one sequence."""
    if isinstance(given, str):
        return given
    if isinstance(given, list | tuple) and all(isinstance(word, str) for word in given):
        return list(given)
    if hasattr(given, "detach"):
        given = given.detach().cpu()
    array = np.asarray(given)
    if array.dtype.kind not in "iuf" or not array.size or array.ndim > 3:  # a batch of vectors
        raise UserError(
            "expected a text, a list of words, rows of the embedding (T,) or numbers (T,) or (T, features) of one "
            f"sequence; found {type(given).__name__} of shape {array.shape}"
        )
    return array


def _tokens(model: Model, inputs: str | list[str] | NDArray[Any]) -> tuple[Token, ...]:
    """The tokens of one sequence; raises UserError where the network doesn't read it."""
    if isinstance(inputs, str):
        return model.tokenize(inputs)
    if isinstance(inputs, list):
        return model.tokens_of(inputs)
    if isinstance(model.embedding, Vector):
        return model.tokens_of(",".join(map(repr, timestep)) for timestep in _timesteps(inputs, model.input_size))
    rows, words = inputs, model.vocabulary.words
    if inputs.dtype.kind == "f":  # one-hot
        rows = inputs.reshape(-1, len(words)).argmax(axis=1) if inputs.size % len(words) == 0 else inputs
    if sum(size > 1 for size in rows.shape) > 1:
        raise UserError(f"found rows of shape {inputs.shape}; give one sequence, (T,) or (1, T)")
    strange = next((int(row) for row in rows.ravel() if not 0 <= row < len(words)), None)
    if strange is not None:
        raise UserError(f"row {strange} is none of the {len(words)} rows of the vocabulary, 0 to {len(words) - 1}")
    return model.tokens_of(words[int(row)] for row in rows.ravel())


def _timesteps(inputs: NDArray[Any], features: int) -> list[list[float]]:
    """The numbers of every timestep; raises UserError for more sequences than one."""
    shape = [size for size in inputs.shape if size > 1 or features == 1]
    sizes = [size for size in inputs.shape if size != 1]
    if inputs.size % features or len(sizes) > 1 + (features > 1) or (features > 1 and shape[-1:] != [features]):
        raise UserError(
            f"found numbers of shape {inputs.shape}; give one sequence, (T, {features}) or (1, T, {features})"
        )
    found: list[list[float]] = inputs.astype(np.float64).reshape(-1, features).tolist()
    return found

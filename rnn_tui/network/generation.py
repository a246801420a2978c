"""Writing on: a network that answers every token with the next one, run on its own answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.errors import InputError
from rnn_tui.network.model import Model
from rnn_tui.network.tokens import Token
from rnn_tui.network.trace import run

END = "<end>"
"""The label that says that the text ends here, in the models that are trained here."""


@dataclass(frozen=True)
class Writing:
    """The marks with which a next-token model ends and begins.

    `end` is the index of the end mark among the labels. `start` is the word of the vocabulary that every text begins
    with, which nobody types (the model file's provenance names it), or None where there is none.
    """

    end: int
    start: str | None = None


def writing_of(model: Model) -> Writing | None:
    """Return how a model writes on, or None for a model of another kind.

    A next-token model has the readout `each`, and its labels are its vocabulary (perhaps without the start token and
    the unknown word) and one more, the end mark.
    """
    if model.readout.kind != "each" or not len(model.vocabulary):
        return None
    start = model.provenance.get("start")
    start = start if isinstance(start, str) and start in model.vocabulary.index else None
    ends = [k for k, label in enumerate(model.labels) if label not in model.vocabulary.index]
    unsaid = set(model.vocabulary.words) - set(model.labels) - {start, model.vocabulary.unknown}
    return Writing(ends[0], start) if len(ends) == 1 and not unsaid else None


def next_token(probs: Array, temperature: float, rng: np.random.Generator) -> int:
    """Draw an index from probabilities (n,), which need not add to 1: p^(1/temperature), made to add to 1.

    A temperature of 0 is the most probable, 1 the probabilities as they are; above 1 is bolder. Raises
    InputError for a negative temperature, and where none has a probability above 0.
    """
    if not temperature >= 0 or not np.isfinite(temperature):
        raise InputError(f"a temperature of {temperature:g} is none; 0 is the most probable, 1 as it was learned")
    p = np.asarray(probs, np.float64)
    if not np.isfinite(p).all() or not (p > 0).any():
        raise InputError("the network gives nothing that could come next a probability")
    if temperature == 0:
        return int(p.argmax())
    with np.errstate(divide="ignore"):
        logits = np.log(p)
    # The largest is taken off before the division, so that a small temperature can't overflow.
    sharpened = np.exp((logits - logits.max()) / temperature)
    return int(rng.choice(len(p), p=sharpened / sharpened.sum()))


def generate(
    model: Model, tokens: Sequence[Token], length: int, temperature: float, rng: np.random.Generator
) -> Iterator[Token]:
    """Write on from `tokens`, one token at a time, at most `length` of them; it stops before the end mark.

    Each step runs the cell on the one new token, from the state that the last step left. The start token is read
    first where the model has one and `tokens` doesn't begin with it; it and the unknown word are never written.
    Raises InputError for a model that is no next-token model, and where there is nothing to begin with.
    """
    writing = writing_of(model)
    if writing is None:
        raise InputError(
            f"“{model.name}” doesn't write on: that needs a next-token model (readout each, its labels the vocabulary "
            "and an end mark); `rnn-tui train LINES.txt --task next -o NAME.safetensors` makes one"
        )
    silent = [k for k, label in enumerate(model.labels) if label in (writing.start, model.vocabulary.unknown)]
    reading, state = opening(writing, model, tokens), None
    for _ in range(length):
        trace = run(model, reading, state)
        probs = trace.values["probs"][-1].copy()
        probs[silent] = 0
        drawn = next_token(probs, temperature, rng)
        if drawn == writing.end:
            return
        label = model.labels[drawn]
        written = model.vocabulary.lookup(label, label)
        yield written
        reading, state = [written], tuple(trace.values[name][-1] for name in model.cell.state_names)


def opening(writing: Writing, model: Model, tokens: Sequence[Token]) -> list[Token]:
    """Return what a next-token model reads before it writes: the start token, once, and the tokens.

    Raises InputError where there are none.
    """
    if writing.start is not None and not (tokens and tokens[0].text == writing.start):
        return [model.vocabulary.lookup(writing.start, writing.start), *tokens]
    if not tokens:
        raise InputError(f"“{model.name}” has no start token, so it needs a beginning; give it one with -s")
    return list(tokens)

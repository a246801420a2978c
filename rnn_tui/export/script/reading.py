"""The lines of a script that say what the network reads: the sentence, and from it x."""

from __future__ import annotations

from collections.abc import Sequence

from rnn_tui.network.embedding import Learned, OneHot, Vector
from rnn_tui.network.model import Model
from rnn_tui.network.tokens import NumberTokenizer, Token, as_number
from rnn_tui.network.trace import Trace
from rnn_tui.text import printable


def opening(trace: Trace, library: str) -> list[str]:
    """The comment at the top of a script, which says what it is."""
    title = printable(" ".join((trace.model.title or trace.model.name).split()))
    return [
        f"# {title}: {trace.model.on(0).architecture}, in {library}.",
        "# It prints what the network computes at every word; t, layers and units count from 0.",
    ]


def read_tokens(trace: Trace) -> list[str]:
    """The lines of NumPy that make x (T, input_size) of the sentence, which stands there."""
    model, tokens = trace.model, trace.tokens
    lines = [f"tokens = {[token.text for token in tokens]}"]
    if isinstance(model.embedding, Vector):
        return [*lines, *_numbers(model, tokens)]
    ids = [token.index for token in tokens]
    lines.append(f"ids = {ids}  # their rows of the vocabulary" + (", None: of no word" if None in ids else ""))
    if isinstance(model.embedding, Learned) and None not in ids:
        return [*lines, 'x = weights["embedding.weight"][ids]']
    lines.append(f"x = np.zeros((len(tokens), {model.embedding.input_size}), np.float32)")
    at = "1" if isinstance(model.embedding, OneHot) else 'weights["embedding.weight"][row]'
    into = "x[t, row]" if isinstance(model.embedding, OneHot) else "x[t]"
    return [*lines, "for t, row in enumerate(ids):", "    if row is not None:", f"        {into} = {at}"]


def _numbers(model: Model, tokens: Sequence[Token]) -> list[str]:
    """The numbers that were typed, and how they are scaled."""
    tokenizer = model.tokenizer
    assert isinstance(tokenizer, NumberTokenizer)  # a model that reads vectors has no other
    scaling = [tokenizer.scaling(feature) for feature in range(tokenizer.features)]
    typed = [[as_number(field) for field in token.text.split(",")] for token in tokens]
    return [
        f"numbers = np.array({typed})",
        f"mean, scale = {[mean for mean, _ in scaling]}, {[scale for _, scale in scaling]}",
        "x = ((numbers - mean) / scale).astype(np.float32)",
    ]

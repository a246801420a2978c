"""A model, a step and a recording as a short text: what `print` shows of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.text import LONGEST_WORD, clipped, number, percent, quoted, unsigned

LONGEST_TEXT = 60
MOST_LABELS, MOST_NUMBERS, MOST_ANSWERS, MOST_WORDS = 6, 4, 3, 12


@dataclass(frozen=True, repr=False)
class Prediction:
    """The answer after a word: the most probable label, its probability, and the probability of each label.

    `label` is None where the numbers have grown beyond all bounds, so that there is no answer.
    """

    word: str
    label: str | None
    probability: float
    probs: Mapping[str, float]

    def __repr__(self) -> str:
        return f"<Prediction after {quoted(clipped(self.word, LONGEST_WORD))}: {ranking(self.probs)}>"


def prediction_of(word: str, labels: Sequence[str], probs: Array) -> Prediction:
    """The prediction of the output nodes after a word; `probs` is (output_size,)."""
    likeliest = int(probs.argmax())
    label = labels[likeliest] if np.isfinite(probs).all() else None
    return Prediction(word, label, float(probs[likeliest]), dict(zip(labels, map(float, probs), strict=True)))


def ranking(probs: Mapping[str, float], most: int = MOST_ANSWERS) -> str:
    """The most probable labels: "Negative 81%, Positive 19%"; or that there is no answer."""
    if not np.isfinite(list(probs.values())).all():
        return "no answer, the numbers grow beyond all bounds"
    order = sorted(probs, key=lambda label: -probs[label])  # which keeps the order of those that share a rank
    return _listed((f"{clipped(label, LONGEST_WORD)} {percent(probs[label])}" for label in order), len(order), most)


def model_in_short(name: str, cell: str, vocab_size: int, sizes: Sequence[int], readout: str, labels: list[str]) -> str:
    """The name, cell, sizes and labels of a model, in PyTorch's words.

    `sizes` are input_size, hidden_size and output_size; a vocab_size of 0 is that of a network that reads numbers.
    """
    facts = [cell, f"vocab_size {vocab_size}" if vocab_size else "reads numbers"]
    facts += map("{} {}".format, ("input_size", "hidden_size", "output_size"), sizes)
    named = _listed((clipped(label, LONGEST_WORD) for label in labels), len(labels), MOST_LABELS)
    return f"<Model {clipped(name, LONGEST_TEXT)}: {', '.join(facts)}, readout {readout}; labels {named}>"


def trace_in_short(
    name: str, text: str, unit: str, answers: Sequence[Prediction], unknown: Sequence[str], *, each: bool
) -> str:
    """The text, the number of steps and the answer of a recording, and the words that the network doesn't know.

    `unit` is what a token is called; with `each`, every one of them has an answer of its own.
    """
    count, strange = len(answers), list(dict.fromkeys(unknown))
    said = ranking(answers[-1].probs)
    if each:
        labels = (clipped(answer.label or "no answer", LONGEST_WORD) for answer in answers)
        said = f"an answer for each: {_listed(labels, count, MOST_WORDS, between=' ')}"
    named = _listed((quoted(clipped(word, LONGEST_WORD)) for word in strange), len(strange), MOST_LABELS)
    read = f"{quoted(clipped(text, LONGEST_TEXT))}: {count} {unit}{'s' if count != 1 else ''}"
    return f"<Trace of {clipped(name, LONGEST_TEXT)} on {read}; {said}{f'; unknown: {named}' if strange else ''}>"


def step_in_short(t: int, word: str, h: Array, probs: Array) -> str:
    """The word of a step, and the beginning of its new hidden state and of its probabilities."""
    named = quoted(clipped(word, LONGEST_WORD))
    return f"<Step t={t} {named}: h {_value('h', h)}; probs {_value('probs', probs)}>"


def step_in_lines(t: int, word: str, values: Mapping[str, Array]) -> str:
    """The word of a step and each of its values, a line each: name, size, the first numbers."""
    wide, size_wide = max(map(len, values)), max(len(str(len(array))) for array in values.values())
    lines = [f"t={t} {quoted(clipped(word, LONGEST_WORD))}"]
    lines += [f"  {name:{wide}}  {len(array):>{size_wide}}  {_value(name, array)}" for name, array in values.items()]
    return "\n".join(lines)


def _value(name: str, array: Array) -> str:
    """The first numbers of a value; of many probabilities the largest, with its index (from 0)."""
    if len(array) > MOST_NUMBERS and name == "probs" and np.isfinite(array).all():
        return f"largest {unsigned(array.max())} at [{array.argmax()}]"
    if len(array) > MOST_NUMBERS and name == "x" and np.count_nonzero(array) == 1 == array.max():
        return f"1 at [{array.argmax()}], else 0"
    write = unsigned if name in ("probs", "attention") else number
    return " ".join(map(write, array[:MOST_NUMBERS])) + (" …" if len(array) > MOST_NUMBERS else "")


def _listed(texts: Iterable[str], count: int, most: int, between: str = ", ") -> str:
    """The first of some texts, and how many there are where these are not all."""
    shown = [text for _, text in zip(range(most), texts, strict=False)]
    return between.join(shown) + (f"{between}… ({count} in all)" if count > most else "")

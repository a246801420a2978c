"""A model, a step and a recording as a short text: what `print` shows of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.text import LONGEST_WORD, clipped, number, percent, quantity, quoted, unsigned

LONGEST_TEXT = 60
MOST_LABELS, MOST_NUMBERS, MOST_ANSWERS, MOST_WORDS = 6, 4, 3, 12
NO_ANSWER = "no answer, the numbers grow beyond all bounds"


WRITTEN = {"probs": unsigned, "attention": unsigned, "outputs": quantity}
"""How the numbers of a value are written, by its name; those of all others have their sign."""


@dataclass(frozen=True, repr=False)
class Prediction:
    """The answer after a word: the most probable label, its probability, and the probability of each label.

    `label` is None where the numbers have grown beyond all bounds, so that there is no answer. Where the answer is
    numbers, `outputs` has each by its label, in its own unit; then `label` and `probability` are None, and `probs` is
    empty.
    """

    word: str
    label: str | None
    probability: float | None
    probs: Mapping[str, float]
    outputs: Mapping[str, float] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Prediction after {quoted(clipped(self.word, LONGEST_WORD))}: {self.in_short()}>"

    def in_short(self, most: int = MOST_ANSWERS) -> str:
        """The most probable labels, or the numbers: "Negative 81%, Positive 19%", "next 432.1"."""
        return numbers_in_short(self.outputs, most) if self.outputs else ranking(self.probs, most)

    def alone(self) -> str:
        """The answer without its share, or the numbers without their labels: "Negative", "432.1", "3.1/4.2"."""
        if self.outputs:
            return "/".join(map(quantity, self.outputs.values()))
        return clipped(self.label or "no answer", LONGEST_WORD)


def prediction_of(word: str, labels: Sequence[str], probs: Array) -> Prediction:
    """The prediction of the output nodes after a word; `probs` is (output_size,)."""
    likeliest = int(probs.argmax())
    label = labels[likeliest] if np.isfinite(probs).all() else None
    return Prediction(word, label, float(probs[likeliest]), dict(zip(labels, map(float, probs), strict=True)))


def prediction_of_numbers(word: str, labels: Sequence[str], outputs: Array) -> Prediction:
    """The prediction of a network that answers with numbers, (output_size,), in their units."""
    return Prediction(word, None, None, {}, dict(zip(labels, map(float, outputs), strict=True)))


def ranking(probs: Mapping[str, float], most: int = MOST_ANSWERS) -> str:
    """The most probable labels: "Negative 81%, Positive 19%"; or that there is no answer."""
    if not np.isfinite(list(probs.values())).all():
        return NO_ANSWER
    order = sorted(probs, key=lambda label: -probs[label])  # which keeps the order of those that share a rank
    return _listed((f"{clipped(label, LONGEST_WORD)} {percent(probs[label])}" for label in order), len(order), most)


def numbers_in_short(outputs: Mapping[str, float], most: int = MOST_ANSWERS) -> str:
    """The numbers of an answer behind their labels: "next 432.1"; or that there is no answer."""
    if not np.isfinite(list(outputs.values())).all():
        return NO_ANSWER
    told = (f"{clipped(label, LONGEST_WORD)} {quantity(value)}" for label, value in outputs.items())
    return _listed(told, len(outputs), most)


def model_in_short(
    name: str,
    cell: str,
    vocab_size: int,
    sizes: Sequence[int],
    readout: str,
    head: Sequence[str],
    output: str,
    labels: list[str],
) -> str:
    """The name, cell, sizes, readout, head, kind of output and labels of a model, in PyTorch's words.

    `head` is empty where nothing stands before fc. `sizes` are input_size, hidden_size and output_size; a vocab_size of
    0 is that of a network that reads numbers. An `output` of "classes" goes without saying.
    """
    facts = [cell, f"vocab_size {vocab_size}" if vocab_size else "reads numbers"]
    facts += map("{} {}".format, ("input_size", "hidden_size", "output_size"), sizes)
    named = _listed((clipped(label, LONGEST_WORD) for label in labels), len(labels), MOST_LABELS)
    facts.append(f"readout {readout}")
    facts += [f"head {' then '.join(head)}"] if head else []
    facts += [f"output {output}"] if output != "classes" else []
    return f"<Model {clipped(name, LONGEST_TEXT)}: {', '.join(facts)}; labels {named}>"


def stack_title(layers: Sequence[tuple[str, bool]]) -> str:
    """The layers of a network in words: "LSTM, 2 layers, both ways"; each with its cell and whether it reads both ways.

    Where they differ each is named, the lowest first: "GRU both ways, then LSTM".
    """
    if len(set(layers)) > 1:
        return ", then ".join(f"{cell} both ways" if both else cell for cell, both in layers)
    (cell, both), count = layers[0], len(layers)
    return ", ".join([cell, *([f"{count} layers"] if count > 1 else []), *(["both ways"] if both else [])])


def head_in_words(entries: Sequence[tuple[bool, str]]) -> str:
    """The entries of a head in words, each with its linear layer, if any, and its function: "a hidden layer, relu"."""
    named = ((["a hidden layer"] if linear else []) + [function] for linear, function in entries)
    return ", ".join(name for entry in named for name in entry if name != "identity" or len(entry) == 1)


def trace_in_short(
    name: str, text: str, unit: str, answers: Sequence[Prediction], unknown: Sequence[str], *, each: bool
) -> str:
    """The text, the number of steps and the answer of a recording, and the words that the network doesn't know.

    `unit` is what a token is called; with `each`, every one of them has an answer of its own.
    """
    count, strange = len(answers), list(dict.fromkeys(unknown))
    said = answers[-1].in_short()
    if each:
        labels = (answer.alone() for answer in answers)
        said = f"an answer for each: {_listed(labels, count, MOST_WORDS, between=' ')}"
    named = _listed((quoted(clipped(word, LONGEST_WORD)) for word in strange), len(strange), MOST_LABELS)
    read = f"{quoted(clipped(text, LONGEST_TEXT))}: {count} {unit}{'s' if count != 1 else ''}"
    return f"<Trace of {clipped(name, LONGEST_TEXT)} on {read}; {said}{f'; unknown: {named}' if strange else ''}>"


def step_in_short(t: int, word: str, h: Array, name: str, answer: Array) -> str:
    """The word of a step, and the beginning of its new hidden state and of its answer, by the answer's name."""
    named = quoted(clipped(word, LONGEST_WORD))
    return f"<Step t={t} {named}: h {_value('h', h)}; {name} {_value(name, answer)}>"


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
    write = WRITTEN.get(name, number)
    return " ".join(map(write, array[:MOST_NUMBERS])) + (" …" if len(array) > MOST_NUMBERS else "")


def _listed(texts: Iterable[str], count: int, most: int, between: str = ", ") -> str:
    """The first of some texts, and how many there are where these are not all."""
    shown = [text for _, text in zip(range(most), texts, strict=False)]
    return between.join(shown) + (f"{between}… ({count} in all)" if count > most else "")

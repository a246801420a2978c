"""Wire the model `small-sums` by hand, and check that it does what its card says.

    python models/recipes/small_sums.py

It is made to be worked through on paper: three hidden units, words of two numbers, and weights that are multiples of a
quarter. The network is the plain one,

    h = tanh(weight_ih·x + bias_ih + weight_hh·h_prev + bias_hh)

and reads a day as a row of words: is it a good day or a bad one? Each word is two numbers, how nice it is and how much
effort. Three hidden units hold how much joy, tiredness and worry there is so far. Every sum of it has at most three
products, and each of the usual slips (the bias forgotten, the column taken for the row, one word too early) leads to
another number.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np

from rnn_tui.network.cells import Elman
from rnn_tui.network.embedding import Learned
from rnn_tui.network.heads import Linear
from rnn_tui.network.layers import Layer
from rnn_tui.network.model import Example, Model
from rnn_tui.network.readouts import Last
from rnn_tui.network.storage import save
from rnn_tui.network.tokens import Vocabulary, WordTokenizer
from rnn_tui.network.trace import Trace, run

MODELS = Path(__file__).resolve().parents[1]
NAME = "small-sums"
UNKNOWN = "<unk>"
UNITS = ("joy", "tired", "worry")
LABELS = ("Bad day", "Good day")
LONGEST = 4

# A word is how nice it is, and how much effort. What ties words together is neither; an unknown word is a little nice.
WORDS = {
    UNKNOWN: (0.25, 0.0),
    "and": (0.0, 0.0),
    "sun": (1.0, 0.0),
    "rain": (-1.0, 0.0),
    "cake": (1.0, -0.5),
    "nap": (0.5, -1.0),
    "run": (0.5, 1.0),
    "exam": (-0.5, 1.0),
    "friends": (1.0, 0.5),
}

# Joy takes what is nice. Effort makes tired. Worry grows with effort and shrinks with what is nice.
WEIGHT_IH = ((1.0, 0.0), (-0.25, 1.0), (-0.5, 0.5))
# Half of each stays from word to word. Who is tired has less joy, and who is worried tires: no row is like its column.
WEIGHT_HH = ((0.5, -0.5, 0.0), (0.0, 0.5, 0.25), (-0.25, 0.0, 0.5))
# A day begins a little joyful, and a little tired: without these the sums come out differently, so that it shows when
# somebody forgets them.
BIAS_IH = (0.25, 0.0, -0.25)
BIAS_HH = (0.0, 0.25, 0.0)
# Joy makes a good day; tiredness and worry, half as much each, a bad one. Bad day is the mirror image of Good day.
GOOD = (1.0, -0.5, -0.5)

# Each curated sentence, why it is interesting, and the answer that it must end with.
EXAMPLES = (
    (
        "sun and cake",
        "Two nice words. “and” is two zeros, so all that counts there is what is remembered, and the bias.",
        "Good day",
    ),
    (
        "exam and friends",
        "First effort, then friends: tired and worry go up, and the friends win in the end.",
        "Good day",
    ),
    (
        "friends and exam",
        "The same three words in another order, and the answer turns: the last word shouts.",
        "Bad day",
    ),
    ("rain friends exam", "Three words, and the answer turns twice.", "Bad day"),
)


def network() -> Model:
    """The wired network, still without its examples and its measured figure."""

    def numbers(rows: object) -> np.ndarray:
        return np.array(rows, np.float32)

    cell = Elman(
        weight_ih=numbers(WEIGHT_IH),
        weight_hh=numbers(WEIGHT_HH),
        bias_ih=numbers(BIAS_IH),
        bias_hh=numbers(BIAS_HH),
        activation="tanh",
    )
    good = numbers(GOOD)
    return Model(
        name=NAME,
        title="Small sums",
        summary="Three hidden units with small round weights, to be worked out by hand: a good day or a bad one?",
        tokenizer=WordTokenizer(lowercase=True, punctuation="drop"),
        vocabulary=Vocabulary(tuple(WORDS), UNKNOWN),
        embedding=Learned(numbers(list(WORDS.values()))),
        layers=(Layer(cell),),
        readout=Last(),
        fc=Linear(np.stack([-good, good]), np.zeros(len(LABELS), np.float32)),
        labels=LABELS,
        unit_names=UNITS,
    )


def agreement(model: Model) -> tuple[int, int]:
    """Count the days that plain counting calls the same, and all of those that it can call.

    Plain counting adds up how nice the words are less half of their effort. The days are all rows of up to `LONGEST`
    of the words; those that come to 0 have no answer by it.
    """
    known = [word for word in WORDS if word not in (UNKNOWN, "and")]
    agreed = days = 0
    for length in range(1, LONGEST + 1):
        for words in product(known, repeat=length):
            total = sum(WORDS[word][0] - 0.5 * WORDS[word][1] for word in words)
            if total:
                agreed += answer(run(model, model.tokens_of(words))) == LABELS[total > 0]
                days += 1
    return agreed, days


def build() -> Model:
    """The whole model, with its examples and the figure that is measured on it."""
    model = network()
    agreed, days = agreement(model)
    provenance = {
        "data": "none: wired by hand, every weight is explained in the script",
        "licence": "MIT",
        "split": None,
        "metric": f"agreement with plain counting, of all {days} days of up to {LONGEST} words that it decides",
        "figure": round(agreed / days, 4),
        "baselines": {"always Good day": round(always_good(), 4)},
        "command": "python models/recipes/small_sums.py",
        "seed": None,
    }
    return replace(model, examples=tuple(Example(text, why) for text, why, _ in EXAMPLES), provenance=provenance)


def always_good() -> float:
    """The share of the days that plain counting calls good."""
    worth = [nice - 0.5 * effort for word, (nice, effort) in WORDS.items() if word not in (UNKNOWN, "and")]
    totals = [sum(row) for length in range(1, LONGEST + 1) for row in product(worth, repeat=length)]
    return sum(total > 0 for total in totals) / sum(total != 0 for total in totals)


def answer(trace: Trace) -> str:
    """The label after the last word."""
    return trace.model.labels[trace.prediction()[0]]


def check(model: Model) -> None:
    """Assert everything that the card and the examples say; AssertionError names what does not hold."""
    for text, _, label in EXAMPLES:
        assert answer(run(model, model.tokenize(text))) == label, text
    for name, array in model.tensors().items():
        assert np.array_equal(array * 4, np.round(array * 4)), f"{name} is no multiple of a quarter"


def main() -> None:
    """Build, check, write, and print what was measured."""
    parser = argparse.ArgumentParser(description="Wire the model small-sums by hand.")
    parser.add_argument("-o", "--output", type=Path, default=MODELS / f"{NAME}.safetensors")
    output = parser.parse_args().output
    model = build()
    for example in model.examples:
        trace = run(model, model.tokenize(example.text))
        print(f"{answer(trace)} {trace.prediction()[1]:.1%}  {example.text}")
    check(model)
    save(model, output)
    print(f"{output}: {output.stat().st_size} bytes, {len(model.vocabulary)} words")
    print(f"{model.provenance['figure']}  {model.provenance['metric']}")


if __name__ == "__main__":
    main()

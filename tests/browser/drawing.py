"""Texts for a network to read, drawn from a seed: its words and numbers, with odd ones among them; and networks."""

from __future__ import annotations

import random
from itertools import product

from rnn_tui.network.heads import EntryKind
from rnn_tui.network.layers import LayerKind
from tests.deep import deep_model

ODD = (
    *"!…'’-_&<>.,;()¿\"\u200b\u200d\u0301\ufeffÉΣİßﬁĳⅧ１",
    *("don't", "--", "…!", "x-ray", "e\u0301", "ǅungla", "ΟΔΟΣ", "🙂", "👩\u200d👧", "日本", "🇫🇷", "<b>"),
)
SPACES = (" ", "  ", "\t", "\u00a0", "\u2003", "\n", "\x1c", "\x85", "\u3000")
NUMBERS = ("0", "1.5", "−2", "-0.25", "1e3", "1_000", ".5", "5.", "٣", "+7", "1e-400", "４２", "𝟜.𝟚")
NO_NUMBERS = (
    "inf",
    "nan",
    "x",
    "0x10",
    "1__0",
    "_1",
    "1_",
    "1_.5",
    "1._5",
    ".",
    "1e",
    "--1",
    "1e999",
    "½",
    "<b>",
    "\ufeff1",
)
ACTIVATIONS = ("tanh", "relu", "sigmoid", "identity")
HEAD = (EntryKind(False, "tanh"), EntryKind(True, "relu"), EntryKind(True, "identity"))


def texts(model, count, seed=0, longest=9):
    """Texts that a network reads, or refuses, a few of them empty."""
    rng = random.Random(f"{model.name} {seed}")
    drawn = _numbers if model.tokenizer.kind == "numbers" else _words
    return ["" if rng.random() < 0.01 else drawn(model, rng, longest) for _ in range(count)]


def _words(model, rng, longest):
    words = [word for word in model.vocabulary.words if word != model.vocabulary.unknown]
    odd = rng.random() < 0.4
    text = ""
    for _ in range(rng.randint(1, longest)):
        piece = rng.choice(ODD) if odd and rng.random() < 0.3 else rng.choice(words)
        piece = piece.upper() if rng.random() < 0.1 else piece
        text += piece + (rng.choice((*SPACES, "", *ODD[:6])) if odd else model.tokenizer.separator)
    return text


def _numbers(model, rng, longest):
    features, odd, wrong = model.tokenizer.features, rng.random() < 0.4, rng.random() < 0.1

    def one():
        if wrong and rng.random() < 0.2:
            return rng.choice(NO_NUMBERS)
        return rng.choice(NUMBERS) if odd and rng.random() < 0.3 else f"{rng.gauss(0, 20):.3f}"

    comma = rng.choice((",", " , ", ",\t")) if odd else ","
    steps = [
        comma.join(one() for _ in range(features + (wrong and rng.random() < 0.2)))
        for _ in range(rng.randint(1, longest))
    ]
    return rng.choice((" ", ";", "\n", " ; ") if odd else (" ",)).join(steps)


def network(number):
    """A small network of any kind, by its number."""
    rng = random.Random(number)
    kinds = [
        LayerKind(*_cell(rng), rng.random() < 0.4, rng.choice(("concat", "sum"))) for _ in range(rng.randint(1, 3))
    ]
    head = [EntryKind(rng.random() < 0.5, rng.choice(ACTIVATIONS)) for _ in range(rng.choice((0, 0, 1, 2, 3)))]
    output = rng.choice(("classes", "classes", "yes_no", "number"))
    labels = {"classes": ("a", "b", "c"), "number": ("low", "high")}.get(output) if rng.random() < 0.5 else None
    return deep_model(
        kinds=tuple(kinds),
        readout=rng.choice(("last", "last_step", "each", "mean", "max", "attention")),
        head=tuple(head),
        output=output,
        inputs=rng.choice(("embedding", "one-hot", "number", "vectors")),
        hidden=[rng.randint(1, 5) for _ in kinds],
        labels=labels,
        scale=0.5,
        seed=number,
        name=f"network {number}",
    )


def _cell(rng):
    return rng.choice(
        [*product(("elman",), ("tanh", "relu", "identity")), ("gru", None), ("lstm", None), ("lstm", None)]
    )

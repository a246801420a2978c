"""The shipped models, asked: for the tests of what their cards and their examples say."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from rnn_tui.lenses.memory import memory
from rnn_tui.network import storage
from rnn_tui.network.trace import run
from rnn_tui.text import percent

FOLDER = Path(__file__).parents[2] / "models"
NAMES = sorted(path.stem for path in FOLDER.glob("*.safetensors"))
SENTIMENTS = [name for name in NAMES if name.startswith("sentiment")]
RECALLS = ["recall-elman", "recall-gru", "recall-lstm"]
FORTY = "obcdfghjklmnpqrstvwxyzbcdfghjklmnpqrstvwx"
FILM = "this is not a good film"


@cache
def model(name):
    return storage.load(FOLDER / f"{name}.safetensors")


def known(name):
    return model(name).provenance


@cache
def trace(name, text):
    return run(model(name), model(name).tokenize(text))


@cache
def card(name):
    """The card's text with its lines joined."""
    return " ".join((FOLDER / f"{name}.md").read_text(encoding="utf-8").split())


def surfaces(name, text):
    return [token.surface for token in trace(name, text).tokens]


def after(name, text, word=None):
    """The timestep after a word, from 0, the last of that name, or of a number from 1; without a word the last."""
    if word is None:
        return len(trace(name, text)) - 1
    if isinstance(word, int):
        return word - 1
    return max(t for t, surface in enumerate(surfaces(name, text)) if surface == word)


def answer(name, text, word=None):
    """The label after a word or at the end, and its probability as the program shows it."""
    assert not model(name).output.is_number, f"{name} answers with a number: see `output`"
    label, p = trace(name, text).prediction(after(name, text, word))
    return model(name).labels[label], percent(p)


def output(name, text, word=None):
    """The number after a timestep or at the end."""
    return float(trace(name, text).values["outputs"][after(name, text, word), 0])


def in_unit(name, number):
    """A number as the cards write it, with a proper minus and the model's unit."""
    return f"{number:.1f} {model(name).provenance['unit']}".replace("-", "−")


LONG = "the story is slow and the jokes are old , but the actors are wonderful and i loved every minute of it"


def labels(name, text):
    """The label after every word."""
    return [model(name).labels[trace(name, text).prediction(t)[0]] for t in range(len(trace(name, text)))]


def last(name, text):
    return labels(name, text)[-1]


def p(name, text, label=None):
    """The probability of a label after every word; of the one that it ends with, if none is given."""
    label = last(name, text) if label is None else label
    return [step.probs[model(name).labels.index(label)] for step in trace(name, text)]


def share(name, text, at, of=None):
    """What is left at a timestep of what a word moved, as a share of what it moved at first."""
    left = memory(trace(name, text)).influence[of]
    return left[at] / left[of]


def rows(distance, n, seed=7):
    """Rows of letters that the recall models never saw: a vowel, and `distance` consonants."""
    rng = np.random.default_rng(seed)
    vowels, consonants = list("aeiou"), list("bcdfghjklmnpqrstvwxyz")
    return [rng.choice(vowels) + "".join(rng.choice(consonants, distance)) for _ in range(n)]

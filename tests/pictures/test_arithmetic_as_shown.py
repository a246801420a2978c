"""The arithmetic of every phase of every shipped model, read back from its text and computed again.

Nothing of the package takes part in the reading: a row is text, and its numbers are those that a reader sees.
"""

from __future__ import annotations

import math
import re
from itertools import islice
from typing import NamedTuple

import pytest

from rnn_tui import shelf
from rnn_tui.pictures.arithmetic import arithmetic_lines, why_panel
from tests.builders import trace_of
from tests.pictures.views import PLAIN, texts, view_of

NUMBER = r"[+−]?\d+\.\d+(?:e−?\d+)?"
PRODUCT = re.compile(rf"(.{{14}}) *({NUMBER}) × +({NUMBER}) ([=≈]) +({NUMBER}) │([≈ ]) *({NUMBER})(?: |$)")
BIAS = re.compile(rf"\+ bias +({NUMBER}) │([≈ ]) *({NUMBER})(?: |$)")
TOTAL = re.compile(rf"([=≈]) (\S.*?)  +({NUMBER})$")
EQUATION = re.compile(rf"(?:[^:=≈^]+(?::| =) )?((?:[−(\d]|e\^|tanh|sigmoid|max|σ).*) ([=≈]) ({NUMBER})$")
FUNCTIONS = {
    "tanh": math.tanh,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "exp": math.exp,
    "max": max,
    "__builtins__": {},
}
LEAST = 455
"""The fewest equations that are read in the panels of one model."""
NO_CURVE = 2
"""A height in which no curve is drawn."""
NAMES = sorted(shelf.paths())
NOTATION = re.compile(r"weight_|bias_|_prev|pre_activation|\b[ih]h\b|logits|context|scores|attention\.|fc\.|[Σσ]")
LETTERS = re.compile(r"\b[rznifgochx]\b")


class Read(NamedTuple):
    """An equation as it was read: what comes out of its left side, its sign, and the text of its result."""

    found: float
    sign: str
    result: str
    text: str

    @property
    def closes(self):
        """True where what was found, rounded to the digits of the result, is the result."""
        mantissa, _, exponent = self.result.replace("−", "-").partition("e")
        last = 10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2]))
        return abs(self.found - value(self.result)) <= 0.5 * last * (1 + 1e-6)


def value(text):
    return float(text.replace("−", "-"))


def computed(text):
    """An expression of the arithmetic as a reader works it out: what others add up to stands in it as one number."""
    text = re.sub(r"\(\d+ more: ([^)]+)\)", r"(\1)", text.replace("−", "-").replace("×", "*").replace("σ(", "sigmoid("))
    text = re.sub(r"e\^(\([^)]*\)|[\d.]+)", r"exp(\1)", text)
    return float(eval(text, FUNCTIONS))  # of a string that is made of digits, signs and these four functions


def equations(rows):
    """Every equation in the rows of a panel, and every one of its tables row by row."""
    so_far = 0.0
    for row in (row.strip("┃│╭╮╰╯┏┓┗┛─━").strip() for row in rows):
        if "sum so far" in row:
            so_far = 0.0
        elif product := PRODUCT.match(row):
            _, weight, factor, sign, shown, about, total = product.groups()
            yield Read(value(weight) * value(factor), sign, shown, row)
            yield Read(so_far + value(shown), about.replace(" ", "="), total, row)
            so_far = value(total)
        elif bias := BIAS.match(row):
            shown, about, total = bias.groups()
            yield Read(so_far + value(shown), about.replace(" ", "="), total, row)
            so_far = value(total)
        elif total := TOTAL.match(row):
            yield Read(so_far, total[1], total[3], row)
        elif equation := EQUATION.match(row):
            yield Read(computed(equation[1]), equation[2], equation[3], row)
        else:
            assert not re.search(rf"[=≈│] *{NUMBER}", row) or row.startswith("x = "), f"unread: {row}"


def panels(model, *, notation=False):
    """The arithmetic of every phase of the words of a model's own sentences, of another unit at every word.

    Of a long sentence some of the words, the last among them.
    """
    for place, example in enumerate(model.examples):
        trace = trace_of(model, example.text)
        for t in range(len(trace) - 1, -1, -max(1, len(trace) // 4)):
            unit = (7 * t + place) % model.hidden_size
            for phase in model.phases:
                view = view_of(trace, t=t, phase=phase.name, scene={"unit": unit, "notation": notation})
                yield texts([line.draw() for line in arithmetic_lines(view, 220, NO_CURVE, PLAIN)])
                yield texts(why_panel(view, 220, 8, PLAIN)[1:-1])


def test_enough_models_are_read():
    assert len(NAMES) * LEAST >= 5_000


@pytest.mark.parametrize("name", NAMES)
def test_every_equation_holds_as_shown_and_about_stands_only_where_it_does_not(name):
    read = [equation for rows in panels(shelf.load(name)) for equation in equations(rows)]

    assert not [equation for equation in read if (equation.sign == "=") != equation.closes][:5]
    assert len(read) >= LEAST
    assert {equation.sign for equation in read} == {"=", "≈"}


@pytest.mark.parametrize("name", NAMES)
def test_in_words_there_is_no_notation(name):
    model = shelf.load(name)
    for rows in islice(panels(model), 160):
        for row in rows:
            said = re.sub(r"“[^”]*”|tanh\(|max\(|^▸?[^ ]+ {2,}", " ", row)
            assert not NOTATION.search(said), row
            if model.tokenizer.unit != "character":  # whose words and labels are letters
                assert not LETTERS.search(said), row


KINDS = {
    "sentiment": ("+ bias", "tanh(", "e^", "input sum", "memory with bias", "score of Positive"),
    "sentiment-gru": ("sigmoid(", "(1 − ", "memory with bias for the keep gate", "input sum for the new value"),
    "sentiment-attention": ("share ×", "= score", "= mixed", "mixed: "),
    "names": (" more: ",),
    "sunspots": (") / ",),
}


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_equation_is_among_those_that_are_read(name):
    said = "\n".join(row for rows in panels(shelf.load(name)) for row in rows)

    assert [kind for kind in KINDS[name] if kind not in said] == []


def test_notation_has_the_same_equations_with_its_names():
    model = shelf.load("sentiment-lstm")
    plain, notation = (list(panels(model, notation=on)) for on in (False, True))
    said = "\n".join(row for rows in notation for row in rows)

    read, again = ([equation[:3] for rows in panel for equation in equations(rows)] for panel in (plain, notation))
    assert read == again
    assert all(name in said for name in ("weight_ih_f", "h_prev", "= hh_o", "logits", "σ("))

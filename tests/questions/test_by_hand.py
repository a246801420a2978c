"""Drawn networks: who computes from the numbers in a question is right, however it is rounded; each slip is known.

A person is played by an evaluator of its own: it reads the equation that the answer's arithmetic prints, with the
numbers as they are shown, and rounds after each operation.
"""

from __future__ import annotations

import ast
import math
import operator
import random
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_tui.questions.marking import mark
from rnn_tui.scene import Position, Reading, Scene
from tests.builders import CELL_KINDS, HEAD_KINDS, INPUT_KINDS, READOUT_KINDS, TEXTS, build, trace_of
from tests.questions.asking import asked

NUMBER = re.compile(r"−?\d+\.\d\d(?!\d)")
FUNCTIONS = {
    "tanh": math.tanh,
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "max": max,
    "exp": math.exp,
}
OPERATIONS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


class Person:
    """Somebody who computes an equation as it is printed, and rounds what comes out of each operation."""

    def __init__(self, digits):
        self.digits = digits

    def rounded(self, value):
        return value if self.digits is None else round(value, self.digits)

    def of(self, text):
        """The number of the left side of an equation."""
        python = text.replace("−", "-").replace("×", "*").replace("e^", "exp ")
        python = re.sub(r"exp (-?\d+\.\d+)", r"exp(\1)", python).replace("exp (", "exp(")
        return self.rounded(self.node(ast.parse(python, mode="eval").body))

    def node(self, node):
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.UnaryOp):
            return -self.node(node.operand)
        if isinstance(node, ast.BinOp):
            return self.rounded(OPERATIONS[type(node.op)](self.node(node.left), self.node(node.right)))
        return self.rounded(FUNCTIONS[node.func.id](*map(self.node, node.args)))


@st.composite
def drawn_questions(draw):
    """Questions with numbers over a drawn network."""
    cell, activation = draw(st.sampled_from(CELL_KINDS))
    inputs, seed = draw(st.sampled_from(INPUT_KINDS)), draw(st.integers(0, 10_000))
    model = build(
        cell,
        activation,
        draw(st.sampled_from(READOUT_KINDS)),
        inputs,
        head=draw(st.sampled_from(HEAD_KINDS)),
        hidden=draw(st.integers(1, 4)),
        scale=draw(st.sampled_from((0.3, 0.8, 1.5))),
        seed=seed,
    )
    trace = trace_of(model)
    at = Position(draw(st.integers(0, len(trace) - 1)), draw(st.integers(0, len(model.phases) - 1)))
    scene = Scene(Reading(model.name, TEXTS[inputs]), position=at)
    return numbers_at(scene, trace, draws=8, seed=seed)


def numbers_at(scene, trace, draws, seed):
    """The questions with numbers that some draws give."""
    return [one for kind in ("value", "probability") for one in asked(kind, scene, trace, draws=draws, seed=seed)]


def left_sides(question):
    """The left side and the right of the equation in the arithmetic, where there is one."""
    told = question.why.removesuffix(".").partition(", so ")[0].partition(", which is ")[0]
    left, sign, right = re.match(r"(.*?)(?: (=|≈) (.*))?$", told).groups()
    return (left, sign, right) if sign else None


@settings(max_examples=50, deadline=None)
@given(drawn_questions(), st.sampled_from((None, 2, 3, 4)))
def test_who_computes_with_the_numbers_shown_is_right(questions, digits):
    for question in questions:
        equation = left_sides(question)
        if equation is None:
            continue
        left, sign, right = equation
        assert mark(question, f"{Person(digits).of(left):.6f}").right, (question.ask, question.why)
        exact = Person(None).of(left)
        shown = float(right.replace("−", "-"))
        off = abs(exact - shown)
        assert abs(off - 0.005) < 1e-5 or (off < 0.005) is (sign == "="), question.why  # half-way may be either
        given_numbers = [float(one.replace("−", "-")) for one in NUMBER.findall(question.ask)]
        for one in NUMBER.findall(left):
            assert any(abs(abs(float(one.replace("−", "-"))) - abs(other)) < 1e-9 for other in given_numbers), (
                question.ask,
                question.why,
            )


@settings(max_examples=50, deadline=None)
@given(drawn_questions())
def test_each_slip_is_recognised_and_the_answer_is_never_wrong(questions):
    for question in questions:
        assert question.tolerance >= 0.01
        for digits in (2, 3, 6):
            assert mark(question, f"{question.answer:.{digits}f}").right
            assert mark(question, f"{question.answer:.{digits}f}".replace("-", "−").replace(".", ",")).right
        for slip in question.slips:
            if question.share and abs(slip.value) > 1:  # read as per cent
                continue
            for given_number in (f"{slip.value:.2f}", f"{slip.value:.6f}"):
                if abs(float(given_number) - question.answer) <= question.tolerance + 1e-9:
                    continue  # rounded, it is right: nobody is called wrong for that
                marked = mark(question, given_number)
                assert not marked.right
                assert slip.name in marked.slip.split(", ")
                assert slip in marked.slips
        for near in (-1, 1):
            inside = question.answer + near * (question.tolerance - 1e-6)
            assert mark(question, repr(inside)).right
            outside = question.answer + near * (question.tolerance + 1e-4)
            assert not mark(question, repr(outside)).right or (question.share and outside > 1)  # that is per cent


@pytest.mark.parametrize("readout", READOUT_KINDS)
@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
def test_every_cell_and_every_readout_has_numbers_to_compute(cell, activation, readout):
    source, names = random.Random(0), set()
    for seed in range(3):
        model = build(cell, activation, readout, head=("tanh",), hidden=3, scale=0.8, seed=seed)
        trace = trace_of(model)
        for t in range(3):
            scene = Scene(Reading(model.name, TEXTS["one-hot"]), position=Position(t, 0))
            found = numbers_at(scene, trace, draws=40, seed=source.randrange(100))
            names |= {re.match(r"value ([a-z.0-9]+)", one.text)[1] for one in found if one.kind == "value"}
    own = {"elman": {"pre"}, "gru": {"r", "z", "n"}, "lstm": {"i", "f", "g", "o", "c"}}[cell]
    assert names >= own | {"ih", "hh", "h", "logits", "probs", "head.0"}
    assert ("context" in names) is (readout in ("mean", "max", "attention"))
    assert ("attention" in names) is (readout == "attention")


def test_the_person_computes_as_it_should():
    assert Person(None).of("(1 − 0.55) × (−0.20) + 0.55 × 0.40") == pytest.approx(0.13)
    assert Person(None).of("e^0.93 / (e^0.93 + e^(−0.93))") == pytest.approx(0.8653, abs=1e-4)
    assert Person(2).of("max(0, −0.35)") == 0
    assert Person(2).of("0.35 × 0.35") == 0.12
    assert np.isclose(Person(None).of("sigmoid(0.40 + (−0.20))"), 0.549834)

"""The numbers of a network in words."""

from __future__ import annotations

import re
from itertools import product

import numpy as np
import pytest

from rnn_tui.network.changes import SETTABLE, parameter
from rnn_tui.network.naming import parameter_in_words
from tests.builders import CELL_KINDS, INPUT_KINDS, build
from tests.deep import deep_model


@pytest.mark.parametrize(
    ("name", "index", "words"),
    [
        ("weight_hh", (0, 1), "the weight from unit 2 to unit 1"),
        ("weight_ih", (2, 2), "the weight from “dog” to unit 3"),
        ("bias_hh", (2,), "the bias of unit 3"),
        ("bias_ih", (2,), "the input bias of unit 3"),
        ("fc.weight", (1, 0), "the weight from unit 1 to the output Positive"),
        ("fc.bias", (0,), "the bias of the output Negative"),
    ],
)
def test_a_number_of_a_plain_cell(name, index, words):
    assert parameter_in_words(build(labels=("Negative", "Positive")), name, index) == words


@pytest.mark.parametrize(
    ("cell", "row", "gate"),
    [
        ("gru", 0, "the reset gate of unit 1"),
        ("gru", 4, "the keep gate of unit 2"),
        ("gru", 8, "the new value of unit 3"),
        ("lstm", 1, "the write gate of unit 2"),
        ("lstm", 3, "the keep gate of unit 1"),
        ("lstm", 6, "the new value of unit 1"),
        ("lstm", 11, "the show gate of unit 3"),
    ],
)
def test_a_row_of_a_gate_is_that_of_the_gate(cell, row, gate):
    model = build(cell, None, hidden=3)
    assert parameter_in_words(model, "weight_hh", (row, 2)) == f"the weight from unit 3 to {gate}"
    assert parameter_in_words(model, "bias_hh", (row,)) == f"the bias of {gate}"


def test_a_weight_is_from_what_the_network_reads():
    assert parameter_in_words(build(inputs="embedding"), "weight_ih", (0, 3)) == "the weight from input 4 to unit 1"
    assert parameter_in_words(build(inputs="number"), "weight_ih", (0, 0)) == "the weight from the number to unit 1"


@pytest.mark.parametrize(("cell", "inputs"), product(CELL_KINDS, INPUT_KINDS))
def test_each_number_has_words_of_its_own_without_notation(cell, inputs):
    model = build(*cell, inputs=inputs)
    said = [
        parameter_in_words(model, name, index)
        for name in SETTABLE
        for index in np.ndindex(parameter(model, name).shape)
    ]
    assert len(set(said)) == len(said)
    assert not [words for words in said if re.search(r"[_\[\]]|fc", words)]


def test_a_feature_has_its_name_and_one_logit_none():
    assert parameter_in_words(deep_model("gru", 1, inputs="vectors"), "weight_ih", (0, 1)) == (
        "the weight from wind to the reset gate of unit 1"
    )
    unnamed = deep_model("elman", 1, inputs="vectors", features=4)
    assert parameter_in_words(unnamed, "weight_ih", (0, 3)) == "the weight from input 4 to unit 1"
    assert parameter_in_words(deep_model("elman", 1, output="yes_no"), "fc.bias", (0,)) == "the bias of the output"
    one = deep_model("elman", 1, output="number")
    assert parameter_in_words(one, "fc.weight", (0, 2)) == "the weight from unit 3 to the output next"

"""What a model knows of itself."""

import pytest

from tests.builders import build


def test_sizes_are_those_of_its_parameters():
    model = build("gru", None, inputs="embedding", hidden=4, labels=("a", "b", "c"))

    assert (model.input_size, model.hidden_size, model.output_size) == (5, 4, 3)
    assert model.activation is None
    assert build().activation == "tanh"


def test_units_have_names_or_numbers_from_one():
    assert build().unit_name(2) == "unit 3"
    assert build(unit_names=("verb", "noun", "glue")).unit_name(1) == "noun"


@pytest.mark.parametrize(
    ("options", "more"),
    [
        ({}, set()),
        ({"inputs": "embedding"}, {"embedding.weight"}),
        ({"readout": "attention"}, {"attention.weight", "attention.bias"}),
    ],
)
def test_tensors_have_the_names_of_the_pytorch_module(options, more):
    names = {f"rnn.{name}_l0" for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")}

    assert set(build(**options).tensors()) == names | {"fc.weight", "fc.bias"} | more


def test_the_largest_weights_are_never_zero():
    assert build(scale=0.0).largest_weights == {"weight_ih": 1.0, "weight_hh": 1.0, "fc.weight": 1.0}
    model = build()
    assert model.largest_weights["weight_hh"] == abs(model.cell.weight_hh).max()


def test_tokens_can_be_made_of_pieces_already_split():
    model = build()

    assert model.tokens_of(["the", "dog"]) == model.tokenize("the dog")

"""Weights that are not those of one network of this program: every fault is said in one line."""

from functools import partial
from types import SimpleNamespace

import numpy as np
import pytest

import rnn_tui
from rnn_tui.network.tokens import NumberTokenizer
from tests.interop.networks import LABELS, WORDS, Tensor, changed, module_of, recorded, refused, square

refusal = partial(refused, rnn_tui.from_torch)

NAN = np.full((3, 5), 0.5)
NAN[1, 2] = np.nan
FAULTS = {
    "two layers": (changed(rnn__weight_ih_l1=np.ones((15, 5))), "tensor rnn.weight_hh_l1 is missing"),
    "two directions": (
        changed(rnn__weight_ih_l0_reverse=np.ones((15, 4))),
        "tensor rnn.weight_hh_l0_reverse is missing",
    ),
    "projections": (changed("lstm", rnn__weight_hr_l0=np.ones((2, 5))), "is of an LSTM with projections (proj_size)"),
    "two recurrent": (changed(more__weight_hh_l0=np.ones((15, 5))), "tensor more.weight_ih_l0 is missing"),
    "no weight_hh": (changed(drop=["rnn.weight_hh_l0"]), "tensor rnn.weight_hh_l0 is missing; save the whole"),
    "no weight_ih": (changed(drop=["rnn.weight_ih_l0"]), "tensor rnn.weight_ih_l0 is missing"),
    "one bias": (changed(drop=["rnn.bias_hh_l0"]), "rnn.bias_ih_l0 is there without the other bias"),
    "weight_hh flat": (changed(rnn__weight_hh_l0=np.ones(75)), "tensor rnn.weight_hh_l0 (75,) belongs to no"),
    "two gates": (
        changed(rnn__weight_hh_l0=np.ones((10, 5))),
        "has 10 rows of weights for 5 hidden units, expected 1, 3",
    ),
    "no units": (changed(rnn__weight_hh_l0=np.ones((0, 0))), "has 0 rows of weights for 0 hidden units"),
    "weight_ih": (changed(rnn__weight_ih_l0=np.ones((12, 4))), "has shape (12, 4), expected (15, input_size) beside"),
    "no inputs": (changed(rnn__weight_ih_l0=np.ones((15, 0))), "has shape (15, 0), expected (15, input_size)"),
    "bias": (changed(rnn__bias_ih_l0=np.ones(5)), "tensor rnn.bias_ih_l0 has shape (5,), expected (15,) beside"),
    "extra": (changed(norm__weight=np.ones(5)), "tensor norm.weight (5,) is of a normalisation layer"),
    "odd extra": (changed(att__in_proj=np.ones((5, 5))), "tensor att.in_proj (5, 5) belongs to no embedding"),
    "bias alone": (changed(mine__bias=np.ones(5)), "tensor mine.bias (5,) belongs to no embedding"),
    "two linears": (
        changed(top__weight=np.ones((2, 5)), top__bias=np.ones(2)),
        "2 linear layers: fc.weight (3, 5) and",
    ),
    "a deep head": (changed(fc2__weight=np.ones((2, 9))), "fc2.weight (2, 9) reads the input of a recurrent"),
    "two embeddings": (changed(more__weight=np.ones((7, 4))), "2 embeddings: embedding.weight (7, 4) and more.weight"),
    "two embeddings side by side": (
        changed(
            drop=["embedding.weight"],
            words__weight=np.ones((7, 3)),
            tags__weight=np.ones((9, 1)),
        ),
        "2 embeddings side by side: words.weight (7, 3) and tags.weight (9, 1); supported is one, or none (one-hot)",
    ),
    "states side by side": (
        changed(drop=["fc.weight", "fc.bias"], fc__weight=np.ones((3, 10))),
        "fc.weight (3, 10) reads 10 numbers, which are several states side by side (of the first and of the last",
    ),
    "a linear layer before": (
        changed(
            drop=["embedding.weight"],
            emb__weight=np.ones((7, 6)),
            pre__weight=np.ones((4, 6)),
            pre__bias=np.ones(4),
        ),
        "pre.weight (4, 6) is a linear layer between the embedding emb.weight (7, 6) and the recurrent layer",
    ),
    "batch norm": (changed(bn1__running_mean=np.ones(5)), "bn1.running_mean (5,) is of a normalisation layer"),
    "batches": (changed(x__num_batches_tracked=np.array(3)), "x.num_batches_tracked () is of a normalisation layer"),
    "unnamed norm": (changed(x__weight=np.ones(5)), "tensor x.weight (5,) is of a normalisation layer (BatchNorm"),
    "convolution": (changed(c__weight=np.ones((8, 4, 3))), "tensor c.weight (8, 4, 3) is of a convolution, or"),
    "bilinear": (changed(b__weight=np.ones((2, 5, 5))), "is of a convolution, or another layer with weights of 3 axes"),
    "a convolution by name": (changed(conv1__weight=np.ones((8, 4, 3))), "is of a convolution; supported is a stack"),
    "heads": (changed(a__in_proj_weight=np.ones((15, 5))), "is of a layer of attention over several heads"),
    "no linear": (changed(drop=["fc.weight", "fc.bias"]), "there is no linear layer on the 5 hidden units"),
    "fc bias": (changed(fc__bias=np.ones(2)), "the bias of fc.weight (3, 5) has shape (2,), expected one number"),
    "no embedding": (changed(drop=["embedding.weight"]), "so each of the 4 inputs is a word, but the vocabulary has 7"),
    "no network": ({"fc.weight": np.ones((2, 2))}, "no recurrent layer among fc.weight; expected the names of PyTorch"),
    "nothing": ({}, "no recurrent layer among no tensors"),
    "integers": (
        changed(fc__weight=np.ones((3, 5), int)),
        "tensor fc.weight has dtype int64, expected float32 (float16",
    ),
    "complex": (changed(fc__weight=np.ones((3, 5), complex)), "tensor fc.weight has dtype complex128"),
    "NaN": (changed(fc__weight=NAN), "tensor fc.weight holds nan at [1, 2], expected finite numbers"),
    "too large": (
        changed() | {"fc.bias": np.array([1, 1e300, 0])},
        "tensor fc.bias holds 1e+300 at [1], expected finite numbers within float32",
    ),
    "no state_dict": (7, "expected a module or its state_dict, found int"),
    "either": (square(words=7), "a.weight (7, 5) and b.weight (7, 5) may be an embedding or a linear layer"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_weights_that_do_not_fit_are_refused_in_one_line(fault):
    weights, says = FAULTS[fault]
    assert says in refusal(weights, labels=WORDS if fault == "either" else LABELS)


CALLS = {
    "short": ({"vocabulary": WORDS[:6]}, "embedding.weight (7, 4) has 7 rows, but the vocabulary has 6 words"),
    "long": ({"vocabulary": (*WORDS, "h")}, "has 7 rows, but the vocabulary has 8 words; give one word a row"),
    "labels": ({"labels": "xy"[:1]}, "labels: found 'x', expected a list of texts"),
    "few labels": ({"labels": ("x", "y")}, "fc.weight (3, 5) has 3 outputs, but there are 2 labels (x, y); give one"),
    "many labels": ({"labels": WORDS}, "but there are 7 labels (a, b, c, d, e, f, …)"),
    "one label": ({"labels": ("x",)}, "but there is 1 label (x)"),
    "unit names": ({"unit_names": ("one", "two")}, "2 unit names for 5 hidden units; give one a unit, or none"),
    "relu": ({"nonlinearity": "relu"}, "rnn.weight_hh_l0 is of a gru layer, whose functions are fixed; leave out"),
    "attention": (
        {"readout": "attention"},
        "the readout attention has two linear layers, one of them (1, 5), found fc",
    ),
    "numbers": ({"tokenizer": "numbers"}, "7 words for a network that reads numbers, which has no vocabulary"),
    "numbers alone": (
        {"tokenizer": "numbers", "vocabulary": ()},
        "has no embedding; found the embedding embedding.weight (7, 4)",
    ),
}


@pytest.mark.parametrize("call", CALLS)
def test_what_is_said_of_the_weights_must_fit_them(call):
    options, says = CALLS[call]
    message = refusal(changed(), **options)
    assert says in message


def test_a_network_for_numbers_has_as_many_features_as_its_tokenizer():
    without = changed(drop=["embedding.weight"])
    tokenizer = NumberTokenizer(mean=(1.0, 2.0), features=2)
    assert "reads 4 numbers at a timestep, and the tokenizer gives it 2; give a mean and a scale for each" in refusal(
        without, vocabulary=(), tokenizer=tokenizer
    )
    model = rnn_tui.from_torch(without, (), LABELS, tokenizer="numbers")
    assert model.tokenizer.features == model.embedding.features == 4


def test_one_output_needs_two_labels():
    one = changed(fc__weight=np.ones((1, 5)), fc__bias=np.ones(1))
    assert "fc.weight (1, 5) has one output, the logit of a yes, but there are 3 labels" in refusal(one)
    assert "there are 3 labels (x, y, z), and yes or no has two; give" in refusal(one, output="yes_no")
    assert "fc.weight (1, 5) has 1 outputs, but there are 3 labels" in refusal(one, output="number")
    assert "has 3 outputs, but there are 2 labels (no, yes); yes or no is one output" in refusal(
        changed(), labels=("no", "yes"), output="yes_no"
    )
    # and of one label it is a number
    model = rnn_tui.from_torch(one, WORDS, ("price",))
    assert (model.output.kind, model.provenance["outputs"]) == ("number", "1, read as numbers")


def test_which_linear_is_attentions_must_be_told():
    one = changed(fc__weight=np.ones((1, 5)), fc__bias=np.ones(1), look__weight=np.ones((1, 5)))
    message = refusal(one, labels=("no", "yes"), readout="attention")
    assert "which of fc.weight (1, 5) and look.weight (1, 5) is attention's can't be told" in message
    one["attention.weight"] = one.pop("look.weight") * 3
    model = rnn_tui.from_torch(one, WORDS, ("no", "yes"), readout="attention")
    assert (model.readout.weight == 3).all()
    both = changed(look__weight=np.ones((2, 5)))
    assert "can't be told; it has one row" in refusal(both, readout="attention")


def test_a_module_knows_its_nonlinearity_better():
    module = module_of(recorded("elman-relu")[0], SimpleNamespace(weight_ih_l0=None, nonlinearity="relu"))
    assert "the module has the nonlinearity relu, but tanh is asked for" in refusal(module, nonlinearity="tanh")


def test_what_numpy_does_not_hold_is_refused():
    state_dict = recorded("gru")[0] | {"fc.bias": Tensor(None, held=False)}
    assert "tensor fc.bias has dtype torch.float32, which NumPy doesn't hold; convert the module" in refusal(state_dict)


def test_a_dtype_that_numpy_lacks():
    torch = pytest.importorskip("torch")
    weight = torch.quantize_per_tensor(torch.ones(3, 5), 0.1, 0, torch.qint8)
    message = refusal(recorded("gru")[0] | {"fc.weight": weight})
    assert "tensor fc.weight has dtype torch.qint8, which NumPy doesn't hold; convert the module" in message


@pytest.mark.parametrize("dtype", ["torch.bfloat16", "torch.float16"])
def test_half_precision_is_converted(dtype):
    state_dict, _ = recorded("gru")
    tensor = Tensor(state_dict["fc.bias"])
    tensor.dtype = dtype
    model = rnn_tui.from_torch(state_dict | {"fc.bias": tensor}, WORDS, LABELS)
    assert tensor.left == ["graph", "GPU", "half precision"]
    np.testing.assert_array_equal(model.fc.bias, state_dict["fc.bias"])


def test_a_layer_that_is_known_decides_for_the_other():
    # given an embedding that has neither as many rows as there are words nor as there are labels
    state_dict = square(words=9) | {"b.weight": np.ones((3, 5), np.float32)}
    # then it is the embedding that is refused, since the linear layer is known by its rows
    assert "a.weight (9, 5) has 9 rows, but the vocabulary has 7 words" in refusal(state_dict)


def of_classes(state_dict, embeddings, linears):
    """A module that knows of which of its parts the weights are, one of them under two names."""
    parts = {name: SimpleNamespace(num_embeddings=len(state_dict[f"{name}.weight"])) for name in embeddings}
    parts |= {name: SimpleNamespace(out_features=len(state_dict[f"{name}.weight"])) for name in linears}

    def named_modules(*, remove_duplicate):
        assert not remove_duplicate
        return [("", SimpleNamespace()), *parts.items()]

    return SimpleNamespace(state_dict=lambda: state_dict, named_modules=named_modules)


def test_a_module_knows_an_embedding_from_a_linear_layer():
    # given a second embedding, as wide as the hidden state
    state_dict = changed(nation_emb__weight=np.ones((3, 5)))
    # then weights alone may be those of a linear layer, which the module isn't
    assert "2 linear layers: fc.weight (3, 5) and nation_emb.weight (3, 5); supported are those" in refusal(state_dict)
    assert refusal(of_classes(state_dict, ("embedding", "nation_emb"), ("fc",))) == (
        "the state_dict: nation_emb.weight (3, 5) is a second embedding, beside embedding.weight (7, 4); supported is "
        "one, or none (one-hot): train it without"
    )
    # and a linear layer that might be an embedding is one
    state_dict = square(words=7)
    for embedding, linear in ("ab", "ba"):
        module = of_classes(state_dict, (embedding,), (linear,))
        model = rnn_tui.from_torch(module, WORDS, WORDS)
        np.testing.assert_array_equal(model.embedding.weight, state_dict[f"{embedding}.weight"])
        np.testing.assert_array_equal(model.fc.weight, state_dict[f"{linear}.weight"])


def test_one_linear_layer_under_two_names_is_one():
    state_dict = changed(drop=["fc.bias"])
    state_dict["decoder.weight"] = state_dict["fc.weight"]
    model = rnn_tui.from_torch(of_classes(state_dict, ("embedding",), ("fc", "decoder")), WORDS, LABELS)
    np.testing.assert_array_equal(model.fc.weight, state_dict["fc.weight"])


class Without(Tensor):
    """A tensor that has no numbers: on the device “meta”, or of a layer that has read nothing."""

    def __init__(self, error):
        super().__init__(None)
        self.error = error

    def cpu(self):
        raise self.error


class Packed:
    """What a quantized module has in its state_dict in place of a tensor."""

    def __init__(self, error):
        self.error = error

    def __array__(self, dtype=None, copy=None):
        raise self.error


@pytest.mark.parametrize("error", [NotImplementedError("no data!"), ValueError("an uninitialized parameter")])
def test_a_tensor_without_numbers_is_refused_in_one_line(error):
    state_dict = recorded("gru")[0] | {"fc.bias": Without(error)}
    assert refusal(state_dict).startswith(
        "the state_dict: tensor fc.bias has no numbers yet (on the meta device, or of"
    )


@pytest.mark.parametrize("error", [TypeError("QInt8"), RuntimeError("packed"), ValueError("inhomogeneous")])
def test_what_is_no_tensor_is_refused_in_one_line(error):
    state_dict = recorded("gru")[0] | {"fc.packed": Packed(error)}
    assert refusal(state_dict) == (
        "the state_dict: fc.packed is a Packed, no tensor; give the module as it was before it was quantized"
    )


@pytest.mark.parametrize("kind", ["meta", "lazy"])
def test_a_module_of_pytorch_without_numbers(kind):
    torch = pytest.importorskip("torch")
    parts = {
        "rnn": torch.nn.GRU(7, 5),
        "fc": torch.nn.LazyLinear(3) if kind == "lazy" else torch.nn.Linear(5, 3, device=kind),
    }
    assert "tensor fc.weight has no numbers yet" in refusal(torch.nn.ModuleDict(parts))

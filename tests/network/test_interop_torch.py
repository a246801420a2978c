"""Networks from PyTorch: every hidden state is PyTorch's, and what is not supported is said in one line."""

from types import SimpleNamespace

import numpy as np
import pytest
from safetensors.numpy import load_file

import rnn_tui
from rnn_tui.network.errors import UserError
from rnn_tui.network.tokens import NumberTokenizer
from rnn_tui.network.trace import run
from tests.network import record_modules, record_pytorch

TOLERANCE = 1e-5
WORDS = tuple("abcdefg")
LABELS = ("x", "y", "z")
ODD_NAMES = {"embedding": "encoder.lookup", "rnn": "_orig_mod.module.memory", "fc": "heads.0"}


def recorded(kind, names=None):
    """The recorded state_dict of one kind of network under other attribute names, and what PyTorch computed."""
    tensors = load_file(record_pytorch.RECORDED / f"{kind}.safetensors")
    results = {name: tensors.pop(name) for name in ("tokens", "h", "c", "logits", "probs") if name in tensors}
    for old, new in (names or {}).items():
        tensors = {name.replace(f"{old}.", f"{new}.", 1): tensor for name, tensor in tensors.items()}
    return tensors, results


def states(model, tokens):
    """The values of a trace over rows of the vocabulary."""
    return run(model, model.tokens_of([model.vocabulary.words[row] for row in tokens])).values


def refusal(weights, vocabulary=WORDS, labels=LABELS, **options):
    with pytest.raises(UserError) as raised:
        rnn_tui.from_torch(weights, vocabulary, labels, **options)
    message = str(raised.value)
    assert "\n" not in message
    return message


@pytest.mark.parametrize("kind", record_pytorch.KINDS)
@pytest.mark.parametrize("names", [None, ODD_NAMES], ids=["plain", "odd"])
def test_an_imported_network_has_pytorchs_recorded_hidden_states(kind, names):
    # given a state_dict under any names
    state_dict, results = recorded(kind, names)
    nonlinearity = kind.partition("-")[2] or None
    # when it is imported
    model = rnn_tui.from_torch(state_dict, WORDS, LABELS, nonlinearity=nonlinearity, readout="each")
    # then every hidden state and every logit is PyTorch's
    values = states(model, results["tokens"])
    np.testing.assert_allclose(values["h"], results["h"], atol=TOLERANCE)
    np.testing.assert_allclose(values["logits"], results["logits"], atol=TOLERANCE)
    assert model.cell.kind == kind.partition("-")[0]


@pytest.mark.parametrize("kind", record_pytorch.KINDS)
def test_one_hot_words_without_biases_have_pytorchs_recorded_hidden_states(kind):
    state_dict, results = recorded(f"odd-{kind}")
    nonlinearity = kind.partition("-")[2] or None
    model = rnn_tui.from_torch(state_dict, WORDS, LABELS, nonlinearity=nonlinearity)
    values = states(model, results["tokens"])
    np.testing.assert_allclose(values["h"], results["h"], atol=TOLERANCE)
    np.testing.assert_allclose(values["logits"], results["logits"], atol=TOLERANCE)
    assert model.embedding.kind == "one-hot"
    assert not model.cell.bias_ih.any()


@pytest.mark.parametrize("kind", record_pytorch.KINDS)
def test_what_is_recorded_is_what_pytorch_computes(kind):
    pytest.importorskip("torch")
    state_dict, results = recorded(f"odd-{kind}")
    for name, tensor in record_modules.compute(kind).items():
        np.testing.assert_allclose((state_dict | results)[name], tensor, atol=TOLERANCE)


@pytest.mark.parametrize("bias", [True, False], ids=["bias", "no-bias"])
@pytest.mark.parametrize("inputs", ["embedding", "one-hot", "number"])
@pytest.mark.parametrize(("name", "options"), [("RNN", "tanh"), ("RNN", "relu"), ("GRU", None), ("LSTM", None)])
def test_an_imported_module_has_pytorchs_hidden_states(name, options, inputs, bias):
    # given a module of PyTorch
    torch = pytest.importorskip("torch")
    torch.manual_seed(5)
    size = {"embedding": 4, "one-hot": len(WORDS), "number": 1}[inputs]
    module = torch.nn.Module()
    if inputs == "embedding":
        module.lookup = torch.nn.Embedding(len(WORDS), size)
    keywords = {} if options is None else {"nonlinearity": options}
    module.memory = getattr(torch.nn, name)(size, 5, bias=bias, batch_first=True, **keywords)
    module.answer = torch.nn.Linear(5, 3, bias=bias)
    rows = torch.randint(0, len(WORDS), (1, 12))
    x = {
        "embedding": lambda: module.lookup(rows),
        "one-hot": lambda: torch.eye(len(WORDS))[rows],
        "number": lambda: torch.randn(1, 12, 1),
    }[inputs]()
    with torch.no_grad():
        h, _ = module.memory(x)
        probs = torch.softmax(module.answer(h), -1)
    # when it is imported, with the nonlinearity that the module says
    numbers = inputs == "number"
    model = rnn_tui.from_torch(
        module, () if numbers else WORDS, LABELS, readout="each", tokenizer="numbers" if numbers else "words"
    )
    # then every hidden state is PyTorch's
    if numbers:
        values = run(model, model.tokens_of([repr(float(number)) for number in x[0, :, 0]])).values
    else:
        values = states(model, rows[0])
    assert model.activation == options
    np.testing.assert_allclose(values["h"], h[0].numpy(), atol=TOLERANCE)
    np.testing.assert_allclose(values["probs"], probs[0].numpy(), atol=TOLERANCE)


def test_one_step_of_a_layer_is_a_layer():
    # given a module that loops over an RNNCell itself
    torch = pytest.importorskip("torch")
    torch.manual_seed(1)
    module = torch.nn.Module()
    module.step = torch.nn.RNNCell(4, 5, nonlinearity="relu")
    module.emb, module.out = torch.nn.Embedding(7, 4), torch.nn.Linear(5, 3)
    h, expected = torch.zeros(1, 5), []
    with torch.no_grad():
        for row in (3, 1, 6):
            h = module.step(module.emb(torch.tensor([row])), h)
            expected.append(h[0].numpy())
    # when
    model = rnn_tui.from_torch(module, WORDS, LABELS)
    # then
    np.testing.assert_allclose(states(model, (3, 1, 6))["h"], expected, atol=TOLERANCE)


def test_attention_is_pytorchs():
    torch = pytest.importorskip("torch")
    torch.manual_seed(2)
    module = torch.nn.Module()
    module.emb, module.rnn = torch.nn.Embedding(7, 4), torch.nn.GRU(4, 5, batch_first=True)
    module.score, module.fc = torch.nn.Linear(5, 1), torch.nn.Linear(5, 3)
    rows = torch.tensor([[1, 5, 2, 2]])
    with torch.no_grad():
        h, _ = module.rnn(module.emb(rows))
        weights = torch.softmax(module.score(h), dim=1)
        expected = module.fc((weights * h).sum(1))[0]

    model = rnn_tui.from_torch(module, WORDS, LABELS, readout="attention")

    np.testing.assert_allclose(states(model, rows[0])["logits"][-1], expected.numpy(), atol=TOLERANCE)


def test_one_output_is_the_logit_of_the_second_label():
    # given a network with one output, trained with a sigmoid
    torch = pytest.importorskip("torch")
    torch.manual_seed(3)
    module = torch.nn.Module()
    module.emb, module.rnn, module.fc = torch.nn.Embedding(7, 4), torch.nn.RNN(4, 5), torch.nn.Linear(5, 1)
    with torch.no_grad():
        expected = torch.sigmoid(module.fc(module.rnn(module.emb(torch.tensor([4, 0, 6])))[0]))[:, 0]
    # when it is imported with a label for no and one for yes
    model = rnn_tui.from_torch(module, WORDS, ("no", "yes"))
    # then the probability of yes is the sigmoid, and the model says where it is from
    np.testing.assert_allclose(states(model, (4, 0, 6))["probs"][:, 1], expected.numpy(), atol=TOLERANCE)
    assert model.provenance == {
        "source": "weights trained with PyTorch",
        "outputs": "one, read as the logit of yes",
    }


@pytest.mark.parametrize("dtype", ["float16", "float64"])
def test_other_precisions_are_converted(dtype):
    state_dict, _ = recorded("gru")
    model = rnn_tui.from_torch({name: tensor.astype(dtype) for name, tensor in state_dict.items()}, WORDS, LABELS)
    assert {tensor.dtype for tensor in model.tensors().values()} == {np.dtype(np.float32)}
    np.testing.assert_allclose(model.cell.weight_ih, state_dict["rnn.weight_ih_l0"], rtol=1e-3)


def test_what_is_imported_is_saved_and_loaded(tmp_path):
    state_dict, results = recorded("lstm")
    model = rnn_tui.from_torch(
        state_dict,
        WORDS,
        LABELS,
        unit_names=("one", "two", "three", "four", "five"),
        name="ours",
        summary="of ours",
        examples=("a b",),
        unknown="",
    )
    rnn_tui.save(model, tmp_path / "ours.safetensors")
    loaded = rnn_tui.load(str(tmp_path / "ours.safetensors"))
    np.testing.assert_array_equal(states(loaded, results["tokens"])["h"], states(model, results["tokens"])["h"])
    assert (loaded.name, loaded.title, loaded.summary, loaded.unit_name(1)) == ("ours", "ours", "of ours", "two")
    assert loaded.examples[0].text == "a b"


def test_a_tokenizer_of_ones_own():
    state_dict, _ = recorded("gru")
    del state_dict["embedding.weight"]
    state_dict["rnn.weight_ih_l0"] = state_dict["rnn.weight_ih_l0"][:, :1]
    model = rnn_tui.from_torch(state_dict, [], LABELS, tokenizer=NumberTokenizer(mean=3, scale=2))
    assert model.tokenize("5")[0].value == 1


def test_a_name_decides_where_shapes_cannot():
    # given inputs and hidden states of one size, as many labels as words, and no bias
    state_dict = square(words=5)
    labels = WORDS[:5]
    # when one of the two is called embedding
    state_dict["my_embedding.weight"] = state_dict.pop("a.weight")
    model = rnn_tui.from_torch(state_dict, WORDS[:5], labels)
    # then the other is the linear layer
    np.testing.assert_array_equal(model.embedding.weight, state_dict["my_embedding.weight"])
    np.testing.assert_array_equal(model.readout.weight, state_dict["b.weight"])


def test_a_number_of_rows_decides_where_widths_cannot():
    state_dict = square(words=7) | {"b.weight": np.ones((3, 5), np.float32)}
    model = rnn_tui.from_torch(state_dict, WORDS, LABELS)
    np.testing.assert_array_equal(model.embedding.weight, state_dict["a.weight"])
    assert model.readout.weight.shape == (3, 5)


def test_a_layer_that_is_known_decides_for_the_other():
    # given an embedding that has neither as many rows as there are words nor as there are labels
    state_dict = square(words=9) | {"b.weight": np.ones((3, 5), np.float32)}
    # then it is the embedding that is refused, since the linear layer is known by its rows
    assert "a.weight (9, 5) has 9 rows, but the vocabulary has 7 words" in refusal(state_dict)


def square(words):
    """A network whose embedding and linear layer have one shape, (words, 5)."""
    rng = np.random.default_rng(0)
    draw = lambda *shape: rng.normal(size=shape).astype(np.float32)  # noqa: E731
    return {
        "r.weight_ih": draw(5, 5),
        "r.weight_hh": draw(5, 5),
        "a.weight": draw(words, 5),
        "b.weight": draw(words, 5),
    }


def changed(kind="gru", drop=(), **tensors):
    """The recorded state_dict with tensors left out or put in its place; in names, __ stands for a dot."""
    state_dict, _ = recorded(kind)
    for name in drop:
        del state_dict[name]
    added = {name.replace("__", "."): np.asarray(tensor) for name, tensor in tensors.items()}
    return state_dict | {name: t.astype(np.float32) if t.dtype == float else t for name, t in added.items()}


NAN = np.full((3, 5), 0.5)
NAN[1, 2] = np.nan
FAULTS = {
    "two layers": (changed(rnn__weight_ih_l1=np.ones((15, 5))), "rnn.weight_ih_l1 is of a second recurrent layer"),
    "two directions": (changed(rnn__weight_ih_l0_reverse=np.ones((15, 4))), "is of a bidirectional network"),
    "projections": (changed("lstm", rnn__weight_hr_l0=np.ones((2, 5))), "is of an LSTM with projections (proj_size)"),
    "two recurrent": (changed(more__weight_hh_l0=np.ones((15, 5))), "2 recurrent layers: more, rnn; supported is one"),
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
    "extra": (changed(norm__weight=np.ones(5)), "tensor norm.weight (5,) belongs to no embedding, recurrent or linear"),
    "odd extra": (changed(att__in_proj=np.ones((5, 5))), "tensor att.in_proj (5, 5) belongs to no embedding"),
    "bias alone": (changed(norm__bias=np.ones(5)), "tensor norm.bias (5,) belongs to no embedding"),
    "two linears": (
        changed(top__weight=np.ones((2, 5)), top__bias=np.ones(2)),
        "2 linear layers: fc.weight (3, 5) and",
    ),
    "a deep head": (changed(fc2__weight=np.ones((2, 9))), "fc2.weight (2, 9) is no embedding of the layer's 4 inputs"),
    "two embeddings": (changed(more__weight=np.ones((7, 4))), "2 embeddings: embedding.weight (7, 4) and more.weight"),
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
        "one input and no embedding; found the embedding embedding.weight (7, 4)",
    ),
}


@pytest.mark.parametrize("call", CALLS)
def test_what_is_said_of_the_weights_must_fit_them(call):
    options, says = CALLS[call]
    message = refusal(changed(), **options)
    assert says in message


def test_a_network_for_numbers_has_one_input():
    without = changed(drop=["embedding.weight"])
    assert "found the layer of 4 inputs" in refusal(without, vocabulary=(), tokenizer="numbers")


def test_one_output_needs_two_labels():
    one = changed(fc__weight=np.ones((1, 5)), fc__bias=np.ones(1))
    assert "fc.weight (1, 5) has one output, the logit of a yes, but there are 3 labels" in refusal(one)


def test_which_linear_is_attentions_must_be_told():
    one = changed(fc__weight=np.ones((1, 5)), fc__bias=np.ones(1), look__weight=np.ones((1, 5)))
    message = refusal(one, labels=("no", "yes"), readout="attention")
    assert "which of fc.weight (1, 5) and look.weight (1, 5) is attention's can't be told" in message
    one["attention.weight"] = one.pop("look.weight") * 3
    model = rnn_tui.from_torch(one, WORDS, ("no", "yes"), readout="attention")
    assert (model.readout.attention_weight == 3).all()
    both = changed(look__weight=np.ones((2, 5)))
    assert "can't be told; it has one row" in refusal(both, readout="attention")


def test_a_module_knows_its_nonlinearity_better():
    module = module_of(recorded("elman-relu")[0], SimpleNamespace(weight_ih_l0=None, nonlinearity="relu"))
    assert "the module has the nonlinearity relu, but tanh is asked for" in refusal(module, nonlinearity="tanh")


class Tensor:
    """A tensor as far as it is looked at: it leaves the graph and the GPU before it is an array."""

    dtype = "torch.float32"

    def __init__(self, array, *, held=True):
        self.array, self.held, self.left = array, held, []

    def detach(self):
        self.left.append("graph")
        return self

    def cpu(self):
        self.left.append("GPU")
        return self

    def numpy(self):
        if not self.held:
            raise TypeError("Got unsupported ScalarType")
        assert self.left == ["graph", "GPU"]
        return self.array


def module_of(state_dict, *parts):
    """A module as far as it is looked at."""
    return SimpleNamespace(state_dict=lambda: state_dict, modules=lambda: parts)


@pytest.mark.parametrize("nonlinearity", ["tanh", "relu"])
def test_a_module_says_its_tensors_and_its_nonlinearity(nonlinearity):
    state_dict, results = recorded(f"elman-{nonlinearity}")
    rnn = SimpleNamespace(weight_ih_l0=None, nonlinearity=nonlinearity)
    module = module_of({name: Tensor(array) for name, array in state_dict.items()}, SimpleNamespace(), rnn)
    model = rnn_tui.from_torch(module, WORDS, LABELS)
    np.testing.assert_allclose(states(model, results["tokens"])["h"], results["h"], atol=TOLERANCE)


def test_a_module_without_a_nonlinearity():
    module = module_of(recorded("gru")[0], SimpleNamespace(weight_ih_l0=None))
    assert rnn_tui.from_torch(module, WORDS, LABELS).activation is None


def test_what_numpy_does_not_hold_is_refused():
    state_dict = recorded("gru")[0] | {"fc.bias": Tensor(None, held=False)}
    assert "tensor fc.bias has dtype torch.float32, which NumPy doesn't hold; convert the module" in refusal(state_dict)


def test_a_dtype_that_numpy_lacks():
    torch = pytest.importorskip("torch")
    module = torch.nn.GRU(7, 5).bfloat16()
    assert "tensor weight_ih_l0 has dtype torch.bfloat16, which NumPy doesn't hold" in refusal(module)


def test_neither_framework_is_imported(imports_of):
    loaded = imports_of(
        "import numpy as np, rnn_tui\n"
        "w = {'r.weight_ih': np.ones((2, 3)), 'r.weight_hh': np.ones((2, 2)), 'f.weight': np.ones((2, 2))}\n"
        "rnn_tui.from_torch(w, ['a', 'b', 'c'], ['x', 'y'])\n"
    )
    assert not {"torch", "keras", "tensorflow", "h5py", "rich", "textual"} & loaded


@pytest.fixture
def imports_of():
    """The top-level modules that a process has imported after it ran some code."""
    import subprocess
    import sys

    def run_code(code):
        code += "import sys; print(*{name.partition('.')[0] for name in sys.modules})"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        return set(done.stdout.split())

    return run_code

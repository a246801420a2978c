"""Networks from PyTorch: every hidden state is PyTorch's."""

from types import SimpleNamespace

import numpy as np
import pytest

import rnn_tui
from rnn_tui.network.tokens import NumberTokenizer
from rnn_tui.network.trace import run
from tests.interop.networks import (
    LABELS,
    NOT_VERIFIED,
    ODD_NAMES,
    TOLERANCE,
    WORDS,
    Tensor,
    module_of,
    recorded,
    square,
    states,
)
from tests.network import record_modules, record_pytorch


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
        "verified": NOT_VERIFIED,
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
    np.testing.assert_array_equal(model.fc.weight, state_dict["b.weight"])


def test_a_number_of_rows_decides_where_widths_cannot():
    state_dict = square(words=7) | {"b.weight": np.ones((3, 5), np.float32)}
    model = rnn_tui.from_torch(state_dict, WORDS, LABELS)
    np.testing.assert_array_equal(model.embedding.weight, state_dict["a.weight"])
    assert model.fc.weight.shape == (3, 5)


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

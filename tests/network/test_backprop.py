"""The exact gradients, against central differences and against PyTorch's autograd, recorded and here."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from safetensors.numpy import load_file

from rnn_tui.network.backprop import Architecture, Batch, logits_of, loss_and_gradients
from rnn_tui.network.heads import EntryKind
from rnn_tui.network.layers import LayerKind
from tests.network import record_gradients

GATES = {"elman": 1, "gru": 3, "lstm": 4}
CELLS = [("elman", "tanh"), ("elman", "relu"), ("elman", "identity"), ("gru", None), ("lstm", None)]
READOUTS = [
    "last",
    "each",
    "attention",
    "mean",
    "max",
    "last+relu",
    "each+tanh",
    "mean+sigmoid",
    "max+relu",
    "attention+tanh",
]
"""The readouts, and after a plus the function of a head."""
INPUTS = ["embedding", "one-hot", "numbers"]


def architecture_of(cell, activation, readout):
    """The architecture whose readout and head are said in one word."""
    kind, _, head = readout.partition("+")
    entries = (EntryKind(linear=False, activation=head),) if head else ()
    return Architecture((LayerKind(cell, activation),), kind, entries)


def make_parameters(rng, cell, readout, inputs, *, vocab, input_size, hidden, labels, dtype=np.float64):
    """Parameters of any network, large enough that every squashing function bends."""
    if inputs == "one-hot":
        input_size = vocab
    rows = GATES[cell] * hidden
    shapes = {
        "rnn.weight_ih_l0": (rows, input_size),
        "rnn.weight_hh_l0": (rows, hidden),
        "rnn.bias_ih_l0": (rows,),
        "rnn.bias_hh_l0": (rows,),
        "fc.weight": (labels, hidden),
        "fc.bias": (labels,),
    }
    if inputs == "embedding":
        shapes["embedding.weight"] = (vocab, input_size)
    if readout.startswith("attention"):
        shapes |= {"attention.weight": (1, hidden), "attention.bias": (1,)}
    return {name: rng.normal(0, 0.6, shape).astype(dtype) for name, shape in shapes.items()}


def make_batch(rng, inputs, *, vocab, input_size, labels, lengths, everywhere, dtype=np.float64):
    """Padded sequences of the given lengths, with a loss at the last word or at every word."""
    steps, batch = max(lengths), len(lengths)
    if inputs == "numbers":
        x = rng.normal(size=(steps, batch, input_size)).astype(dtype)
    else:
        x = rng.integers(0, vocab, (steps, batch))
    weights = np.zeros((steps, batch), dtype)
    for b, length in enumerate(lengths):
        weights[0 if everywhere else length - 1 : length, b] = rng.uniform(0.2, 1)
    return Batch(x, rng.integers(0, labels, (steps, batch)), weights / weights.sum())


def central_difference(architecture, parameters, batch, name, place, step=1e-5):
    """(loss(θ + ε) − loss(θ − ε)) / 2ε for one number of one parameter."""
    losses = []
    for sign in (1, -1):
        moved = dict(parameters)
        moved[name] = parameters[name].copy()
        moved[name][place] += sign * step
        losses.append(loss_and_gradients(architecture, moved, batch)[0])
    return (losses[0] - losses[1]) / (2 * step)


def numerical_gradient(architecture, parameters, batch, name):
    """The whole gradient by one parameter, by central differences."""
    gradient = np.empty_like(parameters[name])
    for place in np.ndindex(gradient.shape):
        gradient[place] = central_difference(architecture, parameters, batch, name, place)
    return gradient


def relative_error(found, expected):
    """The distance of two arrays, relative to their size."""
    size = max(np.linalg.norm(found), np.linalg.norm(expected))
    return np.linalg.norm(found - expected) / size if size > 1e-8 else np.linalg.norm(found - expected)


def crosses_a_kink(parameters, batch, step=1e-4):
    """Whether a relu unit lies so near to 0 that a central difference would step over its kink."""
    _, near = _pre_activations(parameters, batch)
    return near < step


def _pre_activations(parameters, batch):
    x = batch.inputs
    if x.ndim == 2:
        table = parameters.get("embedding.weight")
        x = np.eye(parameters["rnn.weight_ih_l0"].shape[1])[x] if table is None else table[x]
    h = np.zeros((x.shape[1], parameters["rnn.weight_hh_l0"].shape[1]))
    smallest = np.inf
    for x_t in x:
        z = x_t @ parameters["rnn.weight_ih_l0"].T + parameters["rnn.bias_ih_l0"]
        z = z + h @ parameters["rnn.weight_hh_l0"].T + parameters["rnn.bias_hh_l0"]
        smallest = min(smallest, np.abs(z).min())
        h = np.maximum(z, 0)
    return h, smallest


@pytest.mark.parametrize("inputs", INPUTS)
@pytest.mark.parametrize("readout", READOUTS)
@pytest.mark.parametrize(("cell", "activation"), CELLS)
@given(
    seed=st.integers(0, 2**32 - 1),
    hidden=st.integers(1, 4),
    input_size=st.integers(1, 3),
    vocab=st.integers(1, 4),
    labels=st.integers(1, 4),
    lengths=st.lists(st.integers(1, 5), min_size=1, max_size=3),
    everywhere=st.booleans(),
)
@settings(max_examples=6, deadline=None)
def test_every_gradient_equals_central_differences(
    cell, activation, readout, inputs, seed, hidden, input_size, vocab, labels, lengths, everywhere
):
    # given a network and a batch of any size, with a loss at the last word or at every word
    rng = np.random.default_rng(seed)
    sizes = {"vocab": vocab, "input_size": input_size, "labels": labels}
    architecture = architecture_of(cell, activation, readout)
    parameters = make_parameters(rng, cell, readout, inputs, hidden=hidden, **sizes)
    batch = make_batch(rng, inputs, lengths=lengths, everywhere=everywhere or readout.startswith("each"), **sizes)
    if activation == "relu":  # it has no derivative where a unit lies at 0
        assume(not crosses_a_kink(parameters, batch))

    # when the gradients are computed
    _, gradients = loss_and_gradients(architecture, parameters, batch)

    # then each is what a tiny change of each number does to the loss
    assert gradients.keys() == parameters.keys()
    for name in parameters:
        expected = numerical_gradient(architecture, parameters, batch, name)
        noise = 1e-10 * np.sqrt(expected.size)  # a central difference in float64 is no better than this
        distance = np.linalg.norm(gradients[name] - expected)
        assert distance < noise or relative_error(gradients[name], expected) < 1e-6, name


@pytest.mark.parametrize("readout", READOUTS)
@pytest.mark.parametrize(("cell", "activation"), CELLS)
def test_padding_has_no_part_in_loss_or_gradients(cell, activation, readout):
    # given a short and a long sequence, and the same batch with other tokens in the short one's padding
    rng = np.random.default_rng(1)
    sizes = {"vocab": 5, "input_size": 3, "labels": 3}
    architecture = architecture_of(cell, activation, readout)
    parameters = make_parameters(rng, cell, readout, "embedding", hidden=4, **sizes)
    batch = make_batch(rng, "embedding", lengths=[2, 6], everywhere=readout.startswith("each"), **sizes)
    inputs, targets = batch.inputs.copy(), batch.targets.copy()
    inputs[2:, 0], targets[2:, 0] = (inputs[2:, 0] + 1) % 5, (targets[2:, 0] + 1) % 3

    # when both are computed
    loss, gradients = loss_and_gradients(architecture, parameters, batch)
    other_loss, other = loss_and_gradients(architecture, parameters, Batch(inputs, targets, batch.weights))

    # then nothing differs
    assert other_loss == pytest.approx(loss, rel=1e-14)
    for name in gradients:
        np.testing.assert_allclose(other[name], gradients[name], rtol=1e-12, atol=1e-15)


def test_gradients_keep_the_parameters_dtype_and_can_be_written_in_place():
    # given float32 parameters and arrays to write to, full of something else
    rng = np.random.default_rng(2)
    sizes = {"vocab": 5, "input_size": 3, "labels": 3}
    parameters = make_parameters(rng, "gru", "last", "embedding", hidden=4, dtype=np.float32, **sizes)
    batch = make_batch(rng, "embedding", lengths=[3, 2], everywhere=False, dtype=np.float32, **sizes)
    out = {name: np.full_like(array, 7) for name, array in parameters.items()}

    # when
    loss, fresh = loss_and_gradients(Architecture((LayerKind("gru", None),)), parameters, batch)
    again, written = loss_and_gradients(Architecture((LayerKind("gru", None),)), parameters, batch, out)

    # then the same numbers stand in the arrays that were given
    assert loss == again
    for name, array in fresh.items():
        assert array.dtype == np.float32
        assert written[name] is out[name]
        np.testing.assert_array_equal(written[name], array)


def compare_with_recording(tensors, kind, readout, dtype, tolerance):
    # given the parameters and the padded batch of a recording, in one precision
    cell, _, activation = kind.partition("-")
    expected = {
        name.removeprefix(f"{readout}.gradient."): array
        for name, array in tensors.items()
        if name.startswith(f"{readout}.gradient.")
    }
    parameters = {name: tensors[name].astype(dtype) for name in expected}
    weights = tensors["weights.each" if readout.startswith("each") else "weights.last"].astype(dtype)
    batch = Batch(tensors["inputs"], tensors["targets"], weights)

    # when
    loss, gradients = loss_and_gradients(architecture_of(cell, activation or None, readout), parameters, batch)

    # then loss and gradients are PyTorch's, to a share of the largest number of each
    assert loss == pytest.approx(float(tensors[f"{readout}.loss"]), rel=tolerance)
    assert gradients.keys() == expected.keys()
    for name, gradient in gradients.items():
        largest = np.abs(expected[name]).max()
        assert gradient.dtype == dtype
        # attention.bias moves every score alike, so that its gradient is 0 but for rounding
        assert np.abs(gradient - expected[name]).max() <= tolerance * max(largest, 1e-3), name


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float32, 1e-5), (np.float64, 1e-13)])
@pytest.mark.parametrize("readout", record_gradients.READOUTS)
@pytest.mark.parametrize("kind", record_gradients.KINDS)
def test_loss_and_gradients_equal_recorded_autograd(kind, readout, dtype, tolerance):
    tensors = load_file(record_gradients.RECORDED / f"gradients-{kind}.safetensors")

    compare_with_recording(tensors, kind, readout, dtype, tolerance)


@pytest.mark.parametrize("readout", record_gradients.READOUTS)
@pytest.mark.parametrize("kind", record_gradients.KINDS)
def test_loss_and_gradients_equal_autograd_of_another_seed(kind, readout):
    pytest.importorskip("torch")

    compare_with_recording(record_gradients.compute(kind, seed=12), kind, readout, np.float64, 1e-13)


def torch_module(torch, cell, activation, inputs, parameters):
    """The plain PyTorch module of the design, with these parameters."""
    input_size = parameters["rnn.weight_ih_l0"].shape[1]
    labels, hidden = parameters["fc.weight"].shape
    module = torch.nn.Module()
    if cell == "elman":
        module.rnn = torch.nn.RNN(input_size, hidden, nonlinearity=activation, batch_first=True)
    else:
        module.rnn = {"gru": torch.nn.GRU, "lstm": torch.nn.LSTM}[cell](input_size, hidden, batch_first=True)
    module.fc = torch.nn.Linear(hidden, labels)
    if "embedding.weight" in parameters:
        module.embedding = torch.nn.Embedding(*parameters["embedding.weight"].shape)
    if "attention.weight" in parameters:
        module.attention = torch.nn.Linear(hidden, 1)
    module = module.double()
    module.load_state_dict({name: torch.tensor(array) for name, array in parameters.items()})
    return module


def torch_logits(torch, module, readout, inputs, batch):
    """(T, B, output_size), by PyTorch."""
    if inputs == "one-hot":
        x = torch.nn.functional.one_hot(torch.tensor(batch.inputs.T), module.rnn.input_size).double()
    elif inputs == "embedding":
        x = module.embedding(torch.tensor(batch.inputs.T))
    else:
        x = torch.tensor(batch.inputs.transpose(1, 0, 2))
    h, _ = module.rnn(x)
    return record_gradients.read(module, readout, h.transpose(0, 1))


@pytest.mark.parametrize("everywhere", [False, True])
@pytest.mark.parametrize("inputs", INPUTS)
@pytest.mark.parametrize("readout", READOUTS)
@pytest.mark.parametrize(("cell", "activation"), [pair for pair in CELLS if pair[1] != "identity"])
def test_loss_logits_and_gradients_equal_torch_autograd(cell, activation, readout, inputs, everywhere):
    torch = pytest.importorskip("torch")
    # given the same parameters here and in PyTorch, and sequences of unequal lengths
    rng = np.random.default_rng(3)
    sizes = {"vocab": 7, "input_size": 5, "labels": 3}
    parameters = make_parameters(rng, cell, readout, inputs, hidden=6, **sizes)
    batch = make_batch(rng, inputs, lengths=[9, 4, 1, 7], everywhere=everywhere, **sizes)
    module = torch_module(torch, cell, activation, inputs, parameters)
    architecture = architecture_of(cell, activation, readout)

    # when both compute
    loss, gradients = loss_and_gradients(architecture, parameters, batch)
    logits = logits_of(architecture, parameters, batch)
    expected_logits = torch_logits(torch, module, readout, inputs, batch)
    log_probs = torch.log_softmax(expected_logits, dim=-1)
    picked = log_probs.gather(2, torch.tensor(batch.targets)[:, :, None])[:, :, 0]
    expected_loss = -(torch.tensor(batch.weights) * picked).sum()
    expected_loss.backward()

    # then they agree
    assert loss == pytest.approx(expected_loss.item(), rel=1e-12)
    np.testing.assert_allclose(logits, expected_logits.detach().numpy()[batch.timesteps], rtol=1e-10)
    for name, parameter in module.named_parameters():
        np.testing.assert_allclose(gradients[name], parameter.grad.numpy(), rtol=1e-8, atol=1e-12, err_msg=name)

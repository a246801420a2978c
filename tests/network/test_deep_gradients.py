"""Gradients of stacks of layers, two directions, heads and outputs: central differences, and PyTorch's autograd."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from safetensors.numpy import load_file

from rnn_tui.network.backprop import logits_of, loss_and_gradients
from rnn_tui.network.workspace import Workspace
from tests.network import record_deep_gradients as recording
from tests.network import torch_networks
from tests.network.deep import VOCAB_SIZE, case_of, slow_logits

CELLS = ("elman", "elman-relu", "elman-identity", "gru", "lstm")
READOUTS = ("last", "last_step", "each", "mean", "max", "attention")
STACKS = ("→", "→→", "→→→", "⇄", "⇄⇄", "⇄⇄⇄", "+", "++", "⇄+→")
"""The layers from the bottom up: forward, both directions side by side, or added up."""
HEADS = ((), ("tanh",), (3, "relu"), (2, "sigmoid", 3, "identity"), ("relu", 2, "tanh"))
OUTPUTS = ("classes", "yes_no", "number")
INPUTS = ("embedding", "one-hot", "numbers")


def ways_of(stack):
    return ["⇄+" if way == "+" else way for way in stack]


def drawn_case(cell, stack, readout, turn):
    """A case whose head, output and inputs take turns, so that all of them are met with all else."""
    head, output, inputs = HEADS[turn % 5], OUTPUTS[turn % 3], INPUTS[turn // 3 % 3]
    fields = {"labels": 2 if output == "yes_no" else 3, "inputs": inputs, "hidden": (3, 2, 2)[: len(stack)]}
    return case_of([cell] * len(stack), ways_of(stack), readout, head=head, output=output, **fields)


def slopes_along(case, parameters, batch, name, directions, step):
    """How the loss changes along directions of one parameter, by central differences."""

    def loss(moved):
        return loss_and_gradients(case.architecture, parameters | {name: moved}, batch)[0]

    start = parameters[name]
    return np.array([(loss(start + step * one) - loss(start - step * one)) / (2 * step) for one in directions])


def assert_gradients_are_exact(case, rng, *, directions):
    """Compare every gradient along random directions; `directions` None takes every single number of it.

    Returns False where a relu or a largest value has a kink so near that two central differences don't agree.
    """
    parameters, batch = case.parameters(rng), case.batch(rng)
    _, gradients = loss_and_gradients(case.architecture, parameters, batch)
    assert gradients.keys() == parameters.keys()
    for name, gradient in gradients.items():
        if directions is None:
            along = np.eye(gradient.size).reshape(-1, *gradient.shape)
        else:
            along = rng.normal(size=(directions, *gradient.shape))
            along /= np.sqrt((along**2).sum(axis=tuple(range(1, along.ndim)), keepdims=True))
        found = np.array([(gradient * one).sum() for one in along])
        expected = slopes_along(case, parameters, batch, name, along, 1e-5)
        size = max(np.linalg.norm(gradient), 1e-4)  # below it a central difference in float64 has no digits left
        if np.abs(found - expected).max() >= 1e-6 * size:
            nearer = slopes_along(case, parameters, batch, name, along, 4e-6)
            assert np.abs(nearer - expected).max() > 1e-5 * size, name
            return False
    return True


@pytest.mark.parametrize("readout", READOUTS)
@pytest.mark.parametrize("cell", CELLS)
def test_every_gradient_equals_central_differences(cell, readout):
    # given every stack of layers, with heads, outputs and inputs in turn, and sequences of unequal lengths
    first = CELLS.index(cell) + READOUTS.index(readout)
    for turn, stack in enumerate(STACKS, first):
        case = drawn_case(cell, stack, readout, turn)
        # when a parameter moves a little in any direction, then the loss does what its gradient says
        tries = (np.random.default_rng((seed, turn)) for seed in range(5))
        assert any(assert_gradients_are_exact(case, rng, directions=1) for rng in tries)


@given(
    seed=st.integers(0, 2**32 - 1),
    layers=st.lists(
        st.tuples(st.sampled_from(CELLS), st.sampled_from(["→", "⇄", "⇄+"]), st.integers(1, 3)), min_size=1, max_size=3
    ),
    readout=st.sampled_from(READOUTS),
    head=st.lists(st.one_of(st.integers(1, 3), st.sampled_from(["relu", "tanh", "sigmoid", "identity"])), max_size=3),
    output=st.sampled_from(OUTPUTS),
    inputs=st.sampled_from(INPUTS),
    labels=st.integers(1, 3),
    lengths=st.lists(st.integers(1, 5), min_size=1, max_size=3),
)
@settings(max_examples=25, deadline=None)
def test_gradients_of_any_network_equal_central_differences(
    seed, layers, readout, head, output, inputs, labels, lengths
):
    cells, ways, hidden = zip(*layers, strict=True)
    head = [entry for k, entry in enumerate(head) if isinstance(entry, str) or isinstance((*head, 0)[k + 1], str)]
    labels = 2 if output == "yes_no" else labels
    fields = {"hidden": hidden, "inputs": inputs, "labels": labels, "lengths": tuple(lengths)}
    case = case_of(cells, ways, readout, head=head, output=output, **fields)
    assume(assert_gradients_are_exact(case, np.random.default_rng(seed), directions=None))


def answered(case, logits, batch):
    """The logits at the places where there is a loss, (n, nodes), as the reference has them."""
    rows, columns = np.nonzero(batch.weights[batch.timesteps])
    return logits[rows, columns]


def assert_as_recorded(name, arrays, dtype, tolerance):
    case, batch = recording.CASES[name], recording.batch_of(arrays, dtype)
    of = {kind: [key for key in arrays if key.startswith(f"{kind}.")] for kind in ("parameter", "gradient")}
    parameters = {key.removeprefix("parameter."): arrays[key].astype(dtype) for key in of["parameter"]}
    loss, gradients = loss_and_gradients(case.architecture, parameters, batch)
    logits = answered(case, logits_of(case.architecture, parameters, batch), batch)
    assert loss == pytest.approx(float(arrays["loss"]), rel=tolerance)
    np.testing.assert_allclose(logits, arrays["logits"], rtol=tolerance, atol=tolerance)
    assert {f"gradient.{name}" for name in gradients} == set(of["gradient"])
    for key, gradient in gradients.items():
        expected = arrays[f"gradient.{key}"]
        assert gradient.dtype == dtype
        # attention.bias moves every score alike, so that its gradient is 0 but for rounding
        assert np.abs(gradient - expected).max() <= tolerance * max(np.abs(expected).max(), 1e-2), key


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float32, 1e-5), (np.float64, 1e-12)])
@pytest.mark.parametrize("name", recording.CASES)
def test_loss_logits_and_gradients_equal_recorded_autograd(name, dtype, tolerance):
    arrays = load_file(recording.RECORDED)
    own = {key.removeprefix(f"{name}/"): array for key, array in arrays.items() if key.startswith(f"{name}/")}
    assert_as_recorded(name, own, dtype, tolerance)


@pytest.mark.parametrize("name", recording.CASES)
def test_loss_logits_and_gradients_equal_autograd_of_another_seed(name):
    pytest.importorskip("torch")
    assert_as_recorded(name, recording.compute(name, seed=7), np.float64, 1e-12)


@pytest.mark.parametrize("stack", STACKS)
@pytest.mark.parametrize("cell", ["elman", "elman-relu", "gru", "lstm"])
def test_loss_and_gradients_equal_torch_autograd(cell, stack):
    pytest.importorskip("torch")
    # given every readout of a stack, with heads, outputs and inputs in turn, where forward ones answer at every word
    for turn, readout in enumerate(READOUTS):
        case, rng = drawn_case(cell, stack, readout, turn), np.random.default_rng(turn)
        parameters, batch = case.parameters(rng), case.batch(rng, everywhere=not case.architecture.two_way or None)
        # when both compute, then they agree
        loss, gradients = loss_and_gradients(case.architecture, parameters, batch)
        expected, autograd, logits = torch_networks.loss_and_gradients(case.architecture, parameters, batch)
        assert loss == pytest.approx(expected, rel=1e-12)
        found = answered(case, logits_of(case.architecture, parameters, batch), batch)
        np.testing.assert_allclose(found, logits, rtol=1e-9, atol=1e-12)
        for name, gradient in gradients.items():
            np.testing.assert_allclose(gradient, autograd[name], rtol=1e-8, atol=1e-12, err_msg=name)


@pytest.mark.parametrize("readout", READOUTS)
@pytest.mark.parametrize("stack", STACKS)
def test_logits_are_those_of_one_sequence_word_by_word(stack, readout):
    # given sequences of unequal lengths, the last the longest
    case = case_of(["gru", "elman", "lstm"][: len(stack)], ways_of(stack), readout, lengths=(2, 1, 5), inputs="one-hot")
    rng = np.random.default_rng(0)
    parameters, batch = case.parameters(rng), case.batch(rng, everywhere=True)
    # when they are read side by side
    logits = logits_of(case.architecture, parameters, batch)
    # then each has the answers that it has alone, and none before its end where a lane reads backward
    for b, length in enumerate(batch.lengths):
        alone = slow_logits(case.architecture, parameters, batch.inputs[:length, b])
        if not case.architecture.answers_each:
            alone[: length - 1] = np.nan
        np.testing.assert_allclose(logits[:length, b], alone, rtol=1e-12)


@pytest.mark.parametrize("readout", READOUTS)
@pytest.mark.parametrize("stack", STACKS)
def test_padding_has_no_part_in_loss_or_gradients(stack, readout):
    # given the same batch with other words and targets in its padding
    case, rng = drawn_case("lstm", stack, readout, turn=0), np.random.default_rng(1)
    parameters, batch = case.parameters(rng), case.batch(rng)
    padded = np.arange(len(batch.inputs))[:, None] >= batch.lengths
    inputs = np.where(padded, (batch.inputs + 1) % VOCAB_SIZE, batch.inputs)
    targets = np.where(padded, (batch.targets + 1) % 3, batch.targets)
    other = replace(batch, inputs=inputs, targets=targets)
    # when both are computed, then nothing differs
    loss, gradients = loss_and_gradients(case.architecture, parameters, batch)
    other_loss, others = loss_and_gradients(case.architecture, parameters, other)
    assert padded.any()
    assert other_loss == pytest.approx(loss, rel=1e-14)
    for name in gradients:
        np.testing.assert_allclose(others[name], gradients[name], rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("lengths", [(4, 4, 4), (4, 2, 3)])
def test_a_workspace_that_is_used_again_changes_nothing(lengths):
    # given a workspace in which another, longer batch has been
    case = case_of(["gru", "lstm"], ["⇄", "⇄+"], "each", lengths=lengths)
    rng, workspace = np.random.default_rng(2), Workspace(np.dtype(np.float64))
    parameters, batch = case.parameters(rng), case.batch(rng)
    longer = replace(case, lengths=(9, 5)).batch(rng)
    loss_and_gradients(case.architecture, parameters, longer, workspace=workspace)
    # when the batch is computed there and afresh, then the numbers are the same
    loss, gradients = loss_and_gradients(case.architecture, parameters, batch, workspace=workspace)
    fresh_loss, fresh = loss_and_gradients(case.architecture, parameters, batch)
    assert loss == fresh_loss
    for name in fresh:
        np.testing.assert_array_equal(gradients[name], fresh[name])


@pytest.mark.parametrize("readout", ["last_step", "each", "mean"])
def test_a_batch_without_any_target_asks_for_nothing(readout):
    case, rng = case_of(["gru"], "⇄", readout), np.random.default_rng(3)
    batch = case.batch(rng)
    loss, gradients = loss_and_gradients(
        case.architecture, case.parameters(rng), replace(batch, weights=np.zeros_like(batch.weights))
    )
    assert loss == 0
    assert not any(gradient.any() for gradient in gradients.values())


def test_what_reads_backward_has_to_know_where_sequences_end():
    case, rng = case_of(["gru"], "⇄", "each"), np.random.default_rng(4)
    with pytest.raises(ValueError, match="the batch has to say the lengths"):
        loss_and_gradients(case.architecture, case.parameters(rng), replace(case.batch(rng), lengths=None))


def test_what_reads_backward_is_not_asked_before_the_end():
    case, rng = case_of(["gru"], "⇄", "mean"), np.random.default_rng(5)
    with pytest.raises(ValueError, match="before the last token"):
        loss_and_gradients(case.architecture, case.parameters(rng), case.batch(rng, everywhere=True))

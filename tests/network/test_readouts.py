"""What readouts hand on, there and back, against their definitions."""

import numpy as np
import pytest

from rnn_tui.network.arrays import softmax
from rnn_tui.network.readouts import READOUTS, Attention
from rnn_tui.network.readouts.pooling import first_largest
from tests.builders import HEAD_KINDS, READOUT_KINDS, build, trace_of


def random(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


def made(kind, hidden=3):
    """A readout of a kind with parameters drawn from a seed."""
    return READOUTS[kind].made({name: random(*shape, seed=9) for name, shape in READOUTS[kind].shapes(hidden).items()})


def by_definition(readout, h):
    """What a readout hands on after the last of the states (T, hidden_size)."""
    if readout.kind == "attention":
        return softmax(h @ readout.weight[0] + readout.bias) @ h
    return {"mean": h.mean(0), "max": h.max(0)}.get(readout.kind, h[-1])


@pytest.mark.parametrize("kind", READOUTS)
def test_after_every_word_it_hands_on_what_its_definition_says(kind):
    h, readout = random(6, 3), made(kind)

    handed = readout.read(h).get(readout.reads, h)

    for t in range(6):
        np.testing.assert_allclose(handed[t], by_definition(readout, h[: t + 1]), atol=1e-6)


@pytest.mark.parametrize("kind", READOUTS)
def test_word_by_word_and_all_at_once_hand_on_the_same(kind):
    # given five sequences side by side
    h, readout = random(6, 5, 3), made(kind)

    # when they are read word by word, and when all are read at once
    sums = readout.start(np.zeros_like(h[0]))
    stepped = []
    for h_t in h:
        sums = readout.gather(h_t, sums)
        stepped.append(readout.handed(h_t, sums))
    timesteps = np.array([1, 2, 5])
    handed, _ = readout.forward_pass(h.transpose(0, 2, 1), timesteps)

    # then both are what each sequence has by itself
    for b in range(5):
        alone = readout.read(h[:, b]).get(readout.reads, h[:, b])
        np.testing.assert_allclose(np.array(stepped)[:, b], alone, atol=1e-6)
        np.testing.assert_allclose(handed[:, b], alone[timesteps], atol=1e-6)


@pytest.mark.parametrize("kind", ["mean", "max", "attention"])
def test_of_no_word_at_all_it_hands_on_zeros(kind):
    nothing, readout = np.ones((2, 3), np.float32), made(kind)

    assert readout.handed(nothing, readout.start(nothing)).tolist() == [[0, 0, 0], [0, 0, 0]]


@pytest.mark.parametrize("kind", READOUTS)
def test_the_shares_of_the_words_so_far_are_together_one(kind):
    h, readout = random(6, 3), made(kind)
    values = {"h": h, **readout.read(h)}

    for t in range(6):
        shares = readout.shares(values, t)
        assert shares.shape == (t + 1,)
        assert shares.sum() == pytest.approx(1, abs=1e-6)
        if kind in ("mean", "attention"):
            np.testing.assert_allclose(shares @ h[: t + 1], by_definition(readout, h[: t + 1]), atol=1e-6)
        elif kind == "max":
            assert shares.tolist() == pytest.approx(np.bincount(h[: t + 1].argmax(0), minlength=t + 1) / 3)
        else:
            assert shares[t] == 1


def test_of_equal_values_the_first_is_the_largest():
    h = np.array([[1.0, 0], [1, 2], [0, 2], [3, 2]])

    assert first_largest(h).tolist() == [[0, 0], [0, 1], [0, 1], [3, 1]]


@pytest.mark.parametrize("head", HEAD_KINDS)
@pytest.mark.parametrize("readout", READOUT_KINDS)
def test_the_output_nodes_read_what_readout_and_head_make_of_the_states(readout, head):
    trace = trace_of(build(readout=readout, head=head))
    functions = {"relu": lambda z: np.maximum(z, 0), "tanh": np.tanh, "sigmoid": lambda z: 1 / (1 + np.exp(-z))}

    for t, step in enumerate(trace):
        x = by_definition(trace.model.readout, trace.values["h"][: t + 1])
        for index, name in enumerate(head):
            x = functions[name](x)
            np.testing.assert_allclose(step[f"head.{index}"], x, atol=1e-6)
        logits = trace.model.fc.weight @ x + trace.model.fc.bias
        np.testing.assert_allclose(step.logits, logits, atol=1e-5)
        np.testing.assert_allclose(step.probs, softmax(logits), atol=1e-5)
        np.testing.assert_allclose(step[trace.model.reads], x, atol=1e-6)


def test_attention_does_not_overflow_on_large_scores():
    h = np.array([[100.0], [-100.0], [300.0]], np.float32)
    readout = Attention(np.ones((1, 1), np.float32), np.ones(1, np.float32))

    context = readout.read(h)["context"][:, 0]

    assert context == pytest.approx([100, 100, 300])

"""A cell written by hand as one linear layer on the sum of the input and the state, which a forward tells."""

import numpy as np

import rnn_tui
from tests.interop.networks import TOLERANCE, WORDS, states

RNG = np.random.default_rng(2)
TABLE, SHARED, BIAS, OUT, OUT_BIAS = (RNG.normal(size=s).astype(np.float32) for s in ((7, 4), (4, 4), 4, (3, 4), 3))
LAYERS = {"i_h.weight": TABLE, "h_h.weight": SHARED, "h_h.bias": BIAS, "h_o.weight": OUT, "h_o.bias": OUT_BIAS}


def logits(rows):
    """h = relu(W(h + x) + b), and a linear layer on the last of them."""
    h = np.zeros(4)
    for row in np.asarray(rows)[0]:
        h = np.maximum((h + TABLE[row]) @ SHARED.T + BIAS, 0)
    return (h @ OUT.T + OUT_BIAS)[None]


def test_a_layer_on_the_sum_of_input_and_state_is_both_matrices():
    model = rnn_tui.from_torch(LAYERS, WORDS, ("x", "y", "z"), forward=logits)
    np.testing.assert_array_equal(model.cell.weight_ih, SHARED)
    np.testing.assert_array_equal(model.cell.weight_hh, SHARED)
    np.testing.assert_array_equal(model.embedding.weight, TABLE)
    assert model.provenance["read"] == "h_h.weight reads x + h"
    np.testing.assert_allclose(states(model, (1, 4, 2))["logits"][-1], logits([[1, 4, 2]])[0], atol=TOLERANCE)

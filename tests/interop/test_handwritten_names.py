"""The names that matrices and biases have in networks written by hand."""

import pytest

from rnn_tui.interop.handwritten import recognises
from rnn_tui.interop.handwritten_names import bias_roles_of, likely_role_of, role_of

MATRICES = {
    "input": "i2h in2hidden input_to_hidden inputToHidden W_xh Wxh W_ih Wih U Wax W_in x2h weights_input_hidden Wx e2h",
    "hidden": "h2h hidden2hidden hidden_to_hidden W_hh Whh W Waa W_rec weights_hidden_hidden recurrent cell.0.hh",
    "output": "h2o hidden2out hidden_to_output W_hy Why W_hq W_ho V Wya W_out h2y out output net.h2o.0",
    "combined output": "i2o in2output input_to_output W_xy",
    "combined": "xh_to_h xh2h ih2h hx2h combined input_combined",
    "embedding": "wte embedding emb word_embeddings embed",
}


@pytest.mark.parametrize("role", MATRICES)
def test_usual_names_say_what_a_matrix_is(role):
    assert {name: role_of(name) for name in MATRICES[role].split()} == dict.fromkeys(MATRICES[role].split(), role)


def test_a_name_that_may_be_anothers_is_only_likely():
    for role, names in {"output": "fc linear decoder", "hidden": "hidden hidden_layer", "input": "input_layer"}.items():
        for name in names.split():
            assert (role_of(name), likely_role_of(name)) == (None, role)


def test_the_gates_of_an_lstm_by_hand_are_none():
    names = ["W_xi", "W_hi", "W_xf", "W_hf", "b_i", "b_f", "o2o", "ln", "W1"]
    assert {likely_role_of(name) for name in names} == {None}


@pytest.mark.parametrize(
    ("names", "roles"),
    [
        ("b_h bh b_hh hidden_bias bias_hidden ba", ("hidden bias",)),
        ("b_ih b_xh b_x bias_input", ("input bias",)),
        ("b_y by b_q b_o b_hy output_bias bias_out c", ("output bias",)),
        ("b bias b1 b2", ("hidden bias", "output bias")),
        ("scale gamma norm beta", ()),
    ],
)
def test_usual_names_of_biases(names, roles):
    assert {name: bias_roles_of(name) for name in names.split()} == dict.fromkeys(names.split(), roles)


@pytest.mark.parametrize(
    ("names", "known"),
    [
        (["i2h.weight", "h2h.weight", "h2o.weight"], True),
        (["i2h.weight", "i2o.weight"], True),
        (["xh2h.weight", "fc.weight"], True),
        (["W_xh", "W_hh"], True),
        (["i2h.weight"], False),
        (["fc.weight", "fc.bias"], False),
        ([], False),
    ],
)
def test_a_network_is_recognised_by_its_input_and_hidden_state(names, known):
    assert recognises(names) is known

"""Networks written by hand in NumPy: their matrices by the names that tutorials give them."""

import numpy as np
import pytest

from rnn_tui.interop import from_file
from rnn_tui.network.errors import UserError
from tests.interop.networks import TOLERANCE, states

RNG = np.random.default_rng(8)
MINIMAL = {
    "Wxh": RNG.normal(size=(4, 6)),
    "Whh": RNG.normal(size=(4, 4)),
    "Why": RNG.normal(size=(6, 4)),
    "bh": RNG.normal(size=(4, 1)),
    "by": RNG.normal(size=(6, 1)),
}
CHARACTERS = tuple("abcdef")


def turned(arrays, names):
    """The same network with x and h to the left of the matrices."""
    return {new: (arrays[old].T if arrays[old].shape[1] > 1 else arrays[old].ravel()) for old, new in names.items()}


def by_definition(arrays, indices):
    """Hidden states and probabilities as min-char-rnn.py computes them."""
    h, hidden, probs = np.zeros((len(arrays["Whh"]), 1)), [], []
    for index in indices:
        x = np.zeros((arrays["Wxh"].shape[1], 1))
        x[index] = 1
        h = np.tanh(arrays["Wxh"] @ x + arrays["Whh"] @ h + arrays["bh"])
        y = arrays["Why"] @ h + arrays["by"]
        hidden.append(h.ravel())
        probs.append((np.exp(y) / np.exp(y).sum()).ravel())
    return np.array(hidden), np.array(probs)


def imported(folder, arrays, characters=CHARACTERS):
    np.savez(folder / "w.npz", **arrays)
    return from_file(folder / "w.npz", characters, characters, tokenizer="characters", readout="each")


D2L = {"Wxh": "W_xh", "Whh": "W_hh", "bh": "b_h", "Why": "W_hq", "by": "b_q"}
FORMS = {
    "min-char-rnn": MINIMAL,
    "with a state": {**MINIMAL, "hprev": np.zeros((4, 1))},
    "underscores": {"W_xh": MINIMAL["Wxh"], "W_hh": MINIMAL["Whh"], "W_hy": MINIMAL["Why"]}
    | {"b_h": MINIMAL["bh"].ravel(), "b_y": MINIMAL["by"].ravel()},
    "x to the left": turned(MINIMAL, D2L),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_network_written_by_hand_is_imported(tmp_path, form):
    indices = (3, 1, 5, 0, 0, 2)
    model = imported(tmp_path, FORMS[form])
    h, probs = by_definition(MINIMAL, indices)
    values = states(model, indices)
    np.testing.assert_allclose(values["h"], h, atol=TOLERANCE)
    np.testing.assert_allclose(values["probs"], probs, atol=TOLERANCE)
    assert model.provenance["source"] == "weights trained with NumPy"


def test_a_bias_that_is_not_there_is_zeros(tmp_path):
    arrays = {name: array for name, array in MINIMAL.items() if name != "bh"}
    model = imported(tmp_path, arrays)
    h, _ = by_definition({**arrays, "bh": np.zeros((4, 1))}, (3, 1, 5))
    np.testing.assert_allclose(states(model, (3, 1, 5))["h"], h, atol=TOLERANCE)


def test_square_matrices_are_told_by_the_biases(tmp_path):
    square = {name: RNG.normal(size=(4, 4 if name[0] == "W" else 1)) for name in MINIMAL}
    h, _ = by_definition(square, (0, 3, 1))
    np.testing.assert_allclose(states(imported(tmp_path, square, tuple("abcd")), (0, 3, 1))["h"], h, atol=1e-5)
    left = {name: array.T for name, array in square.items()}
    np.testing.assert_allclose(states(imported(tmp_path, left, tuple("abcd")), (0, 3, 1))["h"], h, atol=1e-5)
    unclear = {name: array.ravel() if name[0] == "b" else array for name, array in square.items()}
    with pytest.raises(UserError, match="all matrices are square, so that it can't be told whether h is W·x or x·W"):
        imported(tmp_path, unclear, tuple("abcd"))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"Whh": np.ones((4, 3))}, "Whh has shape (4, 3), expected a square matrix"),
        ({"bh": np.ones((3, 1))}, "bh has shape (3, 1), expected (4,)"),
        ({"Why": np.ones((6, 3))}, "Wxh (4, 6) and Why (6, 3) don't fit the 4 hidden units of Whh"),
        ({"Wf": np.ones((4, 4))}, "tensor Wf belongs to no network of one layer; expected Wxh, Whh, Why, bh, by"),
        ({"Wxh": np.ones((4, 6), int)}, "tensor Wxh has dtype int64"),
        ({"by": np.ones((5, 1))}, "by has shape (5, 1), expected (6,)"),
    ],
)
def test_arrays_that_do_not_fit(tmp_path, changes, says):
    with pytest.raises(UserError) as raised:
        imported(tmp_path, {**MINIMAL, **changes})
    assert says in str(raised.value)

"""Values that are held: what PyTorch computes with the same value written into its state, and nothing else."""

from dataclasses import replace

import numpy as np
import pytest

from rnn_tui.network.cells import CELLS
from rnn_tui.network.held import Held
from rnn_tui.network.holding import holdable, jacobian_held, step_held
from rnn_tui.network.trace import run
from tests.builders import CELL_KINDS, READOUT_KINDS, build

TEXT = "the dog barked and slept"
UNIT, AT = 1, 2
HELD = [(*kind, name) for kind in CELL_KINDS for name in {"gru": "rznh", "lstm": "ifgoch"}.get(kind[0], "h")]
every_value = pytest.mark.parametrize(("cell", "activation", "name"), HELD)


def holding(model, *held, at=AT, text=TEXT):
    """The tokens of a text of which one holds values."""
    tokens = list(model.tokenize(text))
    tokens[at] = replace(tokens[at], held=tuple(held))
    return tokens


def as_pytorch(model, tokens):
    """Every h and logits as PyTorch's own cell computes them, word by word, with values written where they are held.

    A gate is inside PyTorch's cell, so that a step in which one is held is its documented equations in tensors.
    """
    torch = pytest.importorskip("torch")
    cell, size = model.cell, model.hidden_size
    kinds = {"elman": torch.nn.RNNCell, "gru": torch.nn.GRUCell, "lstm": torch.nn.LSTMCell}
    module = kinds[cell.kind](cell.input_size, size)
    for parameter in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"):
        getattr(module, parameter).data = torch.from_numpy(np.array(getattr(cell, parameter)))
    if cell.kind == "elman":
        squash = {"tanh": torch.tanh, "relu": torch.relu, "identity": lambda z: z}[cell.activation]
        module = lambda x, h, own=module: squash(  # noqa: E731  # RNNCell knows no identity
            torch.nn.functional.linear(x, own.weight_ih, own.bias_ih)
            + torch.nn.functional.linear(h, own.weight_hh, own.bias_hh)
        )
    h, c, states = torch.zeros(1, size), torch.zeros(1, size), []
    with torch.no_grad():
        for token in tokens:
            x, before = torch.from_numpy(np.array(model.embedding.x(token)))[None], (h, c)
            if cell.kind == "lstm":
                h, c = module(x, (h, c))
            else:
                h = module(x, h)
            for one in token.held:
                if one.name == "h":
                    h[0, one.unit] = one.value
                    continue
                ih = torch.nn.functional.linear(x, module.weight_ih, module.bias_ih).chunk(len(cell.gates), 1)
                hh = torch.nn.functional.linear(before[0], module.weight_hh, module.bias_hh).chunk(len(cell.gates), 1)
                if cell.kind == "gru":
                    r, z = torch.sigmoid(ih[0] + hh[0]), torch.sigmoid(ih[1] + hh[1])
                    if one.name == "r":
                        r[0, one.unit] = one.value
                    if one.name == "z":
                        z[0, one.unit] = one.value
                    n = torch.tanh(ih[2] + r * hh[2])
                    if one.name == "n":
                        n[0, one.unit] = one.value
                    h = (1 - z) * n + z * before[0]
                else:
                    sums = [a + b for a, b in zip(ih, hh, strict=True)]
                    gates = dict(zip("ifgo", map(torch.sigmoid, sums), strict=True)) | {"g": torch.tanh(sums[2])}
                    if one.name != "c":
                        gates[one.name][0, one.unit] = one.value
                    c = gates["f"] * before[1] + gates["i"] * gates["g"]
                    if one.name == "c":
                        c[0, one.unit] = one.value
                    h = gates["o"] * torch.tanh(c)
            states.append(h[0].numpy().copy())
    return np.stack(states)


@every_value
@pytest.mark.parametrize("at", [0, 2, 4])
def test_all_that_follows_is_pytorchs_with_the_value_in_its_state(cell, activation, name, at):
    model = build(cell, activation, inputs="embedding")
    tokens = holding(model, Held(name, UNIT, 0.375), at=at)
    values = run(model, tokens).values
    np.testing.assert_allclose(values["h"], as_pytorch(model, tokens), atol=1e-5)
    assert values[name][at, UNIT] == 0.375


@every_value
def test_what_was_before_stays_and_what_follows_starts_from_the_held_state(cell, activation, name):
    model = build(cell, activation)
    plain, held = run(model, model.tokenize(TEXT)), run(model, holding(model, Held(name, UNIT, -0.75)))
    assert plain.values.keys() == held.values.keys()
    for value, array in plain.values.items():
        np.testing.assert_array_equal(held.values[value][:AT], array[:AT])
        assert held.values[value].shape == array.shape
        assert held.values[value].dtype == array.dtype
    state = tuple(held.values[state][AT] for state in model.cell.state_names)
    rest = run(model, model.tokenize(TEXT)[AT + 1 :], state)
    np.testing.assert_allclose(held.values["h"][AT + 1 :], rest.values["h"], atol=1e-6)
    assert np.abs(held.values["h"][AT] - plain.values["h"][AT]).max() > 1e-3
    assert not (held.values["h"][AT] != plain.values["h"][AT])[[0, 2]].any()  # the other units at that word


@every_value
def test_holding_what_comes_out_anyway_changes_nothing(cell, activation, name):
    model = build(cell, activation)
    plain = run(model, model.tokenize(TEXT)).values
    held = run(model, holding(model, Held(name, UNIT, float(plain[name][AT, UNIT])))).values
    for value, array in plain.items():
        np.testing.assert_allclose(held[value], array, atol=1e-6)


@pytest.mark.parametrize("readout", READOUT_KINDS)
def test_the_answer_is_read_from_the_held_state(readout):
    model = build("lstm", None, readout)
    trace = run(model, holding(model, Held("c", UNIT, 2.0)))
    np.testing.assert_array_equal(trace.values["logits"], model.outputs_of(trace.values["h"])["logits"])
    # h follows from the held c: h = o·tanh(c)
    values = trace.values
    assert values["h"][AT, UNIT] == pytest.approx(values["o"][AT, UNIT] * np.tanh(2.0), abs=1e-6)


def test_several_values_are_held_in_the_order_in_which_they_are_computed():
    model = build("lstm", None)
    values = run(
        model, holding(model, Held("h", 0, 0.5), Held("c", 0, 3.0), Held("i", 1, 1.0), Held("i", 1, 0.0))
    ).values
    assert (values["c"][AT, 0], values["h"][AT, 0], values["i"][AT, 1]) == (3.0, 0.5, 0.0)  # of two the last
    assert values["c"][AT, 1] == pytest.approx(values["f"][AT, 1] * values["c_prev"][AT, 1], abs=1e-7)


def test_with_no_squash_the_sum_is_not_the_held_value():
    model = build("elman", "identity")
    trace = run(model, holding(model, Held("h", UNIT, 9.0)))
    plain = run(model, model.tokenize(TEXT))
    np.testing.assert_array_equal(trace.values["pre_activation"][AT], plain.values["pre_activation"][AT])


@pytest.mark.parametrize("kind", CELLS)
def test_gates_and_states_can_be_held(kind):
    names = {"elman": ("h",), "gru": ("r", "z", "n", "h"), "lstm": ("i", "f", "g", "o", "c", "h")}
    assert holdable(build(kind, "tanh" if kind == "elman" else None).cell) == names[kind]


@every_value
def test_the_jacobian_of_a_step_with_a_held_value_is_that_of_central_differences(cell, activation, name):
    model = build(cell, activation, scale=0.5)
    rng, size = np.random.default_rng(3), model.hidden_size
    ih = rng.normal(size=model.cell.row_blocks() * size)
    state = tuple(rng.normal(size=size) * 0.5 for _ in model.cell.state_names)
    held = (Held(name, UNIT, 0.25),)

    def after(stacked):
        values = step_held(model.cell, ih, tuple(np.split(stacked, len(state))), held)
        return np.concatenate([values[state] for state in model.cell.state_names])

    stacked = np.concatenate(state)
    nudges = 1e-6 * np.eye(len(stacked))
    slopes = np.stack([(after(stacked + nudge) - after(stacked - nudge)) / 2e-6 for nudge in nudges], axis=1)
    values = step_held(model.cell, ih, state, held)
    found = jacobian_held(model.cell, values, ih, state, held)
    np.testing.assert_allclose(found, slopes, atol=1e-8)
    if name == "h":
        assert not found[UNIT].any()

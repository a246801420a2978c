"""A network is a list of layers: what one of them is called, holds, and records."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnn_tui.lenses.stepping import in_float64
from rnn_tui.network.cells import GRU, LSTM, PARAMETERS, Elman
from rnn_tui.network.heads import Linear
from rnn_tui.network.layers import Layer, LayerRecording, cell_parameters, parameter_name, unrolled
from rnn_tui.network.readouts import Last
from rnn_tui.network.trace import run
from tests.builders import CELL_KINDS, build, trace_of


def drawn(cell, inputs, hidden, seed):
    rng, rows = np.random.default_rng(seed), cell.row_blocks() * hidden
    shapes = ((rows, inputs), (rows, hidden), (rows,), (rows,))
    return cell(*(rng.normal(0, 0.6, shape).astype(np.float32) for shape in shapes))


def test_parameters_are_named_as_in_pytorch():
    assert parameter_name("weight_ih") == "rnn.weight_ih_l0"
    assert parameter_name("bias_hh", 1, backward=True) == "rnn.bias_hh_l1_reverse"


def test_a_layer_finds_its_parameters_by_its_index_and_direction():
    # given a layer in both directions, second from the bottom
    layer = Layer(drawn(GRU, 3, 4, 0), drawn(GRU, 3, 4, 1))
    # when its tensors are named
    tensors = dict(layer.tensors(1))
    # then there are those of both, and each cell's are found again
    assert list(tensors) == [f"rnn.{name}_l1{end}" for end in ("", "_reverse") for name in PARAMETERS]
    for cell, backward in ((layer.forward, False), (layer.backward, True)):
        found = cell_parameters(tensors, 1, backward=backward)
        assert all(found[name] is getattr(cell, name) for name in PARAMETERS)


@pytest.mark.parametrize(("merge", "size"), [("concat", 8), ("sum", 4)])
def test_both_directions_are_put_together(merge, size):
    # given a layer in both directions, and a recording of it
    layer = Layer(drawn(LSTM, 3, 4, 0), drawn(LSTM, 3, 4, 1), merge)
    x = np.random.default_rng(2).normal(size=(5, 3)).astype(np.float32)
    lanes = [
        unrolled(cell, x @ cell.weight_ih.T + cell.bias_ih, backward=cell is layer.backward) for cell in layer.cells
    ]
    # when its output is asked for
    output = LayerRecording(layer, *lanes).output
    # then it is the hidden states of both at the same word
    assert (layer.output_size, layer.input_size, layer.hidden_size, layer.bidirectional) == (size, 3, 4, True)
    both = [lane.values["h"] for lane in lanes]
    np.testing.assert_array_equal(output, np.concatenate(both, axis=1) if merge == "concat" else both[0] + both[1])


@pytest.mark.parametrize("cell", [Elman, GRU, LSTM])
def test_the_backward_lane_reads_from_the_last_word_to_the_first(cell):
    # given a cell and a sentence
    made, x = drawn(cell, 3, 4, 3), np.random.default_rng(4).normal(size=(5, 3)).astype(np.float32)
    ih = x @ made.weight_ih.T + made.bias_ih
    # when it reads backward
    lane = unrolled(made, ih, backward=True)
    # then word 4 comes first, and every word finds what the word after it left
    there = made.unroll(ih[::-1], made.zero_state())
    for name, values in lane.values.items():
        np.testing.assert_array_equal(values, there[name][::-1])
    assert all((array == 0).all() for array in lane.before(4).values())
    np.testing.assert_array_equal(lane.before(1)["h"], lane.values["h"][2])
    for name, before in zip(made.state_names, lane.all_before(), strict=True):
        np.testing.assert_array_equal(before, [lane.before(t)[name] for t in range(5)])
    # and read forward, what the word before it left
    lane = unrolled(made, ih)
    for name, before in zip(made.state_names, lane.all_before(), strict=True):
        np.testing.assert_array_equal(before, [lane.before(t)[name] for t in range(5)])


def test_what_a_lane_recorded_cannot_be_changed():
    lane = trace_of(build()).layers[0].forward

    with pytest.raises(ValueError, match="read-only"):
        lane.values["h"][0] = 1
    with pytest.raises(TypeError):
        lane.values["h"] = 1


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
def test_a_trace_of_one_layer_shows_its_lane(cell, activation):
    # given a network as all are now
    model = build(cell, activation)
    # when it reads, then what the trace shows by name is the lane of its one layer, and what the readout made of it
    trace = trace_of(model)
    (recording,) = trace.layers
    assert recording.backward is None
    assert recording.layer is model.layers[0]
    assert recording.forward.cell is model.cell is model.layers[0].forward
    assert trace.values == {**recording.forward.values, **trace.outputs}
    assert set(trace.outputs) == {"logits", "probs"}
    assert trace.initial is recording.forward.initial


def test_a_stack_reads_the_outputs_of_the_layer_below():
    # given a GRU in both directions with an LSTM over it
    model = build("gru", None, hidden=3)
    below = Layer(model.cell, drawn(GRU, model.input_size, 3, 5))
    above = Layer(drawn(LSTM, 6, 4, 6))
    fc = np.random.default_rng(7).normal(size=(2, 4)).astype(np.float32)
    deep = replace(model, layers=(below, above), readout=Last(), fc=Linear(fc, np.zeros(2, np.float32)))
    # when it reads
    trace = run(deep, deep.tokenize("the dog barked"))
    # then the upper one is that LSTM over the concatenated states of the lower one
    x = np.concatenate([lane.values["h"] for lane in (trace.layers[0].forward, trace.layers[0].backward)], axis=1)
    lstm = above.forward
    h = lstm.unroll(x @ lstm.weight_ih.T + lstm.bias_ih, lstm.zero_state())["h"]
    np.testing.assert_array_equal(trace.layers[1].forward.values["h"], h)
    # and the answer is there once both lanes have read all words
    np.testing.assert_allclose(trace.outputs["logits"][-1], h[-1] @ fc.T, rtol=1e-6)
    assert np.isnan(trace.outputs["logits"][:-1]).all()
    # and its tensors have the names of PyTorch
    assert {name.rpartition("_l")[2] for name in deep.tensors() if name.startswith("rnn.")} == {"0", "0_reverse", "1"}


def test_a_first_state_is_the_lowest_forward_cells_alone():
    # given two layers of which the lower one reads both ways
    model = build("elman", "tanh", hidden=3)
    below = Layer(model.cell, drawn(Elman, model.input_size, 3, 5))
    deep = replace(model, layers=(below, Layer(drawn(Elman, 6, 3, 6))))
    # when it starts from a state
    state = np.array([0.5, -0.25, 1.0], np.float32)
    trace = run(deep, deep.tokenize("the dog barked"), (state,))
    # then that cell starts from it, and the others from zeros
    lower, upper = trace.layers
    assert lower.forward.initial["h"].tolist() == state.tolist()
    assert not lower.backward.initial["h"].any()
    assert not upper.forward.initial["h"].any()


def test_in_float64_every_cell_is_doubled():
    model = build("elman", "tanh", hidden=3)
    wide = in_float64(replace(model, layers=(Layer(model.cell, drawn(Elman, model.input_size, 3, 5)),)))
    assert {array.dtype for cell in wide.layers[0].cells for array in (cell.weight_ih, cell.bias_hh)} == {
        np.dtype("f8")
    }

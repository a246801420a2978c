"""Of stacks, both directions, heads and outputs every lens finds what separate plain runs of the network find."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from rnn_tui.lenses.attention import attention
from rnn_tui.lenses.gradient import gradient
from rnn_tui.lenses.memory import memory
from rnn_tui.lenses.path import path
from rnn_tui.lenses.recency import recency, sweep_word
from rnn_tui.lenses.units import units
from rnn_tui.network.errors import InputError
from rnn_tui.network.heads import EntryKind
from rnn_tui.network.held import Held
from rnn_tui.network.holding import step_held
from rnn_tui.network.layers import LayerKind
from rnn_tui.network.trace import run
from tests.deep import HIDDEN_LAYER, VECTORS, deep_model
from tests.lenses.plainly import Plainly

TEXT = "the dog barked and not"
TWO_HEADS = (EntryKind(True, "tanh"), EntryKind(False, "identity"), EntryKind(True, "sigmoid"))
MIXED = (
    LayerKind("gru", None, True, "concat"),
    LayerKind("elman", "relu"),
    LayerKind("lstm", None, True, "sum"),
)
SHAPES = {
    "two layers": {"layers": 2},
    "three Elman": {"layers": 3, "cell": "elman"},
    "both ways": {"layers": 1, "bidirectional": True, "cell": "gru"},
    "both ways, added up": {"layers": 1, "bidirectional": True, "merge": "sum", "cell": "elman"},
    "two layers both ways": {"layers": 2, "bidirectional": True},
    "two layers both ways, added up": {"layers": 2, "bidirectional": True, "merge": "sum", "cell": "gru"},
    "mixed": {"kinds": MIXED},
    "one layer, a hidden layer": {"layers": 1, "head": HIDDEN_LAYER},
}
READOUTS = ("last", "last_step", "each", "mean", "max", "attention")
OUTPUTS = ("classes", "yes_no", "number")
each_shape = pytest.mark.parametrize("shape", SHAPES)
EVERY = [
    *((shape, readout, "classes", ()) for shape, readout in product(SHAPES, READOUTS)),
    *((shape, "last", output, HIDDEN_LAYER) for shape, output in product(SHAPES, OUTPUTS)),
    ("two layers both ways", "mean", "yes_no", TWO_HEADS),
    ("two layers", "each", "number", TWO_HEADS),
    ("two layers both ways", "each", "number", ()),
]
each_kind = pytest.mark.parametrize(("shape", "readout", "output", "head"), EVERY)


def trace_of(shape, readout="last", output="classes", head=(), *, text=TEXT, seed=5, **fields):
    fields = {"head": head, **SHAPES[shape], **fields}
    model = deep_model(readout=readout, output=output, seed=seed, **fields)
    return run(model, model.tokenize(text))


def holding(trace):
    """The same words, of which two hold values in every lane."""
    tokens, last = list(trace.tokens), len(trace.model.layers) - 1
    backward = trace.model.layers[last].bidirectional
    name = "c" if trace.model.layers[last].forward.kind == "lstm" else "h"
    held = (Held("h", 1, 0.75), Held(name, 0, -0.5, last, backward))
    tokens[1] = replace(tokens[1], held=held)
    tokens[3] = replace(tokens[3], held=(Held("h", 2, 0.25, last, backward),))
    return run(trace.model, tokens)


def asked_of(trace):
    """The timesteps of the answers that can be asked about."""
    return (0, 2, len(trace) - 1) if trace.model.readout.kind == "each" else (len(trace) - 1,)


def held_of(tokens):
    return [token.held for token in tokens]


@each_shape
@pytest.mark.parametrize("held", [False, True], ids=["free", "held"])
def test_memory_is_that_of_runs_with_one_word_silent(shape, held):
    # given a stack and a sentence, perhaps with values that are held
    trace = holding(trace_of(shape)) if held else trace_of(shape)
    plain, length = Plainly(trace.model), len(trace)
    x = plain.vectors(trace.tokens)
    whole, _ = plain.lanes(x, held_of(trace.tokens))
    for index, layer in enumerate(trace.model.layers):
        # when it is measured for one of its layers
        found = memory(trace, layer=index).influence
        # then each figure is the distance between two plain runs' states of that layer
        for k in range(length):
            silent, _ = plain.lanes([x_t * (t != k) for t, x_t in enumerate(x)], held_of(trace.tokens))
            for t in range(length):
                states = [plain.hand_on(layer, [h[t] for h in lanes[index]]) for lanes in (whole, silent)]
                assert found[k, t] == pytest.approx(np.linalg.norm(states[0] - states[1]), abs=1e-12)
    # and unless another one is asked for it is that of the top layer, in both triangles where something reads backward
    assert (memory(trace).influence == found).all()
    assert np.tril(found, -1).any() == trace.model.two_way


@each_kind
def test_recency_is_that_of_runs_on_the_changed_words(shape, readout, output, head):
    # given a network
    trace = trace_of(shape, readout, output, head)
    for t in asked_of(trace):
        # when it is measured what each word counts for, then the figures are those of plain runs
        check_recency(trace, t)


@each_shape
@pytest.mark.parametrize("readout", ["last", "each", "attention"])
def test_what_a_word_holds_goes_where_it_goes(shape, readout):
    # given words that hold values in the lowest and in the top layer, when measured, then plain runs find the same
    trace = holding(trace_of(shape, readout))
    for t in asked_of(trace):
        check_recency(trace, t, slopes=False)


def check_recency(trace, t, *, slopes=True):
    plain, length, tokens = Plainly(trace.model), len(trace), list(trace.tokens)
    answered = t if trace.model.readout.kind == "each" else None
    found = recency(trace, answered)
    label, stack = found.label, len(trace.model.layers) > 1 or trace.model.two_way

    def p(words, at):
        return plain.answer(plain.vectors(words), at, held_of(words))[label]

    each = trace.model.readout.kind == "each"
    assert found.probability == pytest.approx(p(tokens, t), abs=1e-12)
    for k in range(length):
        rest = tokens[:k] + tokens[k + 1 :]
        at = t - 1 if k <= t else t
        if at >= 0 or (each and stack):
            lost = found.probability - p(rest, max(0, at))
            assert found.leave_one_out[k] == pytest.approx(lost, abs=1e-10), k
        for place in range(length):
            moved = [*rest[:place], tokens[k], *rest[place:]]
            assert found.position_sweep[k, place] == pytest.approx(p(moved, t), abs=1e-10)
        assert sweep_word(trace, k, answered) == pytest.approx(found.position_sweep[k], abs=1e-12)
    check_integrated(trace, found, t, slopes=slopes)


def check_integrated(trace, found, t, *, slopes):
    """The sum is what the logit gains; each share that of the midpoint rule with central differences."""
    plain, tokens = Plainly(trace.model), trace.tokens
    x, held = plain.vectors(tokens), held_of(tokens)
    shares = found.integrated_gradients
    gained = plain.logit(x, t, found.label, held) - plain.logit([0 * x_t for x_t in x], t, found.label, held)
    assert shares.sum() == pytest.approx(gained, abs=1e-5)
    if not slopes or t != len(tokens) - 1:
        return
    step, points = 1e-5, 32
    expected = np.zeros(len(tokens))
    for a in (np.arange(points) + 0.5) / points:
        for k in range(len(tokens)):
            ends = [
                plain.logit([(a + sign * step * (n == k)) * x_n for n, x_n in enumerate(x)], t, found.label, held)
                for sign in (1, -1)
            ]
            expected[k] += (ends[0] - ends[1]) / (2 * step) / points
    assert shares == pytest.approx(expected, abs=0.05 if _kinked(trace.model) else 2e-3)


def _kinked(model):
    return (
        model.readout.kind == "max"
        or any(entry.activation == "relu" for entry in model.head)
        or any(layer.forward.activation == "relu" for layer in model.layers)
    )


@each_shape
@pytest.mark.parametrize("held", [False, True], ids=["free", "held"])
def test_the_gradient_is_that_of_nudged_states(shape, held):
    # given a stack
    trace = holding(trace_of(shape)) if held else trace_of(shape)
    if trace.model.two_way:  # each lane by itself, with its input held fixed
        for floor in trace.model.floors:
            if floor.layer is not None:
                found = gradient(trace, layer=floor.layer, backward=floor.backward)
                check_gradient(trace, found, [floor.layer], backward=floor.backward)
                assert found.norm[0 if floor.backward else -1] == 1
    else:  # the state of all layers
        found = gradient(trace)
        check_gradient(trace, found, range(len(trace.model.layers)), backward=False)
        assert found.norm[-1] == 1


def check_gradient(trace, found, layers, *, backward):
    order = range(len(trace))[:: -1 if backward else 1]
    factors = [nudged(trace, t, layers, backward=backward) for t in order[1:]]
    product = np.eye(len(factors[0]))
    for n in range(len(factors) - 1, -1, -1):
        at = order[n]
        product = product @ factors[n]
        assert found.norm[at] == pytest.approx(np.linalg.norm(product, 2), rel=1e-6, abs=1e-9)
        assert found.factor[min(at, order[n + 1])] == pytest.approx(np.linalg.norm(factors[n], 2), rel=1e-6, abs=1e-9)


def nudged(trace, t, layers, *, backward):
    """∂s_t/∂s_prev by central differences of the plain step of some layers; the lowest's input stays as it was."""
    plain = Plainly(trace.model)
    tokens = trace.tokens
    lanes, whole = plain.lanes(plain.vectors(tokens), held_of(tokens))
    model, before = plain.model, t + 1 if backward else t - 1
    start = np.concatenate([whole[index][backward][before] for index in layers])
    first = layers[0]
    if first:
        x = plain.hand_on(model.layers[first - 1], [h[t] for h in lanes[first - 1]])
    else:
        x = plain.vectors([tokens[t]])[0]

    def stepped(s):
        rows, parts = x, []
        for index in layers:
            cell = model.layers[index].cells[backward]
            size = len(cell.state_names) * cell.hidden_size
            state, s = np.split(s[:size], len(cell.state_names)), s[size:]
            own = [one for one in tokens[t].held if (one.layer, one.backward) == (index, backward)]
            values = step_held(cell, cell.weight_ih @ rows + cell.bias_ih, tuple(state), own)
            parts += [values[name] for name in cell.state_names]
            rows = values["h"]
        return np.concatenate(parts)

    step = 1e-6
    ways = [(stepped(start + step * e) - stepped(start - step * e)) / (2 * step) for e in np.eye(len(start))]
    return np.array(ways).T


@each_kind
def test_a_silenced_unit_is_that_of_a_run_without_it(shape, readout, output, head):
    # given a network, when all units of all lanes are measured
    trace = trace_of(shape, readout, output, head)
    plain = Plainly(trace.model)
    x = plain.vectors(trace.tokens)
    for t in asked_of(trace):
        found = units(trace, t if readout == "each" else None)
        # then each answer without one is that of a plain run in which it is 0 at every step
        assert len(found.units) == sum(cell.hidden_size for layer in trace.model.layers for cell in layer.cells)
        for unit in found.units:
            silent = (unit.looked.layer or 0, bool(unit.looked.backward), unit.unit)
            assert unit.silenced == pytest.approx(plain.answer(x, t, silent=silent)[found.label], abs=1e-12), unit.name


@each_shape
def test_a_word_pushes_a_unit_to_where_it_is_after_that_word_alone(shape):
    # given a stack that reads words, when it is asked what pushes its units
    trace = trace_of(shape)
    plain, model = Plainly(trace.model), trace.model
    found = units(trace)
    # then the words are those after which alone the unit is furthest, and the state is that of a plain run
    for unit in found.units:
        layer, backward = unit.looked.layer or 0, bool(unit.looked.backward)
        states = {}
        for word in model.vocabulary.words:
            if word != model.vocabulary.unknown:
                lanes, _ = plain.lanes(plain.vectors(model.tokens_of([word])))
                states[word] = lanes[layer][backward][0][unit.unit]
        expected = sorted((w for w in states if states[w] > 0), key=lambda word: -states[word])
        assert [word for word, _ in unit.up] == expected
        assert [value for _, value in unit.up] == pytest.approx([states[word] for word in expected], abs=1e-12)


@each_shape
def test_attention_is_set_beside_the_answer_of_the_last_state(shape):
    # given attention over a stack
    trace = trace_of(shape, "attention")
    plain, model = Plainly(trace.model), trace.model
    lanes, _ = plain.lanes(plain.vectors(trace.tokens))
    found = attention(trace)
    # then the answer is the network's, and the other that of head and fc on what the readout `last` hands on
    last = len(trace) - 1
    assert found.probs_attention == pytest.approx(plain.answer(plain.vectors(trace.tokens), last), abs=1e-12)
    ends = [lanes[-1][0][-1], *(h[0] for h in lanes[-1][1:])]
    alone = plain.answers_of(plain.logits_of(plain.hand_on(model.layers[-1], ends)))
    assert found.probs_last == pytest.approx(alone, abs=1e-12)
    rows = np.array([plain.hand_on(model.layers[-1], [h[t] for h in lanes[-1]]) for t in range(len(trace))])
    scores = rows @ plain.model.readout.weight[0] + plain.model.readout.bias[0]
    assert found.weights == pytest.approx(np.exp(scores) / np.exp(scores).sum(), abs=1e-12)


@pytest.mark.parametrize(("shape", "made"), [("two layers", "one hidden state;"), ("both ways", "state of each lane;")])
def test_without_attention_it_says_what_the_answer_is_made_of(shape, made):
    with pytest.raises(InputError, match=f"has no attention: its answer is made from .*{made} the model sentiment-att"):
        attention(trace_of(shape))


@each_shape
def test_a_path_is_that_of_one_lane(shape):
    # given a stack
    trace = trace_of(shape)
    lanes, _ = Plainly(trace.model).lanes(Plainly(trace.model).vectors(trace.tokens))
    for floor in trace.model.floors:
        if floor.layer is None:
            continue
        # when the path of a lane is measured
        found = path(trace, layer=floor.layer, backward=floor.backward)
        # then the points lie as far apart as the states do in the plane, in the order in which the words are read
        h = np.array([np.zeros(floor.hidden_size), *lanes[floor.layer][floor.backward][:: -1 if floor.backward else 1]])
        centred = h - h.mean(axis=0)
        sizes = np.linalg.svd(centred, compute_uv=False)
        assert found.explained == pytest.approx(sizes[:2] ** 2 / (sizes**2).sum())
        assert found.points @ found.points.T == pytest.approx(rank_two(centred), abs=1e-9)
        assert (found.boundary is None) or floor.answers


def rank_two(centred):
    u, s, _ = np.linalg.svd(centred, full_matrices=False)
    return (u[:, :2] * s[:2] ** 2) @ u[:, :2].T


def test_vectors_and_numbers_are_read_as_well():
    # given two layers in both directions that read several numbers a timestep, and answer with a number
    trace = trace_of("two layers both ways", "last", "number", HIDDEN_LAYER, text=VECTORS, inputs="vectors")
    check_recency(trace, len(trace) - 1)


@pytest.mark.parametrize("text", ["dog", "dog slept"])
@each_shape
def test_short_sentences_are_measured_too(shape, text):
    # given one word, or two, when measured, then plain runs find the same
    trace = trace_of(shape, text=text)
    found, plain = recency(trace), Plainly(trace.model)
    x = plain.vectors(trace.tokens)
    label = found.label
    if len(trace) == 2:
        for k in (0, 1):
            left = plain.answer([x[1 - k]], 0)[label]
            assert found.leave_one_out[k] == pytest.approx(found.probability - left, abs=1e-12)
    else:  # nothing is read: the states are zeros
        nothing = np.zeros(trace.model.layers[-1].output_size)
        left = plain.answers_of(plain.logits_of(nothing))[label]
        assert found.leave_one_out[0] == pytest.approx(found.probability - left, abs=1e-12)
    assert gradient(trace).norm.max() >= 1
    assert path(trace).points.shape == (len(trace) + 1, 2)


@pytest.mark.parametrize("measure", [gradient, path])
def test_a_lane_that_there_is_not_is_refused(measure):
    # given two layers that read forward alone, when another lane is asked for, then it says which there are
    trace = trace_of("two layers")
    with pytest.raises(InputError, match="there is no layer 3; the network has 2, so 1 to 2"):
        measure(trace, layer=2)
    with pytest.raises(InputError, match="layer 2 reads forward alone"):
        measure(trace, backward=True)
    with pytest.raises(InputError, match="no layer 0"):
        memory(trace, layer=-1)

"""The network in JavaScript, in Chromium: its traces are those of `trace --json`, within 1e-5, for every kind."""

from __future__ import annotations

import numpy as np
import pytest

from rnn_tui.lenses.memory import memory
from rnn_tui.network.storage import load
from rnn_tui.network.trace import run
from tests.browser.chromium import needs_chromium
from tests.browser.engine import Case, decoded, drawn_texts, expected, halves, in_chromium
from tests.export.traced_models import DRAWN, MODELS, SHIPPED, drawn

pytestmark = needs_chromium
TRACED = "((network, [text, edits]) => halves(network.trace(text, edits).json()))"
MOST_APART = 1e-5
TEXTS_A_MODEL = 200


def checked(model, cases, answers):
    """Compare the answers of the page with the program's, and return how many traces, and how far apart they are."""
    assert isinstance(answers, list), answers
    traces, apart = 0, 0.0
    for case, answer in zip(cases, answers, strict=True):
        wanted = expected(model, case)
        if wanted is None:
            assert isinstance(answer, str), (model.name, case)
            assert not answer.startswith("FAULT"), answer
            continue
        assert isinstance(answer, list), (model.name, case, answer)
        skeleton, numbers = answer[0], decoded(answer[1])
        assert skeleton == wanted[0], (model.name, case)
        wanted = np.array(wanted[1], np.float64)
        assert len(numbers) == len(wanted)
        apart = max(apart, float((np.abs(numbers - wanted) / np.maximum(1, np.abs(wanted))).max()))
        traces += 1
    assert apart <= MOST_APART, model.name
    return traces


def calls(cases):
    return [[case.text, dict(case.edits)] for case in cases]


@pytest.mark.parametrize("third", range(3))
def test_every_shipped_model_reads_its_examples_and_drawn_sentences_as_the_program_does(tmp_path, third):
    asked = []
    for name in SHIPPED[third::3]:
        model = load(MODELS / f"{name}.safetensors")
        texts = [example.text for example in model.examples] + drawn_texts(model, TEXTS_A_MODEL)
        asked.append((model, [Case(text) for text in texts]))
    answers = in_chromium([(model, calls(cases)) for model, cases in asked], TRACED, tmp_path)
    for (model, cases), answer in zip(asked, answers, strict=True):
        assert checked(model, cases, answer) > len(model.examples)


EDITS = {
    "scale-memory 0.5": {"scaleMemory": 0.5},
    "silence 2": {"silence": [{"floor": 0, "unit": 1}]},
    "hold h[1] 0.5 at 2": {"hold": [{"floor": 0, "name": "h", "unit": 0, "t": 1, "value": 0.5}]},
    "drop 2": {"leaveOut": [1]},
}
GATES = {"gru": "z", "lstm": "c"}


def with_edits(model, text):
    """A text as it is, with each edit, and with all of them; a gate of the lowest lane and the topmost lane, too."""
    cases = [Case(text), *(Case(text, (typed,), edits) for typed, edits in EDITS.items())]
    together = {name: value for edits in EDITS.values() for name, value in edits.items()}
    cases.append(Case(text, tuple(EDITS), together))
    lane = [floor for floor in model.floors if floor.layer is not None][-1]
    where = f"{f' layer {lane.layer + 1}' if lane.layer else ''}{' backward' if lane.backward else ''}"
    name = GATES.get(lane.cell.kind, "h")
    held = {"hold": [{"floor": lane.index, "name": name, "unit": 2, "t": 0, "value": -0.25}]}
    cases.append(Case(text, (f"hold {name}[3] -0.25 at 1{where}",), held))
    silent = {"silence": [{"floor": lane.index, "unit": 0}], **held}
    cases.append(Case(text, (f"silence 1{where}", f"hold {name}[3] -0.25 at 1{where}"), silent))
    return cases


def test_drawn_networks_of_every_kind_compute_the_same_with_and_without_edits(tmp_path):
    asked = []
    for name in DRAWN:
        trace = drawn(name)
        texts = drawn_texts(trace.model, 12)
        asked.append((trace.model, [*with_edits(trace.model, trace.text), *map(Case, texts)]))
    answers = in_chromium([(model, calls(cases)) for model, cases in asked], TRACED, tmp_path)
    for (model, cases), answer in zip(asked, answers, strict=True):
        assert checked(model, cases, answer) >= 8


def test_the_memory_lens_is_the_programs(tmp_path):
    doing = "((network, [text, layer]) => encoded(network.memory(text, {}, layer).influence.flat()))"
    traces = [drawn(name) for name in DRAWN]
    asked = [(trace.model, [[trace.text, layer] for layer in range(len(trace.layers))]) for trace in traces]
    for trace, answers in zip(traces, in_chromium(asked, doing, tmp_path), strict=True):
        for layer, answer in enumerate(answers):
            wanted = memory(trace, layer=layer).influence
            np.testing.assert_allclose(decoded(answer).reshape(wanted.shape), wanted, atol=MOST_APART, rtol=MOST_APART)


def every_number(trace):
    """[floor, t, name, row] of every number of a trace that has an arithmetic, and what it is."""
    lanes = [lane for layer in trace.layers for lane in (layer.forward, layer.backward) if lane is not None]
    for floor, lane in enumerate(lanes):
        for name, array in lane.values.items():
            if name != "c_prev":
                yield from ([floor, t, name, row] for t in range(len(trace)) for row in range(array.shape[1]))
    for name, array in trace.outputs.items():
        if name != "scores":
            times = range(trace.answered_from, len(trace))
            yield from ([len(lanes), t, name, row] for t in times for row in range(array.shape[1]))


OPERANDS_MAKE_IT = """((network, [text, numbers]) => {
  const trace = network.trace(text);
  return numbers.map(([floor, t, name, row]) => {
    const { total, products, bias, operands, notation } = trace.terms(floor, t, name, row);
    if (!notation) return null;
    const isLargest = products && products.some((one) => one.weight === null);
    if (isLargest) return [total, Math.max(...products.map((one) => one.value))];
    if (products) return [total, products.reduce((sum, one) => sum + one.weight * one.value, bias ?? 0)];
    return operands.length ? [total, null] : null;
  });
})"""


def test_the_arithmetic_of_every_number_makes_that_number(tmp_path):
    traces = [drawn(name) for name in DRAWN]
    numbers = [list(every_number(trace)) for trace in traces]
    asked = [(trace.model, [[trace.text, listed]]) for trace, listed in zip(traces, numbers, strict=True)]
    for trace, listed, (answer,) in zip(traces, numbers, in_chromium(asked, OPERANDS_MAKE_IT, tmp_path), strict=True):
        assert isinstance(answer, list), answer
        lanes = [lane for layer in trace.layers for lane in (layer.forward, layer.backward) if lane is not None]
        for (floor, t, name, row), made in zip(listed, answer, strict=True):
            assert made is not None, (trace.model.name, name)
            values = trace.outputs if floor == len(lanes) else lanes[floor].values
            for number in made:
                assert number is None or number == pytest.approx(float(values[name][t][row]), rel=1e-5, abs=1e-5), name


@pytest.mark.parametrize("cut", [0, 7, 60, -1])
def test_damaged_bytes_are_refused_in_one_sentence(tmp_path, cut):
    content = (MODELS / "kicking-and-screaming.safetensors").read_bytes()[:cut]
    (answer,) = in_chromium([(content, [])], TRACED, tmp_path)
    assert answer.startswith("the model in this page is damaged")
    assert answer.endswith("export it again")


def test_the_two_halves_of_a_value_tell_another_name_and_another_number():
    model = load(MODELS / "kicking-and-screaming.safetensors")
    assert run(model, model.tokenize("kick")).text == "kick"
    assert halves({"a": [1, None]}) == (halves({"a": [2, None]})[0], [1])
    assert halves({"b": [1, None]})[0] != halves({"a": [1, None]})[0]

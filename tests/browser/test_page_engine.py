"""The network in JavaScript, in Chromium: its traces are those of `trace --json`, of every kind of network."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pytest

from rnn_tui.edits import apply_edits, parse_edit
from rnn_tui.lenses.memory import memory
from rnn_tui.network.errors import InputError
from rnn_tui.network.layers import LayerKind
from rnn_tui.network.storage import load
from rnn_tui.network.trace import run
from rnn_tui.traced import head, prediction, step_values
from tests.browser import drawing
from tests.browser.chromium import needs_chromium
from tests.browser.engine import decoded, halves, in_chromium
from tests.deep import deep_model
from tests.export.traced_models import DRAWN, MODELS, SHIPPED, drawn

pytestmark = needs_chromium
MOST_APART = 1e-5
TEXTS_OF_A_SHIPPED_MODEL = 200
TEXTS_OF_A_DRAWN_NETWORK = 6
DRAWN_NETWORKS = range(30)


class Case(NamedTuple):
    """A text with edits, as they are typed and as the page has them."""

    text: str
    typed: tuple[str, ...] = ()
    edits: Any = {}  # noqa: RUF012  # nothing writes into it


def traced(model, case):
    """The trace of a case."""
    return run(*apply_edits(model, model.tokenize(case.text), [parse_edit(edit) for edit in case.typed]))


def as_json(trace):
    """The value that `trace --json` prints."""
    return {**head(trace), "steps": [step_values(trace, t) for t in range(len(trace))], "prediction": prediction(trace)}


def attempt(model, case):
    """The trace of a case and no message, or no trace and why the case is refused."""
    try:
        return traced(model, case), ""
    except InputError as error:
        return None, str(error)


def compared(model, cases, answers):
    """Compare what the page made of some cases with what the program makes; return how many traces there were."""
    assert isinstance(answers, list), (model, answers)
    traces = 0
    for case, answer in zip(cases, answers, strict=True):
        trace, refused = attempt(model, case)
        if trace is None:
            assert answer == refused, case
            continue
        skeleton, wanted = halves(as_json(trace))
        assert isinstance(answer, list), (model, case, answer)
        assert answer[0] == skeleton, (model, case)
        numbers, wanted = decoded(answer[1], np.float32).astype(np.float64), np.array(wanted, np.float64)
        apart = np.abs(numbers - wanted) / np.maximum(1, np.abs(wanted))
        assert apart.max() <= MOST_APART, (model, case)
        traces += 1
    return traces


def calls(cases):
    """The calls for some cases."""
    return [("trace", case.text, case.edits) for case in cases]


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_model_reads_its_examples_and_drawn_texts_as_the_program_does(tmp_path, name):
    model = load(MODELS / f"{name}.safetensors")
    texts = [*(example.text for example in model.examples), *drawing.texts(model, TEXTS_OF_A_SHIPPED_MODEL)]
    cases = [Case(text) for text in texts]

    (answers,) = in_chromium([(model, calls(cases))], tmp_path)

    traces = compared(model, cases, answers)
    assert TEXTS_OF_A_SHIPPED_MODEL / 2 < traces < len(cases), "most are read, and some are refused"


EDITS = {
    "scale-memory 0.35": {"scaleMemory": 0.35},
    "silence 1": {"silence": [{"floor": 0, "unit": 0}]},
    "hold h[1] 0.5 at 2": {"hold": [{"floor": 0, "name": "h", "unit": 0, "t": 1, "value": 0.5}]},
    "drop 2": {"leaveOut": [1]},
}


def edited(model, text):
    """A text with each edit, with all of them, and with those of each lane and each value that can be held there."""
    yield from (Case(text, (typed,), edits) for typed, edits in EDITS.items())
    yield Case(text, tuple(EDITS), {name: value for edits in EDITS.values() for name, value in edits.items()})
    for floor in model.floors:
        if floor.layer is None:
            continue
        where = f"{f' layer {floor.layer + 1}' if floor.layer else ''}{' backward' if floor.backward else ''}"
        unit = floor.hidden_size - 1
        silent = {"silence": [{"floor": floor.index, "unit": unit}]}
        yield Case(text, (f"silence {unit + 1}{where}",), silent)
        names = [*(gate.letter for gate in floor.cell.gates), *floor.cell.state_names]
        held = {name: {"floor": floor.index, "name": name, "unit": unit, "t": 0, "value": -0.25} for name in names}
        typed = {name: f"hold {name}[{unit + 1}] -0.25 at 1{where}" for name in names}
        yield from (Case(text, (typed[name],), {"hold": [held[name]]}) for name in names)
        yield Case(text, tuple(typed.values()), {"hold": list(held.values())})
        yield Case(text, (typed["h"], f"silence {unit + 1}{where}"), {"hold": [held["h"]], **silent})


def networks():
    """Networks of every kind, each with a text that it reads."""
    for name in DRAWN:
        yield drawn(name).model, drawn(name).text
    for number in DRAWN_NETWORKS:
        model = drawing.network(number)
        yield model, next(text for text in drawing.texts(model, 200, 1) if _is_read(model, text))


def _is_read(model, text):
    try:
        return len(model.tokenize(text)) > 2
    except InputError:
        return False


def _memories(model, text):
    """The memory lens of each layer, without edits, and with a louder memory, a value that is held and a word less."""
    together = {name: value for edits in EDITS.values() for name, value in edits.items() if name != "silence"}
    for layer in range(len(model.layers)):
        yield from (("memory", text, edits, layer) for edits in ({}, together))


def test_drawn_networks_of_every_kind_are_as_in_the_program_with_and_without_edits_and_so_is_their_memory(tmp_path):
    asked = []
    for model, text in networks():
        plain = [Case(text), *map(Case, drawing.texts(model, TEXTS_OF_A_DRAWN_NETWORK))]
        asked.append((model, [*plain, *edited(model, text)], [*_memories(model, text)]))
    assert {model.readout.kind for model, *_ in asked} == {"last", "last_step", "each", "mean", "max", "attention"}
    assert {model.output.kind for model, *_ in asked} == {"classes", "yes_no", "number"}

    answers = in_chromium([(model, [*calls(cases), *lens]) for model, cases, lens in asked], tmp_path)

    for (model, cases, lens), answer in zip(asked, answers, strict=True):
        assert compared(model, cases, answer[: len(cases)]) > TEXTS_OF_A_DRAWN_NETWORK
        for (_, text, edits, layer), influence in zip(lens, answer[len(cases) :], strict=True):
            typed = tuple(edit for edit in EDITS if edit != "silence 1") if edits else ()
            wanted = memory(traced(model, Case(text, typed)), layer=layer).influence
            near = {"rtol": 1e-6, "atol": 1e-6 * max(1, float(wanted.max()))}
            np.testing.assert_allclose(decoded(influence).reshape(wanted.shape), wanted, err_msg=str(model), **near)


def test_what_grows_beyond_all_bounds_is_null_where_it_is_in_the_program(tmp_path):
    # A part of a sum may be too large for 32 bits a word before the sum is; of this network none is.
    kinds = (LayerKind("elman", "relu"),)
    readouts = ("last", "each", "mean", "max", "attention")
    made = [(readout, output) for readout in readouts for output in ("classes", "number")]
    models = [
        deep_model(kinds=kinds, readout=readout, output=output, inputs="number", scale=4.0) for readout, output in made
    ]
    case = Case(" ".join(["30"] * 90))

    answers = in_chromium([(model, calls([case])) for model in models], tmp_path)

    for model, answer in zip(models, answers, strict=True):
        assert not np.isfinite(traced(model, case).layers[0].forward.values["h"]).all()
        assert compared(model, [case], answer) == 1


def test_an_edit_that_fits_nothing_is_refused_in_a_sentence(tmp_path):
    model = deep_model("lstm", 1)
    wrong = [
        {"scaleMemory": -1},
        {"scaleMemory": 1e39},
        {"silence": [{"floor": 1, "unit": 0}]},
        {"silence": [{"floor": 0, "unit": 3}]},
        {"hold": [{"floor": 0, "name": "ih", "unit": 0, "t": 0, "value": 0}]},
        {"hold": [{"floor": 0, "name": "h", "unit": 0, "t": 9, "value": 0}]},
        {"hold": [{"floor": 0, "name": "h", "unit": 0, "t": 0, "value": 1e39}]},
        {"leaveOut": [7]},
        {"leaveOut": [0, 1, 2]},
    ]

    (answers,) = in_chromium([(model, calls([Case("the dog barked", edits=edits) for edits in wrong]))], tmp_path)

    for edits, answer in zip(wrong, answers, strict=True):
        assert isinstance(answer, str), edits
        assert not answer.startswith("FAULT"), answer


def test_the_two_halves_of_a_value_tell_another_name_and_another_number():
    assert halves({"a": [1, None]}) == (halves({"a": [2, None]})[0], [1])
    assert halves({"b": [1, None]})[0] != halves({"a": [1, None]})[0]
    assert halves({"a": [0.5, 0.25]}) == (halves({"a": [1, 2]})[0], [0.5, 0.25])

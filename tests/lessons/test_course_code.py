"""The code that the last lesson shows runs, and gives what the screen beside it shows."""

from __future__ import annotations

import re

import numpy as np
import pytest

from rnn_tui.lessons import course
from rnn_tui.lessons.lesson import Prose
from rnn_tui.lessons.opening import open_stop
from rnn_tui.traces import Traces

LESSON = course.load("in-notation")


def shown():
    """The blocks of code, and the trace of the scene beside them."""
    for stop in LESSON.stops:
        texts = "\n\n".join(part.text for part in stop.parts if isinstance(part, Prose))
        if code := re.findall(r"^```python\n(.*?)^```", texts, re.M | re.S):
            return code, open_stop(LESSON, stop, Traces())[1]
    raise AssertionError("the last lesson shows no code")


def inputs(trace):
    return np.stack([step.x for step in trace])


def test_the_loop_gives_the_answer():
    (loop, _), trace = shown()
    tensors = trace.model.tensors()
    names = {"W_ih": "rnn.weight_ih_l0", "W_hh": "rnn.weight_hh_l0", "b_ih": "rnn.bias_ih_l0", "b_hh": "rnn.bias_hh_l0",
             "W": "fc.weight", "b": "fc.bias"}  # fmt: skip
    space = {name: np.asarray(tensors[tensor]) for name, tensor in names.items()}
    space |= {"x": inputs(trace), "h": np.zeros(trace.model.hidden_size, np.float32), "tanh": np.tanh}
    space["softmax"] = lambda scores: np.exp(scores) / np.exp(scores).sum()
    exec(loop, space)
    assert space["probs"] == pytest.approx(trace.values["probs"][-1], abs=1e-6)
    assert space["h"] == pytest.approx(trace.values["h"][-1], abs=1e-6)


def test_the_lines_of_pytorch_give_the_answer():
    torch = pytest.importorskip("torch")
    (_, lines), trace = shown()
    made, run = lines.split("\n\n")
    space = {
        "torch": torch,
        "x": torch.tensor(inputs(trace)),
        "input_size": trace.model.input_size,
        "hidden_size": trace.model.hidden_size,
        "output_size": len(trace.model.labels),
    }
    exec(made, space)
    with torch.no_grad():
        for name, array in trace.model.tensors().items():
            layer, _, parameter = name.partition(".")
            getattr(space[layer], parameter).copy_(torch.tensor(np.asarray(array)))
        exec(run, space)
    assert space["probs"].numpy() == pytest.approx(trace.values["probs"][-1], abs=1e-5)
    assert space["output"].numpy() == pytest.approx(trace.values["h"], abs=1e-5)

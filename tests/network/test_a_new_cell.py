"""A cell that the package doesn't have: what it takes to add one, and that everything works with it.

The minimal gated unit (Zhou, Wu, Zhang & Zhou, 2016, "Minimal gated unit for recurrent neural networks"), with its
gate on weight_hh·h_prev + bias_hh, as torch.nn.GRU has it.
"""

from __future__ import annotations

import json
from itertools import product

import numpy as np
import pytest

from rnn_tui.cli import main
from rnn_tui.lenses.gradient import gradient
from rnn_tui.lenses.memory import memory
from rnn_tui.lenses.recency import recency
from rnn_tui.lenses.stepping import doubled
from rnn_tui.network.arrays import sigmoid
from rnn_tui.network.backprop import Architecture, loss_and_gradients
from rnn_tui.network.cells import CELLS, Cell, Gate, StepGradient, multiply_gates, opening, register
from rnn_tui.network.cells.expressions import Value
from rnn_tui.network.cells.phases import BlendTable, Combined, GatesTable, MemoryProducts, Phase, ResultTable, Squashed
from rnn_tui.network.errors import ModelFileError
from rnn_tui.network.layers import LayerKind
from rnn_tui.network.storage import load, save
from rnn_tui.pictures.phases import phase_line, phase_panel
from rnn_tui.story.arithmetic import explained
from tests.builders import READOUT_KINDS, build, trace_of
from tests.network.test_backprop import make_batch, numerical_gradient, relative_error
from tests.pictures.views import PLAIN, view_of

TEXT = "the dog barked and slept"
FORGET, NEW = Gate("f", "forget", "forget gate"), Gate("n", "new", "new value", signed=True)
F, N, H_PREV = Value("f"), Value("n"), Value("h_prev")
SUM_N = Value("ih", "n") + F * Value("hh", "n")


class MGU(Cell):
    kind, kind_title, gates, keep_gate = "mgu", "MGU", (FORGET, NEW), FORGET
    phases = (
        multiply_gates((FORGET, NEW), drawn=NEW),
        Phase("gates", "Gates", "open or close the gate", "f = σ(ih_f + hh_f)", ("ih", "hh", "f"), 2, opening(FORGET),
              GatesTable((FORGET,), drawn=FORGET)),
        Phase("candidate", "Candidate", "propose a new memory", "n = tanh(ih_n + f·hh_n)", ("f", "n"),
              parts=(MemoryProducts(NEW), Combined("", SUM_N, NEW), Squashed("n", "tanh", SUM_N)),
              table=ResultTable("n", bounded=True, gate=FORGET)),
        Phase("mix", "Mix", "mix old and new", "h = (1 − f)·h_prev + f·n", ("h_prev", "n", "h"),
              parts=(Combined("h", (1 - F) * H_PREV + F * N),),
              table=BlendTable("h_prev", FORGET, (1 - F) * H_PREV, "h")),
    )  # fmt: skip

    def step(self, ih, state):
        (h_prev,), hh = state, self.recall(state[0])
        f = sigmoid(self.block(ih, "f") + self.block(hh, "f"))
        n = np.tanh(self.block(ih, "n") + f * self.block(hh, "n"))
        return {"ih": ih, "hh": hh, "f": f, "n": n, "h": (1 - f) * h_prev + f * n}

    def step_backward(self, values, state, d_state):
        (d_h,), (h_prev,), f, n, hh_n = d_state, state, values["f"], values["n"], self.block(values["hh"], "n")
        d_n = d_h * f * (1 - n**2)
        d_f = (d_h * (n - h_prev) + d_n * hh_n) * f * (1 - f)
        d_ih, d_hh = np.concatenate((d_f, d_n), -1), np.concatenate((d_f, d_n * f), -1)
        return StepGradient(d_ih, d_hh, (d_h * (1 - f),))


@pytest.fixture
def path(tmp_path):
    register(MGU)
    yield tmp_path / "small.safetensors"
    CELLS.pop("mgu", None)


def by_hand(cell, ih):
    h = np.zeros(cell.hidden_size)
    for ih_t in ih:
        (ih_f, ih_n), (hh_f, hh_n) = np.split(ih_t, 2), np.split(cell.weight_hh @ h + cell.bias_hh, 2)
        f = 1 / (1 + np.exp(-ih_f - hh_f))
        h = (1 - f) * h + f * np.tanh(ih_n + f * hh_n)
    return h


def test_it_is_saved_loaded_traced_and_refused_by_name_where_it_is_not_known(path, capsys):
    model = build("mgu", None, inputs="embedding", name="small")
    save(model, path)
    trace = trace_of(load(path))
    assert trace.values["h"][-1] == pytest.approx(by_hand(model.cell, trace.values["ih"]), abs=1e-6)
    assert main(["trace", "-m", str(path), "-s", TEXT, "--json"]) == 0
    steps = json.loads(capsys.readouterr().out)["steps"]
    assert list(steps[0])[3:] == ["h_prev", "ih", "hh", "f", "n", "h", "logits", "probs"]
    assert steps[-1]["f"] == trace.values["f"][-1].tolist()
    assert main(["trace", "-m", str(path), "-s", TEXT]) == 0
    assert "h_prev       f       n       h" in capsys.readouterr().out
    CELLS.pop("mgu")
    with pytest.raises(ModelFileError, match='cell is "mgu", expected one of elman, gru, lstm'):
        load(path)


def test_it_is_walked_explained_and_drawn_with_its_numbers(path, capsys):
    save(build("mgu", None, name="small"), path)
    assert main(["walk", "-m", str(path), "-s", TEXT, "--arithmetic", "--notation", "--unit", "1"]) == 0
    said, trace = capsys.readouterr().out, trace_of(load(path))
    f, h = float(trace.values["f"][1, 0]), float(trace.values["h"][1, 0])
    assert "An MGU reads one word at a time and does three things: 1 multiply it by weights, 2 mix old and new" in said
    assert f"2 Gates: Unit 1: forget gate {f:.0%} open." in said
    assert f"Of the old memory of unit 1 {1 - f:.0%} stays." in said
    assert f"Mix: Unit 1 is now {h:+.2f}.".replace("-", "−") in said
    assert "squash the sum for the forget gate of unit 1 into 0 … 1: 0 is shut, 1 is open: " in said
    assert "In notation: h[1] = (1 − f[1])·h_prev[1] + f[1]·n[1] = (1 − " in said
    for t, phase in product(range(len(trace)), trace.model.phases):
        view = view_of(trace, t=t, phase=phase.name)
        assert all(told.words for told in explained(trace, t, phase, 0))
        assert len(phase_panel(view, phase, 40, 12, PLAIN)) == 12
        assert len(phase_line(view, phase, 60, 1, PLAIN)) == 1


@pytest.mark.parametrize("readout", READOUT_KINDS)
def test_it_trains_with_exact_gradients(path, readout):
    rng, sizes = np.random.default_rng(1), {"vocab": 4, "input_size": 3, "labels": 3}
    model = build("mgu", None, readout, "embedding", labels=("a", "b", "c"), words=("<unk>", "the", "dog", "cat"))
    parameters = {name: array.astype(np.float64) for name, array in model.tensors().items()}
    batch = make_batch(rng, "embedding", lengths=[5, 3], everywhere=readout == "each", **sizes)
    _, gradients = loss_and_gradients(Architecture((LayerKind("mgu", None),), readout), parameters, batch)
    for name in parameters.keys() - {"attention.bias"}:  # which moves every score alike: its gradient is 0
        expected = numerical_gradient(Architecture((LayerKind("mgu", None),), readout), parameters, batch, name)
        assert relative_error(gradients[name], expected) < 1e-6, name


def test_its_lenses_are_those_of_brute_force(path):
    trace = doubled(trace_of(build("mgu", None)))
    cell, ih, label = trace.model.cell, trace.values["ih"], trace.prediction()[0]
    for k, t in ((0, 4), (1, 3), (2, 2)):
        silent = np.where(np.arange(5)[:, None] == k, cell.bias_ih, ih)[: t + 1]
        left = np.linalg.norm(by_hand(cell, silent) - trace.values["h"][t])
        assert memory(trace).influence[k, t] == pytest.approx(left, rel=1e-9)
        without = trace.model.outputs_of(by_hand(cell, np.delete(ih, k, 0))[None])["probs"][0, label]
        assert recency(trace).leave_one_out[k] == pytest.approx(trace.probability(label) - without, abs=1e-12)
    shares, still = recency(trace).integrated_gradients.sum(), np.tile(cell.bias_ih, (5, 1))
    gained = (trace.outputs["logits"][-1] - trace.model.outputs_of(by_hand(cell, still)[None])["logits"][0])[label]
    assert shares == pytest.approx(gained, abs=1e-5)
    nudged = (cell.step(ih[3], (trace.values["h"][2] + 1e-6 * sign * np.eye(3),))["h"] for sign in (1, -1))
    jacobian = np.subtract(*nudged).T / 2e-6
    assert gradient(trace).factor[2] == pytest.approx(np.linalg.norm(jacobian, 2), rel=1e-7)
    assert gradient(trace).kept == pytest.approx(1 - trace.values["f"].mean(axis=1))


def test_the_command_line_trains_it(path, capsys):
    (path.parent / "few.csv").write_text("text,label\n" + "so good,yes\nso bad,no\n" * 5, encoding="utf-8")
    assert main(["train", str(path.parent / "few.csv"), "-o", str(path), "--cell", "mgu", "--epochs", "2"]) == 0
    assert load(path).cell.title == "MGU"

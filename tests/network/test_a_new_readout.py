"""A readout that the package doesn't have: what it takes to add one, and that everything works with it.

It hands on the sum of the newest two hidden states.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import product
from typing import ClassVar

import numpy as np
import pytest

from rnn_tui.cli import main
from rnn_tui.lenses.recency import recency
from rnn_tui.lenses.units import units
from rnn_tui.network.backprop import Architecture, loss_and_gradients
from rnn_tui.network.cells.expressions import Value
from rnn_tui.network.cells.phases import Combined, PartsTable, Phase
from rnn_tui.network.changes import silenced
from rnn_tui.network.errors import ModelFileError
from rnn_tui.network.layers import LayerKind
from rnn_tui.network.readouts import READOUTS, Readout
from rnn_tui.network.storage import load, save
from rnn_tui.network.trace import run
from rnn_tui.pictures.phases import phase_line, phase_panel
from rnn_tui.story.arithmetic import explained
from tests.builders import CELL_KINDS, build, trace_of
from tests.network.test_backprop import make_batch, make_parameters, numerical_gradient, relative_error
from tests.pictures.views import PLAIN, view_of

TEXT = "the dog barked and slept"
OLD, NEW = Value("h_prev"), Value("h")
RECENT = Phase("recent", "Recent", "add the newest two", "context = h_prev + h", ("context",),
               parts=(Combined("context", OLD + NEW),), table=PartsTable(OLD, NEW, "context"))  # fmt: skip


@dataclass(frozen=True, eq=False)
class Recent(Readout):
    kind: ClassVar[str] = "recent"
    title: ClassVar[str] = "the newest two {}s"
    phases: ClassVar[tuple[Phase, ...]] = (RECENT,)
    reads: ClassVar[str] = "context"
    called: ClassVar[str] = "recent"

    def read(self, h):
        return {"context": h + np.concatenate((np.zeros_like(h[:1]), h[:-1]))}

    def start(self, h):
        return np.zeros_like(h), np.zeros_like(h)

    def gather(self, h, sums):
        return sums[1], h

    def handed(self, h, sums):
        return sums[0] + sums[1]

    def forward_pass(self, h, timesteps):
        return self.read(h)["context"][timesteps].transpose(0, 2, 1), ()

    def backward_pass(self, d_read, h, timesteps, kept):
        d_h = np.zeros_like(h)
        for t, d in zip(timesteps, d_read.transpose(0, 2, 1), strict=True):
            d_h[t] += d
            d_h[max(t - 1, 0)] += d if t else 0
        return d_h, {}


@pytest.fixture(autouse=True)
def registered(monkeypatch):
    """The line that registers it."""
    monkeypatch.setitem(READOUTS, "recent", Recent)


def answers_to(model, h):
    """The probabilities after the last of the states (T, hidden_size), by hand."""
    before = h[-2] if len(h) > 1 else np.zeros_like(h[0])
    powers = np.exp(model.fc.weight @ (h[-1] + before) + model.fc.bias)
    return powers / powers.sum()


def test_it_is_saved_loaded_traced_and_refused_by_name_where_it_is_not_known(tmp_path, capsys, monkeypatch):
    path = tmp_path / "small.safetensors"
    save(build("gru", None, "recent", "embedding"), path)
    trace = trace_of(load(path), TEXT)
    assert trace.values["probs"][-1] == pytest.approx(answers_to(trace.model, trace.values["h"]), abs=1e-6)
    assert main(["trace", "-m", str(path), "-s", TEXT, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["readout"] == "recent"
    assert printed["steps"][2]["context"] == trace.values["context"][2].tolist()
    monkeypatch.delitem(READOUTS, "recent")
    with pytest.raises(ModelFileError, match='readout is "recent", expected one of last, each'):
        load(path)


@pytest.mark.parametrize(("cell", "activation"), CELL_KINDS)
def test_it_is_walked_explained_and_drawn_with_its_numbers(tmp_path, capsys, cell, activation):
    path = tmp_path / "small.safetensors"
    save(build(cell, activation, "recent", head=("tanh",), name="small"), path)
    assert main(["walk", "-m", str(path), "-s", TEXT, "--arithmetic", "--notation", "--unit", "1"]) == 0
    said, trace = capsys.readouterr().out, trace_of(load(path), TEXT)
    recent = float(trace.values["context"][1, 0])
    assert f"Recent: For unit 1 this is {recent:+.2f}.".replace("-", "−") in said
    for t, phase in product(range(len(trace)), trace.model.phases):
        view = view_of(trace, t=t, phase=phase.name)
        assert all(told.words for told in explained(trace, t, phase, 0))
        assert len(phase_panel(view, phase, 40, 12, PLAIN)) == 12
        assert len(phase_line(view, phase, 60, 1, PLAIN)) == 1


@pytest.mark.parametrize("everywhere", [False, True])
def test_it_trains_with_exact_gradients(everywhere):
    rng, sizes = np.random.default_rng(1), {"vocab": 4, "input_size": 3, "labels": 3}
    architecture = Architecture((LayerKind("gru", None),), "recent")
    parameters = make_parameters(rng, "gru", "recent", "embedding", hidden=3, **sizes)
    batch = make_batch(rng, "embedding", lengths=[5, 1, 3], everywhere=everywhere, **sizes)
    _, gradients = loss_and_gradients(architecture, parameters, batch)
    for name in parameters:
        expected = numerical_gradient(architecture, parameters, batch, name)
        assert relative_error(gradients[name], expected) < 1e-6, name


def test_its_lenses_are_those_of_brute_force():
    trace = trace_of(build("lstm", None, "recent", hidden=4), TEXT)
    model, found = trace.model, recency(trace)
    for k in range(len(trace)):
        without = run(model, [*trace.tokens[:k], *trace.tokens[k + 1 :]]).probability(found.label)
        assert found.leave_one_out[k] == pytest.approx(trace.probability(found.label) - without, abs=1e-6)
    for unit in units(trace).units:
        silent = run(silenced(model, [unit.unit]), trace.tokens).probability(found.label)
        assert unit.silenced == pytest.approx(silent, abs=1e-6)

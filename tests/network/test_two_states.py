"""A cell without gates that carries a second state, which no cell of the package does: it is shown like any other."""

from __future__ import annotations

import numpy as np
import pytest

from rnn_tui.cli import main
from rnn_tui.lenses.gradient import gradient
from rnn_tui.network.cells import CELLS, Cell, Gate, StepGradient, register
from rnn_tui.network.cells.expressions import Value
from rnn_tui.network.cells.phases import MULTIPLY, Combined, MemoryProducts, Phase, ResultTable, Squashed
from rnn_tui.network.storage import save
from rnn_tui.pictures.memory import memory_panel
from rnn_tui.pictures.rows import text_of
from tests.builders import build, trace_of
from tests.pictures.views import PLAIN, view_of

SUM = Value("ih") + Value("hh") + Value("m_prev")


class Echo(Cell):
    """h = tanh(ih + hh + m_prev), and m goes half the way to h: a slow memory beside the quick one."""

    kind, kind_title, state_names = "echo", "Echo", ("h", "m")
    phases = (
        MULTIPLY,
        Phase("echo", "Echo", "add both memories", "h = tanh(ih + hh + m_prev)", ("ih", "hh", "m_prev", "h"), 2,
              (MemoryProducts(), Combined("", SUM), Squashed("h", "tanh", SUM)), ResultTable("h", bounded=True)),
        Phase("fade", "Fade", "half the way", "m = (m_prev + h)/2", ("m_prev", "h", "m"),
              table=ResultTable("m", bounded=True)),
    )  # fmt: skip

    def step(self, ih, state):
        h_prev, m_prev = state
        hh = self.recall(h_prev)
        h = np.tanh(ih + hh + m_prev)
        return {"ih": ih, "hh": hh, "m_prev": m_prev, "h": h, "m": (m_prev + h) / 2}

    def step_backward(self, values, state, d_state):
        d_h, d_m = d_state
        d_sum = (d_h + d_m / 2) * (1 - values["h"] ** 2)
        return StepGradient(d_sum, d_sum, (np.zeros_like(d_sum), d_sum + d_m / 2))


@pytest.fixture
def echo():
    register(Echo)
    yield build("echo", None, name="echo")
    CELLS.pop("echo", None)


def test_each_state_has_a_strip_with_its_own_title_and_values(echo):
    view = view_of(trace_of(echo), t=1, phase="fade")
    quick, slow = ([text_of(row) for row in memory_panel(view, name, 60, 8, PLAIN)] for name in ("h", "m"))
    assert "Memory  the hidden state after each word" in quick[0]
    assert "State m  m after each word" in slow[0]
    assert quick[2:] != slow[2:]


def test_the_gradient_lens_asks_for_what_h_lets_through(echo):
    trace = trace_of(echo)
    assert gradient(trace).kept == pytest.approx((1 - trace.values["h"].astype(np.float64) ** 2).mean(axis=1), rel=1e-5)


@pytest.mark.parametrize("command", ["trace", "walk --arithmetic", "lens memory", "lens gradient", "lens recency"])
def test_every_command_takes_it(echo, command, tmp_path, capsys):
    save(echo, tmp_path / "echo.safetensors")
    assert main([*command.split(), "-m", str(tmp_path / "echo.safetensors"), "-s", "the dog barked"]) == 0
    assert capsys.readouterr().out


def test_gates_of_which_none_keeps_the_old_state_are_refused():
    class Leaky(Echo):
        kind, gates = "leaky", (Gate("f", "forget", "forget gate"),)

    with pytest.raises(ValueError, match="leaky has gates, and no keep_gate"):
        register(Leaky)
    assert "leaky" not in CELLS

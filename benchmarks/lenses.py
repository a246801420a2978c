"""Every lens on every cell at 30 words and 64 units, and one replay of the what-if slider."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.figures import Figure, in_ms, p95

WORDS, UNITS, VOCABULARY = 30, 64, 2000
MOST_MS = 50.0
FRAME_MS = 16.7  # one frame of a screen that draws 60 a second


def measure(*, quick: bool) -> list[Figure]:
    """For each lens the slowest cell counts; what a lens keeps of a trace or a model is forgotten before each run."""
    from rnn_tui.lenses import LENSES

    rounds = 5 if quick else 25
    return [*(_slowest(lens, rounds) for lens in LENSES), _replay(10 * rounds)]


def model_of(cell: str, readout: str = "last", units: int = UNITS) -> Any:
    """A network with random weights, of a size at which it neither dies away nor explodes."""
    from rnn_tui.network.cells import CELLS
    from rnn_tui.network.embedding import Learned
    from rnn_tui.network.heads import Linear
    from rnn_tui.network.layers import Layer
    from rnn_tui.network.model import Model
    from rnn_tui.network.readouts import READOUTS
    from rnn_tui.network.tokens import Vocabulary, WordTokenizer

    rng = np.random.default_rng(0)
    kind = CELLS[cell]

    def draw(*shape: int) -> Any:
        return rng.normal(0, 0.9 / np.sqrt(units), shape).astype(np.float32)

    rows = kind.row_blocks() * units
    parameters = (draw(rows, 16), draw(rows, units), draw(rows), draw(rows))
    fc = (draw(2, units), draw(2))
    learned = {name: draw(*shape) for name, shape in READOUTS[readout].shapes(units).items()}
    return Model(
        name=cell,
        tokenizer=WordTokenizer(),
        vocabulary=Vocabulary(tuple(f"w{place}" for place in range(VOCABULARY))),
        embedding=Learned(draw(VOCABULARY, 16)),
        layers=(Layer(kind(*parameters)),),
        readout=READOUTS[readout].made(learned),
        fc=Linear(*fc),
        labels=("Negative", "Positive"),
    )


def trace_of(model: Any, words: int = WORDS) -> Any:
    """A sentence of `words` words."""
    from rnn_tui.network.trace import run

    return run(model, model.tokenize(" ".join(f"w{place * 37 % VOCABULARY}" for place in range(words))))


def _slowest(lens: str, rounds: int) -> Figure:
    from rnn_tui.lenses.measuring import Question, measure
    from rnn_tui.lenses.stepping import doubled
    from rnn_tui.network.precision import in_float64

    taken: dict[str, list[float]] = {}
    for cell in ("elman", "gru", "lstm"):
        trace = trace_of(model_of(cell, "attention" if lens == "attention" else "last"))
        asked = Question(lens, unit=0 if lens == "units" else None)

        def run(asked: Question = asked, trace: Any = trace) -> None:
            doubled.cache_clear()
            in_float64.cache_clear()
            measure(asked, trace)

        run()  # what is learned once a model, and imports
        taken[cell] = _seconds(run, rounds)
    slowest = max(taken, key=lambda cell: float(np.median(taken[cell])))
    value = float(np.median(taken[slowest])) * 1e3
    what = f"lens {lens}, {WORDS} words, {UNITS} units"
    return Figure(what, in_ms(taken[slowest]), f"slowest of three cells: {slowest}", value, MOST_MS, "ms")


def _replay(rounds: int) -> Figure:
    """One notch of the slider: another memory, and the network run again."""
    from rnn_tui.edits import ScaleMemory, apply_edits
    from rnn_tui.network.trace import run

    model = model_of("lstm")
    tokens = trace_of(model).tokens
    seconds = _seconds(lambda: run(*apply_edits(model, tokens, (ScaleMemory(0.5),))), rounds)
    return Figure(
        f"what-if replay, {WORDS} words, {UNITS} units", in_ms(seconds), "lstm", p95(seconds) * 1e3, FRAME_MS, "ms"
    )


def _seconds(call: Callable[[], Any], rounds: int) -> list[float]:
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return taken

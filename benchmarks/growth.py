"""What more words and more units cost: a trace, its memory, a key and every lens, on an LSTM with random weights."""

from __future__ import annotations

import resource
import tempfile
import time
import tracemalloc
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, in_ms, median, ratio
from benchmarks.keys import side_by_side
from benchmarks.lenses import UNITS, WORDS, model_of, trace_of
from benchmarks.programs import random_network

MANY_WORDS, MANY_UNITS = (10, 100, 1_000, 10_000, 100_000), (4, 16, 64, 256, 1_024, 2_048)
FEW_WORDS, FEW_UNITS = (10, 1_000, 100_000), (4, 64, 512)  # with --quick
OPENS_SECONDS, LENS_SECONDS, LENS_WORDS = 2.0, 1.0, 1_000
KEY_RATIO = 1.5
TRACE_US, SPARE_TRACE_MS = 40.0, 10.0
"""The limit of a trace: so many µs a word and 64 units, and as many more a unit as a matrix product takes."""
TRACE_MEMORY = 1.5
"""The limit of its memory: so many times the numbers that it keeps of each word and unit (12 of float32)."""
STOPPED_SECONDS = 3.0  # a lens that takes longer is stopped, as one would on the screen


class TooLongError(Exception):
    """A lens took longer than anybody waits."""


def measure(*, quick: bool) -> list[Figure]:
    """A row for each count of words at 64 units, and of units at 30 words."""
    sizes = [(words, UNITS) for words in (FEW_WORDS if quick else MANY_WORDS)]
    sizes += [(WORDS, units) for units in (FEW_UNITS if quick else MANY_UNITS)]
    figures = []
    for words, units in sizes:
        trace = trace_of(model_of("lstm", units=units), words)
        figures += [*_trace(trace, words, units), *_lenses(words, units)]
    return [*figures, *_opening(quick=quick), *_keys(sizes, 28 if quick else 112)]


def _named(words: int, units: int) -> str:
    return f"{words:,} words × {units:,} units"


def _trace(trace: Any, words: int, units: int) -> list[Figure]:
    """Seconds and memory of a trace; its memory against the numbers that it can't do without."""
    from rnn_tui.network.trace import run

    rounds = max(1, min(9, 20_000 // words))
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        run(trace.model, trace.tokens)
        taken.append(time.perf_counter() - start)
    tracemalloc.start()
    kept = run(trace.model, trace.tokens)
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    needed = 12 * 4 * words * units
    most = SPARE_TRACE_MS + TRACE_US * 1e-3 * words * max(1.0, (units / UNITS) ** 2)
    del kept
    size_said = f"{size / 2**20:.2f} MiB"
    what = _named(words, units)
    return [
        Figure(f"trace, {what}", in_ms(taken), "", median(taken) * 1e3, most, "ms"),
        Figure(f"memory of a trace, {what}", size_said, f"numbers {needed / 2**20:.2f} MiB", size / 2**20,
               round(TRACE_MEMORY * needed / 2**20 + 0.1, 2), "MiB"),
    ]  # fmt: skip


def _lenses(words: int, units: int) -> list[Figure]:
    from rnn_tui.lenses import LENSES

    return [_lens(lens, words, units) for lens in LENSES]


def _lens(lens: str, words: int, units: int) -> Figure:
    """Seconds of a lens on a new trace of a new model, so that nothing is known of either."""
    from rnn_tui.lenses.measuring import Question, measure
    from rnn_tui.network.errors import UserError

    trace = trace_of(model_of("lstm", "attention" if lens == "attention" else "last", units), words)
    asked = Question(lens, unit=0 if lens == "units" else None)
    what = f"lens {lens}, {_named(words, units)}"
    start = time.perf_counter()

    def progress(share: float) -> None:
        if time.perf_counter() - start > STOPPED_SECONDS:
            raise TooLongError(share)

    try:
        measure(asked, trace, progress)
    except UserError as error:
        return Figure(what, "", "", note=str(error)[:60])
    except MemoryError:
        return Figure(what, "", "", note="more memory than there is")
    except TooLongError as stopped:
        seconds = time.perf_counter() - start  # it would take longer; the share says how much
        ours = f"stopped at {stopped.args[0]:.0%}"
    else:
        seconds = time.perf_counter() - start
        ours = f"{seconds:.3f} s"
    limit = LENS_SECONDS if words <= LENS_WORDS and units <= UNITS else None
    return Figure(what, ours, "", seconds, limit, "s")


def _opening(*, quick: bool) -> list[Figure]:
    """Seconds until the screen of 100,000 words is whole, and a key there against one in a text of 12 words."""
    with tempfile.TemporaryDirectory() as folder:
        long, short = random_network(Path(folder), 16, 100_000), random_network(Path(folder), 16, 12)
        taken, worked = [], []
        for _ in range(1 if quick else 5):
            before = _processor_seconds()
            with long.start() as terminal:
                terminal.read_until(lambda: long.is_whole(terminal), timeout=60)
                taken.append(terminal.last_output_at - terminal.started_at)
            worked.append(_processor_seconds() - before)
        ours, other = side_by_side(long, short, 56 if quick else 280)
    what = "100,000 words"
    return [
        Figure(
            f"start to full frame, {what}",
            in_ms(taken),
            f"processor {in_ms(worked)}",
            median(taken),
            OPENS_SECONDS,
            "s",
        ),
        Figure(f"key to paint, {what} against 12", in_ms(ours), in_ms(other), ratio(ours, other), KEY_RATIO),
    ]


def _processor_seconds() -> float:
    """What the programs that have ended have worked, which a machine that does other things beside doesn't change."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _keys(sizes: list[tuple[int, int]], count: int) -> list[Figure]:
    """A key at each size against one at 16 units and 12 words, which runs at the same time."""
    figures = []
    for words, units in sizes:
        with tempfile.TemporaryDirectory() as folder:
            one, two = random_network(Path(folder), units, words), random_network(Path(folder), 16, 12)
            ours, other = side_by_side(one, two, count)
        what = f"key to paint, {_named(words, units)}, against 12 × 16"
        figures.append(Figure(what, in_ms(ours), in_ms(other), ratio(ours, other), KEY_RATIO))
    return figures

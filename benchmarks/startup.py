"""From starting the process to the first full frame."""

from __future__ import annotations

from benchmarks.figures import Figure, in_ms, ratio
from benchmarks.programs import RNN_TUI, SMALLEST, Program

MOST = 1.3


def measure(*, quick: bool) -> list[Figure]:
    """Start both programs in turn, after a first start of each that fills the caches."""
    rounds = 5 if quick else 20
    samples: dict[str, list[float]] = {program.name: [] for program in (RNN_TUI, SMALLEST)}
    for program in (RNN_TUI, SMALLEST):
        _first_frame(program)
    for number in range(rounds):
        for program in (RNN_TUI, SMALLEST) if number % 2 else (SMALLEST, RNN_TUI):
            samples[program.name].append(_first_frame(program))
    ours, other = samples[RNN_TUI.name], samples[SMALLEST.name]
    return [Figure("start to first full frame", in_ms(ours), in_ms(other), ratio(ours, other), MOST)]


def _first_frame(program: Program) -> float:
    with program.start(animations=True) as terminal:
        if not terminal.read_until(lambda: program.is_whole(terminal), timeout=30):
            raise RuntimeError(f"{program.name} showed no whole screen; it wrote: {terminal.text[-400:]}")
        return terminal.last_output_at - terminal.started_at

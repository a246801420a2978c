"""A long lesson: 20,000 keys and 200 models opened one after another, in a real pseudo-terminal (Linux only)."""

from __future__ import annotations

import sys

from benchmarks.figures import Figure, in_ms, ratio
from benchmarks.keys import THERE_AND_BACK, repeated
from benchmarks.programs import RNN_TUI, Program
from benchmarks.pseudo_terminal import PseudoTerminal
from benchmarks.resting import private_mib

MOST_GROWTH = 5.0  # percent
MOST_SLOWER = 1.1
SWITCHES, KEYS_BETWEEN = 200, 100
REST_SECONDS = 1.5  # by then what a closed dialog leaves has been freed
DOWN, ENTER, HOME = "\x1b[B", "\r", "\x1b[H"


def measure(*, quick: bool) -> list[Figure]:
    """Memory once every model has been open, and at the end; then keys in turn with a program that was just started."""
    if not sys.platform.startswith("linux"):
        return [Figure("long use", "", "", note="needs Linux's /proc")]
    from rnn_tui import shelf

    models = len(shelf.in_order())
    rounds, between = (3, 20) if quick else (-(-SWITCHES // models), KEYS_BETWEEN)
    with RNN_TUI.started() as terminal:
        go_round(terminal, 2 * models, between)  # twice through the shelf: whole rounds end where they began
        before = private_mib(terminal)
        go_round(terminal, rounds * models, between)
        after = private_mib(terminal)
        used, fresh = in_turn(terminal, RNN_TUI, 56 if quick else 280)
    switches, keys = rounds * models, rounds * models * between
    grown = (after / before - 1) * 100
    of = f"{keys:,} keys and {switches} models"
    return [
        Figure(f"memory growth over {of}", f"{before:.1f} → {after:.1f} MiB", "", grown, MOST_GROWTH, "%"),
        Figure(
            f"key to paint after {of}", in_ms(used), f"just started {in_ms(fresh)}", ratio(used, fresh), MOST_SLOWER
        ),
    ]


def go_round(terminal: PseudoTerminal, switches: int, keys: int) -> None:
    """Open the next model of the shelf `switches` times, and type `keys` keys on each."""
    for _ in range(switches):
        for key in ("m", DOWN, ENTER):
            if terminal.key_to_paint(key, 0.02) is None:
                raise RuntimeError(f"the shelf didn't answer; the screen: {terminal.text[-400:]}")
        for key in repeated(THERE_AND_BACK, keys):
            terminal.send(key)
            terminal.read(0.1)
            terminal.settle(0.002)
        terminal.settle()
        terminal.output.clear()
    terminal.settle(REST_SECONDS)


def in_turn(used: PseudoTerminal, program: Program, count: int) -> tuple[list[float], list[float]]:
    """Seconds from key to paint of a program that has long been used and of a new one, a key for each in turn."""
    samples: tuple[list[float], list[float]] = ([], [])
    with program.started() as fresh:
        for terminal in (used, fresh):
            terminal.send(HOME)
            terminal.settle()
        for key in repeated(THERE_AND_BACK, count + len(THERE_AND_BACK)):
            taken = [terminal.key_to_paint(key) for terminal in (used, fresh)]
            if None not in taken:
                for kept, seconds in zip(samples, taken, strict=True):
                    kept.append(seconds or 0.0)
    return samples[0][len(THERE_AND_BACK) :], samples[1][len(THERE_AND_BACK) :]

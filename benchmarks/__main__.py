"""Measure, side by side in one run, and print a table against the targets.

python -m benchmarks [--quick] [--only NAME] [--json] [--check]
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict
from importlib import import_module

from rich.console import Console
from rich.table import Table

from benchmarks.figures import Figure

NAMES = ("startup", "keys", "resting", "forward", "training_step", "lenses", "bytes", "growth", "long_use", "watching")
OTHERS = "the smallest Textual app, a small network, or torch"


def main() -> int:
    """Measure what is asked for; 1 with --check where a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds: rougher figures")
    parser.add_argument("--only", action="append", choices=NAMES, help="only this one (may be given again)")
    parser.add_argument("--json", action="store_true", help="print JSON, and only JSON")
    parser.add_argument("--check", action="store_true", help="exit with 1 where a target is missed")
    arguments = parser.parse_args()
    figures: list[Figure] = []
    for name in arguments.only or NAMES:
        print(f"measuring {name} …", file=sys.stderr)
        figures += import_module(f"benchmarks.{name}").measure(quick=arguments.quick)
    if arguments.json:
        print(json.dumps({"format": 1, "figures": [{**asdict(figure), "met": figure.met} for figure in figures]}))
    else:
        show(figures)
    missed = [figure for figure in figures if figure.met is False]
    return 1 if arguments.check and missed else 0


def show(figures: list[Figure]) -> None:
    """The table."""
    caption = f"compared with {OTHERS}"
    if core := os.environ.get("OPENBLAS_CORETYPE"):  # torch has its own arithmetic, which this doesn't touch
        caption += f"\nOPENBLAS_CORETYPE={core} is set: NumPy is held to the routines of that processor, torch is not"
    table = Table(title="rnn-tui, side by side", caption=caption, caption_justify="left")
    for heading in ("what", "rnn-tui", "compared", "figure", "target", ""):
        table.add_column(heading, justify="left" if heading == "what" else "right")
    for figure in figures:
        value = figure.note if figure.value is None else f"{figure.value:.2f} {figure.unit}"
        target = "" if figure.target is None else f"≤ {figure.target:g} {figure.unit}"
        verdict = {None: "", True: "[green]met[/]", False: "[red]missed[/]"}[figure.met]
        table.add_row(figure.what, figure.ours, figure.other, value, target, verdict)
    console = Console()
    console.print(table) if console.is_terminal else Console(width=140).print(table)


if __name__ == "__main__":
    raise SystemExit(main())

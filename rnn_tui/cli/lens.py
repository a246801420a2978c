"""`rnn-tui lens`: what a trace means, as a picture with its words, or as JSON for programs."""

from __future__ import annotations

import shutil
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rnn_tui import lenses
from rnn_tui.cli.console import say_all
from rnn_tui.cli.opening import open_scene
from rnn_tui.cli.parser import Parser, add_allow_large
from rnn_tui.cli.scenes import add_arguments

if TYPE_CHECKING:
    from rnn_tui.lenses.progress import Progress
    from rnn_tui.network.trace import Trace
    from rnn_tui.pictures.view import Looking
    from rnn_tui.scene import Scene

DESCRIPTION = """\
What a trace means:

  memory     how long each word is remembered
  gradient   why early words fade: the way back through time
  recency    what each word counts for, and how the last one shouts
  units      what a hidden unit has learned
  attention  where an attention readout looks back to
  path       the hidden state as a point that moves
"""
EPILOG = """\
examples:
  rnn-tui lens memory -s "Kicking and screaming"
  rnn-tui lens units --unit 1
  rnn-tui lens recency -m sentiment -s "not good" --json
  rnn-tui lens gradient -m recall-lstm

Where every word has an answer of its own (tagger), --at says which one is meant: --at 3. Else it is the last.
"""
WIDTH, HEIGHT = 100, 20  # of a picture, where there is no terminal
SMALLEST = (40, 10)
SENTENCES = 8  # lines that a terminal is to have left for the words below the picture


def parser() -> Parser:
    """The arguments of `rnn-tui lens`."""
    made = Parser("rnn-tui lens", DESCRIPTION, EPILOG)
    made.add_argument("lens", metavar="NAME", choices=lenses.NAMES, help=", ".join(lenses.NAMES))
    add_arguments(made)
    add_allow_large(made)
    made.add_argument("--json", action="store_true", help="print JSON, and only JSON")
    return made


def run(arguments: Namespace) -> int:
    """Print the lens; raises UserError where the model gives it nothing to see."""
    from dataclasses import replace

    from rnn_tui.lenses.measuring import Question, measure, slide
    from rnn_tui.pictures.view import Looking
    from rnn_tui.scene import Position

    asked_at = arguments.at
    scene, trace = open_scene(arguments)
    whole = 0 if arguments.lens == "gradient" else len(trace) - 1  # the way back ends at the first word
    t = scene.position.t if asked_at else whole
    every_word = trace.model.readout.kind == "each"
    with _progress() as progress:
        asked = Question(arguments.lens, t if every_word else None, whole=arguments.json)
        found = measure(asked, trace, progress)
        drawn_alone = not arguments.json and getattr(found, "position_sweep", ()) is None  # too long to slide all words
        swept = measure(slide(trace, t), trace, progress) if drawn_alone else None
    if arguments.json:
        from rnn_tui.export import lens_json

        say_all(lens_json.lines(arguments.lens, found, trace))
    else:
        _draw(
            Looking(arguments.lens, found, swept=swept),
            replace(scene, position=Position(t, len(trace.model.phases) - 1)),
            trace,
        )
    return 0


def _draw(looking: Looking, scene: Scene, trace: Trace) -> None:
    from rich.console import Console

    from rnn_tui.export.lens_picture import lines

    width, height = WIDTH, HEIGHT
    if sys.stdout.isatty():
        size = shutil.get_terminal_size((WIDTH, HEIGHT + SENTENCES))
        width, height = max(size.columns, SMALLEST[0]), max(size.lines - SENTENCES, SMALLEST[1])
    console = Console(width=width, highlight=False, soft_wrap=True)
    for row in lines(looking, scene, trace, width - 1, height):
        console.print(row, end="\n")


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar on stderr for what takes long, where somebody looks."""
    from rnn_tui.lenses.progress import quiet

    if not sys.stderr.isatty():
        yield quiet
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("measuring", total=1.0, visible=False)
        yield lambda share: bar.update(task, completed=share, visible=True)

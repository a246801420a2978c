"""`rnn-tui lens`: what a trace means, as a picture with its words, or as JSON for programs."""

from __future__ import annotations

import shutil
import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from rnn_tui.cli.command import Command, Parser
from rnn_tui.cli.console import say_all
from rnn_tui.cli.opening import open_scene
from rnn_tui.cli.progress import progress
from rnn_tui.lenses import LENSES, lens
from rnn_tui.network.position import Position
from rnn_tui.options.scenes import add_scene_arguments

if TYPE_CHECKING:
    from rnn_tui.lenses.measuring import Question
    from rnn_tui.lenses.record import Lens
    from rnn_tui.network.trace import Trace
    from rnn_tui.pictures.view import Measurement
    from rnn_tui.scene import Scene

DESCRIPTION = "Draw what a trace means, and say it in words."
EXAMPLES = """\
examples:
  rnn-tui lens memory -s "Kicking and screaming"
  rnn-tui lens units --unit 1
  rnn-tui lens recency -m sentiment -s "not good" --json
  rnn-tui lens gradient -m recall-lstm
  rnn-tui lens memory -m sentiment-deep --layer 1

Of several layers the top one is looked at (units --json: all), and its lane that reads forward; --layer and --direction
name another. The gradient of layers that all read forward is that of all of them together. Where every
word has an answer of its own (tagger), --at says which one is meant: --at 3. Else it is the last.
"""
NOTE = (
    "NAME is the lens; --lens, --full, --arithmetic, --what-if, --present, --scroll, --weight, --chosen and "
    "--temperature are for the screen, and change nothing here."
)
WIDTH, HEIGHT = 100, 20  # of a picture, where there is no terminal
SMALLEST = (40, 10)
SENTENCES = 8  # lines that a terminal is to have left for the words below the picture


def add_arguments(parser: Parser) -> None:
    """Add the options of `rnn-tui lens`."""
    parser.listing = _listing
    parser.add_argument("name", metavar="NAME", choices=tuple(LENSES), help=", ".join(LENSES))
    add_scene_arguments(parser, NOTE)
    parser.add_argument("--json", action="store_true", help="print JSON, and only JSON")


def _listing() -> str:
    """The lenses with what each shows, a line each."""
    width = max(map(len, LENSES))
    return "\n".join(["lenses:", *(f"  {name:{width}}  {record.summary}" for name, record in LENSES.items())])


def run(arguments: Namespace) -> int:
    """Print the lens; raises UserError where the model gives it nothing to see."""
    scene, trace = open_scene(arguments)
    from rnn_tui.lenses.measuring import Question, measure, slide, swept_already
    from rnn_tui.pictures.view import Measurement

    record, last = lens(arguments.name), len(trace) - 1
    t = scene.position.t if arguments.at else 0 if record.backward else last  # where all of it is to be seen
    every_word = trace.model.readout.kind == "each"
    with progress("measuring") as told:
        lane = _lane(record, arguments, trace)
        asked = Question(record.name, t if every_word else None, None, None, arguments.json, *lane)
        found = measure(asked, trace, told)
        alone = record.slides and not swept_already(record.name, found)  # too long to slide every word: then this one
        swept = measure(slide(record.name, trace, t), trace, told) if alone else None
    if arguments.json:
        from rnn_tui.export import lens_json

        say_all(lens_json.lines(record.name, found, trace))
    else:
        at_end = scene.at(_position(record, asked, scene, trace, arguments))
        _draw(Measurement(record.name, found, swept=swept), at_end, trace)
    return 0


def _lane(record: Lens, arguments: Namespace, trace: Trace) -> tuple[int | None, bool | None]:
    """The layer (from 0) and the direction that are looked at; None of all lanes, or where it makes no difference.

    A picture of units is of one lane: of the top layer's that reads forward, unless another one is named.
    """
    from rnn_tui.lenses.lanes import is_stack

    layer = None if arguments.layer is None else arguments.layer - 1
    backward = None if arguments.direction is None else arguments.direction == "backward"
    if not (record.of_layer and is_stack(trace.model)):
        return None, None
    if not record.of_direction:
        return layer, None
    if record.of_unit and not arguments.json and layer is None and backward is None:
        return len(trace.model.layers) - 1, False
    return (0 if backward and layer is None else layer), backward


def _position(record: Lens, asked: Question, scene: Scene, trace: Trace, arguments: Namespace) -> Position:
    """The position at which a picture is drawn: where --at says, or where all of it is to be seen.

    It is on the floor of the lane that is looked at, and in the phase that is named where the picture has phases.
    """
    from rnn_tui.lenses.lanes import floor_of, looked_at

    order, floors, floor = trace.order, trace.model.floors, trace.order.last.floor
    named = bool(arguments.at or arguments.layer is not None or arguments.direction is not None)
    if record.of_layer:
        top = record.backward and not trace.model.two_way  # the way back of a stack that reads forward is of all layers
        looked = looked_at(trace, None if top else asked.layer, backward=asked.backward)
        floor = floor_of(trace.model, looked)
        if not record.of_direction and looked.layer is not None:  # it is of both lanes
            floor += trace.model.layers[looked.layer].bidirectional
    elif record.each_phase and named:
        floor = scene.position.floor
    if record.each_phase and ":" in (arguments.at or ""):
        return scene.position
    words = [t for t in range(len(trace)) if order.has(t, floor)]
    ends = words[::-1] if floors[floor].backward != record.backward else words
    t = scene.position.t if arguments.at and scene.position.t in words else ends[-1]
    return Position(t, len(floors[floor].phases) - 1, floor)


def _draw(measurement: Measurement, scene: Scene, trace: Trace) -> None:
    from rich.console import Console

    from rnn_tui.export.lens_picture import lines

    width, height = WIDTH, HEIGHT
    if sys.stdout.isatty():
        size = shutil.get_terminal_size((WIDTH, HEIGHT + SENTENCES))
        width, height = max(size.columns, SMALLEST[0]), max(size.lines - SENTENCES, SMALLEST[1])
    console = Console(width=width, highlight=False, soft_wrap=True)
    for row in lines(measurement, scene, trace, width - 1, height):
        console.print(row, end="\n")


COMMAND = Command("lens", "what a trace means: memory, recency and more", DESCRIPTION, EXAMPLES, add_arguments, run)

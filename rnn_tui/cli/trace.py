"""`rnn-tui trace`: every intermediate, as a table for people or as JSON for programs."""

from __future__ import annotations

from argparse import Namespace

from rnn_tui.cli.command import Command, Parser
from rnn_tui.cli.console import say_all
from rnn_tui.cli.opening import open_scene
from rnn_tui.options.scenes import add_scene_arguments

DESCRIPTION = "Print every number that the network computes for a sentence."
EXAMPLES = """\
examples:
  rnn-tui trace -s "Kicking and screaming"
  rnn-tui trace -m kicking-and-screaming -s "The dog barked" --json
  rnn-tui trace -s "Kicking and screaming" --edit "silence 1" --edit "drop 2"
  echo "The dog barked" | rnn-tui trace --sentence-file -
"""
NOTE = "What is traced is the model, the sentence and the edits; how a scene is shown changes nothing here."


def add_arguments(parser: Parser) -> None:
    """Add the options of `rnn-tui trace`."""
    add_scene_arguments(parser, NOTE)
    parser.add_argument("--json", action="store_true", help="print JSON, and only JSON")


def run(arguments: Namespace) -> int:
    """Print the trace of a sentence."""
    _, trace = open_scene(arguments)
    if arguments.json:
        from rnn_tui.export import trace_json

        say_all(trace_json.lines(trace))
    else:
        from rnn_tui.export import trace_table

        say_all(trace_table.lines(trace))
    return 0


COMMAND = Command("trace", "every number, as a table or as JSON", DESCRIPTION, EXAMPLES, add_arguments, run)

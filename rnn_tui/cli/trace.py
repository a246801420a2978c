"""`rnn-tui trace`: every intermediate, as a table for people or as JSON for programs."""

from __future__ import annotations

from argparse import Namespace

from rnn_tui.cli.console import say_all
from rnn_tui.cli.opening import open_trace


def run(arguments: Namespace) -> int:
    """Print the trace of a sentence."""
    _, _, trace = open_trace(arguments)
    if arguments.json:
        from rnn_tui.export import trace_json

        say_all(trace_json.lines(trace))
    else:
        from rnn_tui.export import trace_table

        say_all(trace_table.lines(trace))
    return 0

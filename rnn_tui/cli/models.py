"""`rnn-tui models`: list every model that can be opened by its name."""

from __future__ import annotations

import math
from argparse import Namespace
from typing import TYPE_CHECKING, Any

from rnn_tui import shelf
from rnn_tui.cli.command import Command, Parser
from rnn_tui.cli.console import complain, say
from rnn_tui.network.errors import UserError
from rnn_tui.text import printable

if TYPE_CHECKING:
    from rnn_tui.network.storage.metadata import Metadata

DESCRIPTION = "List every model: what it does, its figure, where it lies."
EXAMPLES = """\
examples:
  rnn-tui models
  rnn-tui models --json
"""
FORMAT = 1
WIDTH = 80
INDENT = "  "


def add_arguments(parser: Parser) -> None:
    """Add the options of `rnn-tui models`."""
    parser.add_argument("--json", action="store_true", help="print JSON, and only JSON")


def run(arguments: Namespace) -> int:
    """List the models; a file that can't be used is one line on stderr, and the others are listed all the same."""
    found: list[shelf.Listed] = []
    for listed in shelf.listing():
        if isinstance(listed, UserError):
            complain(str(listed))
        else:
            found.append(listed)
    if arguments.json:
        import json

        say(json.dumps({"format": FORMAT, "models": [_fields(listed) for listed in found]}))
        return 0
    if not found:
        raise UserError(f"no models in {', '.join(map(str, shelf.folders()))}; RNN_TUI_MODELS may name another folder")
    for number, listed in enumerate(found):
        say(*([""] if number else []), *_paragraph(listed))
    return 0


def _fields(listed: shelf.Listed) -> dict[str, Any]:
    metadata = listed.metadata
    return {
        "name": listed.name,
        "title": metadata.title,
        "summary": metadata.summary,
        "path": str(listed.path.absolute()),
        "bytes": listed.size,
        "cell": metadata.cell,
        "hidden_size": listed.hidden_size,
        "metric": metadata.provenance.get("metric"),
        "figure": _figure(listed),
    }


def _figure(listed: shelf.Listed) -> Any:
    """The figure as the file has it; JSON knows no NaN."""
    figure = listed.metadata.provenance.get("figure")
    return None if isinstance(figure, float) and not math.isfinite(figure) else figure


def _paragraph(listed: shelf.Listed) -> list[str]:
    import textwrap

    from rnn_tui.learning.figures import verified_in_words
    from rnn_tui.network.cells import cell_title

    metadata, figure = listed.metadata, _figure(listed)
    units = f"{listed.hidden_size} unit{'s' if listed.hidden_size != 1 else ''}"
    knows = len(metadata.vocabulary)
    facts = [cell_title(metadata.cell, metadata.activation), units]
    facts += [f"{knows} {metadata.tokenizer.unit}s known"] if knows else []
    facts += [_size(listed.size)]
    lines = [listed.name, metadata.title, metadata.summary, " · ".join(facts)]
    if figure is not None:
        lines += _figures(metadata, figure)
    lines.append(verified_in_words(metadata.provenance))
    shown = [printable(text) for text in lines if text and text != listed.name]
    wrapped = [
        line
        for text in shown
        for line in textwrap.wrap(text, WIDTH, initial_indent=INDENT, subsequent_indent=INDENT, break_long_words=False)
    ]
    return [printable(listed.name), *wrapped, INDENT + printable(str(listed.path.absolute()))]


def _figures(metadata: Metadata, figure: Any) -> list[str]:
    """The figure in words, where there are words for it, and as it was measured."""
    from rnn_tui.learning.figures import measured_in_words

    metric = metadata.provenance.get("metric")
    said = measured_in_words(metadata)
    return [*([said] if said != f"{metric}: {figure}" else []), f"figure {figure}: {metric or 'not said of what'}"]


def _size(count: int) -> str:
    return f"{count / 1000:.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


COMMAND = Command("models", "every model, what it does and its figure", DESCRIPTION, EXAMPLES, add_arguments, run)

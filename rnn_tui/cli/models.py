"""`rnn-tui models`: list every model that can be opened by its name."""

from __future__ import annotations

import math
from argparse import Namespace
from pathlib import Path
from typing import Any

from rnn_tui import shelf
from rnn_tui.cli.command import Command, Parser
from rnn_tui.cli.console import complain, say
from rnn_tui.network.errors import UserError
from rnn_tui.text import printable

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
    """List the models; those that can't be used are listed as such, and a line of stderr tells of each."""
    found: list[shelf.Listed] = []
    broken: list[shelf.BrokenModelError] = []
    for listed in shelf.listing():
        if isinstance(listed, shelf.BrokenModelError):
            complain(str(listed))
            broken.append(listed)
        else:
            found.append(listed)
    if arguments.json:
        from rnn_tui.export import strict

        say(strict.dumps({"format": FORMAT, "models": [_fields(listed) for listed in found]}))
        return 0
    if not (found or broken):
        raise UserError(f"no models in {', '.join(map(str, shelf.folders()))}; RNN_TUI_MODELS may name another folder")
    paragraphs = [*map(_paragraph, found), *map(_broken, broken)]
    for number, lines in enumerate(paragraphs):
        say(*([""] if number else []), *lines)
    return 0


def _fields(listed: shelf.Listed) -> dict[str, Any]:
    metadata = listed.metadata
    return {
        "name": listed.name,
        "title": metadata.title,
        "summary": metadata.summary,
        "path": str(_absolute(listed.path)),
        "bytes": listed.size,
        "cell": metadata.cell,
        "hidden_size": listed.hidden_size,
        "metric": _metric(listed),
        "figure": _figure(listed),
    }


def _figure(listed: shelf.Listed) -> float | str | None:
    """The figure as the file has it, where it is a number or a text; JSON knows no NaN."""
    figure = listed.metadata.provenance.get("figure")
    if isinstance(figure, str):
        return figure
    known = isinstance(figure, int | float) and not isinstance(figure, bool) and math.isfinite(figure)
    return figure if known else None


def _metric(listed: shelf.Listed) -> str | None:
    metric = listed.metadata.provenance.get("metric")
    return metric if isinstance(metric, str) else None


def _paragraph(listed: shelf.Listed) -> list[str]:
    from rnn_tui.learning.figures import verified_in_words

    metadata, figure = listed.metadata, _figure(listed)
    units = f"{listed.hidden_size} unit{'s' if listed.hidden_size != 1 else ''}"
    knows = len(metadata.vocabulary)
    facts = [metadata.title_of_layers, units]
    facts += [f"{metadata.title_of_head} before the outputs"] if metadata.head else []
    facts += [f"{knows} {metadata.tokenizer.unit}s known"] if knows else []
    facts += [_size(listed.size)]
    lines = [listed.name, metadata.title, metadata.summary, " · ".join(facts)]
    if figure is not None:
        lines += _figures(listed, figure)
    lines.append(verified_in_words(metadata.provenance))
    said = [text for text in lines if text and text != listed.name]
    return [printable(listed.name), *_wrapped(said), INDENT + printable(str(_absolute(listed.path)))]


def _broken(broken: shelf.BrokenModelError) -> list[str]:
    """The name of a file that can't be used, why, and where it lies."""
    why = _wrapped([f"broken: {broken.why}"])
    return [printable(broken.name), *why, INDENT + printable(str(_absolute(broken.path)))]


def _wrapped(texts: list[str]) -> list[str]:
    import textwrap

    return [
        line
        for text in map(printable, texts)
        for line in textwrap.wrap(text, WIDTH, initial_indent=INDENT, subsequent_indent=INDENT, break_long_words=False)
    ]


def _absolute(path: Path) -> Path:
    """The path from the root; as it is where the working folder is gone."""
    try:
        return path.absolute()
    except OSError:
        return path


def _figures(listed: shelf.Listed, figure: float | str) -> list[str]:
    """The figure in words, where there are words for it, and as it was measured."""
    from rnn_tui.learning.figures import measured_in_words

    metric, said = _metric(listed), measured_in_words(listed.metadata)
    return [*([said] if said != f"{metric}: {figure}" else []), f"figure {figure}: {metric or 'not said of what'}"]


def _size(count: int) -> str:
    return f"{count / 1000:.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


COMMAND = Command("models", "every model, what it does and its figure", DESCRIPTION, EXAMPLES, add_arguments, run)

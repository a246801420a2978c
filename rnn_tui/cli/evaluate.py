"""`rnn-tui evaluate`: how well a model does on a file, and what it gets wrong."""

from __future__ import annotations

import json
import math
import shutil
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from rnn_tui.cli.arguments import whole
from rnn_tui.cli.console import say, say_all
from rnn_tui.cli.errors import CallError
from rnn_tui.cli.opening import edited, open_model, parsed_edits
from rnn_tui.cli.parser import Parser, add_allow_large
from rnn_tui.cli.scenes import add_edit_argument
from rnn_tui.edits import Edit, of_words
from rnn_tui.quoting import command_line
from rnn_tui.text import clipped, percent, printable, quoted

if TYPE_CHECKING:
    from rnn_tui.learning.encoding import Encoding
    from rnn_tui.learning.samples import Sample, Samples
    from rnn_tui.network.model import Model
    from rnn_tui.network.training.evaluation import Evaluation

FORMAT = 1
EPILOG = """\
examples:
  rnn-tui evaluate -m sentiment reviews.csv
  rnn-tui evaluate -m tagger.safetensors sentences.tsv --mistakes 20
  rnn-tui evaluate -m names.safetensors other-names.txt --json
  rnn-tui evaluate -m sentiment reviews.csv --edit "scale-memory 0.5"

DATA is of the kind that the model was trained on; `rnn-tui train --help` lists them.
"""
MOST_LABELS = 1000
"""A confusion table of more labels than this is left out of the JSON: it grows with their square."""
MOST_SHOWN = 20
"""The largest confusion table that can be read; of more labels the most confused pairs are listed."""
MOST_CONFUSED = 10
LONGEST_LABEL = 16
PIPE_WIDTH = 120


def parser() -> Parser:
    """The arguments of `rnn-tui evaluate`."""
    made = Parser("rnn-tui evaluate", "Say how well a model does on a file, and what it gets wrong.", EPILOG)
    made.add_argument("data", metavar="DATA", type=Path, help="the file with the right answers, in UTF-8")
    made.add_argument(
        "-m", "--model", metavar="MODEL", required=True, help="a model's name, or the path of a model file"
    )
    add_edit_argument(made)
    made.add_argument("--json", action="store_true", help="print JSON, and only JSON")
    made.add_argument("--mistakes", metavar="N", type=whole(0), default=10, help="show the N worst mistakes (10)")
    made.add_argument("--window", metavar="N", type=whole(1), help="how many numbers of a series it reads")
    made.add_argument("--column", metavar="NAME", help="the column that holds the series")
    add_allow_large(made)
    return made


def run(arguments: Namespace) -> int:
    """Print the figures; raises UserError for a file that can't be used, or a label that the model doesn't know."""
    from rnn_tui.learning.encoding import Encoding
    from rnn_tui.learning.reading import read_for
    from rnn_tui.network.training.evaluation import evaluate

    edits = _edits(arguments)
    model, _ = edited(open_model(arguments.model, arguments), (), edits)
    samples = read_for(model, arguments.data, window=arguments.window, column=arguments.column)
    encoding = Encoding.of_model(model, samples.task)
    found = evaluate(model, encoding.corpus(samples.path, samples.samples))
    if arguments.json:
        say(json.dumps(_fields(arguments.model, model, encoding, found)))
    else:
        say_all(_figures(_called(arguments.model, edits), model, samples, encoding, found))
        say_all(_confusion(model, found))
        say_all(_mistakes(arguments, model, samples, encoding, found))
    return 0


def _edits(arguments: Namespace) -> tuple[Edit, ...]:
    """The edits of the network; raises CallError for one of words, which are not the same in every sentence."""
    edits = parsed_edits(arguments)
    for edit in edits:
        if of_words(edit):
            raise CallError(
                f"--edit “{edit.to_text()}” changes one sentence, and evaluate reads many; "
                "scale-memory, forget, activation, silence and set work here"
            )
    return edits


def _called(name: str, edits: tuple[Edit, ...]) -> str:
    """The model's name, and what is changed in it."""
    return " with ".join([name, *([", ".join(edit.to_text() for edit in edits)] if edits else [])])


def _fields(name: str, model: Model, encoding: Encoding, found: Evaluation) -> dict[str, object]:
    small = model.output_size <= MOST_LABELS
    return {
        "format": FORMAT,
        "model": name,
        "n": len(found),
        "accuracy": found.accuracy,
        "loss": _finite(found.loss),
        "bits_per_token": None if encoding.writing is None else _finite(found.bits),
        "confusion": found.confusion(model.output_size).tolist() if small else None,
    }


def _finite(value: float) -> float | None:
    """The value; JSON knows no NaN and no infinity."""
    return value if math.isfinite(value) else None


def _figures(name: str, model: Model, samples: Samples, encoding: Encoding, found: Evaluation) -> Iterator[str]:
    asked = {"tags": "words", "next": f"{encoding.tokenizer.unit}s and ends"}.get(samples.task)
    places = f", {len(found):,} {asked}" if asked else ""
    yield printable(f"{name} on {samples.path}: {len(samples):,} texts{places}")
    bits = "" if encoding.writing is None else f", {found.bits:.4f} bits a {encoding.tokenizer.unit}"
    yield f"accuracy {found.accuracy:.4f}, loss {found.loss:.4f} nats{bits}"
    confusion = found.confusion(model.output_size) if model.output_size <= MOST_LABELS else None
    if confusion is not None:
        most = int(confusion.sum(axis=1).argmax())
        yield printable(f"always “{model.labels[most]}”: accuracy {confusion[most].sum() / len(found):.4f}")


def _confusion(model: Model, found: Evaluation) -> Iterator[str]:
    """The confusion table where it can be read and fits the width, else the pairs that are confused most."""
    names = [clipped(label, LONGEST_LABEL) for label in model.labels]
    if model.output_size <= MOST_SHOWN:
        counts = found.confusion(model.output_size)
        cells = [[f"{count:,}" for count in row] for row in counts.tolist()]
        widths = [
            max(map(cell_len, [name, *column])) for name, column in zip(names, zip(*cells, strict=True), strict=True)
        ]
        lead = max(map(cell_len, names))
        if lead + sum(width + 2 for width in widths) + 2 <= shutil.get_terminal_size((PIPE_WIDTH, 24)).columns:
            yield ""
            yield "confusion (rows: what it is, columns: what the net says)"
            for name, row in zip(["", *names], [names, *cells], strict=True):
                line = "".join("  " + _right(cell, width) for cell, width in zip(row, widths, strict=True))
                yield f"  {set_cell_size(name, lead)}{line}"
            return
    yield from _most_confused(names, found)


def _right(text: str, width: int) -> str:
    return " " * (width - cell_len(text)) + text


def _most_confused(names: list[str], found: Evaluation) -> Iterator[str]:
    from collections import Counter

    pairs = zip(found.targets.tolist(), found.predictions.tolist(), strict=True)
    confused = Counter((target, prediction) for target, prediction in pairs if target != prediction)
    if not confused:
        return
    yield ""
    yield f"most confused, of {len(names)} labels (what it is, what the net says, how often)"
    often = sorted(confused.items(), key=lambda pair: (-pair[1], pair[0]))
    for (target, prediction), count in often[:MOST_CONFUSED]:
        pair = (set_cell_size(names[place], LONGEST_LABEL) for place in (target, prediction))
        yield f"  {'  '.join(pair)}{count:>8,}"


def _mistakes(
    arguments: Namespace, model: Model, samples: Samples, encoding: Encoding, found: Evaluation
) -> Iterator[str]:
    """The worst mistakes, each with the command that opens it."""
    worst = found.worst(arguments.mistakes)
    if not len(worst):
        return
    yield ""
    yield "worst mistakes"
    for place in worst.tolist():
        sample, t = samples.samples[found.sequences[place]], int(found.timesteps[place])
        target, prediction = (model.labels[where[place]] for where in (found.targets, found.predictions))
        where = _where(sample, samples, encoding, t)
        share = percent(math.exp(-found.losses[place]))
        says = f"{quoted(clipped(prediction, 40))} {percent(found.confidences[place])}"
        yield f"  {where}: it is {quoted(clipped(target, 40))} {share}, the net says {says}"
        yield f"    {command(arguments, sample, samples.task, encoding, t)}"


def _where(sample: Sample, samples: Samples, encoding: Encoding, t: int) -> str:
    row = f"{'window' if samples.window else 'row'} {sample.row}"
    if samples.task not in ("tags", "next"):
        return row
    after = "after " if samples.task == "next" else ""
    pieces = _pieces(sample, encoding)
    return f"{row}, {after}{encoding.tokenizer.unit} {t + 1} {quoted(clipped(pieces[t], 24))}"


def _pieces(sample: Sample, encoding: Encoding) -> list[str]:
    """What the network reads of a sample, as it is typed."""
    pieces = sample.text.split() if encoding.task == "tags" else encoding.tokenizer.split(sample.text)
    start = None if encoding.writing is None else encoding.writing.start
    return pieces if start is None else [start, *pieces]


def command(arguments: Namespace, sample: Sample, task: str, encoding: Encoding, t: int) -> str:
    """The command that opens a sample in the program with the same network, edits and all.

    It opens at timestep t where every token has an answer of its own.
    """
    # White space inside a text means nothing but to characters, and a line end would break the line.
    text = sample.text if encoding.tokenizer.kind == "characters" else " ".join(sample.text.split())
    if encoding.writing is not None and encoding.writing.start is not None:
        text = f"{encoding.writing.start}{encoding.tokenizer.separator}{text}"
    sentence = [f"--sentence={text}"] if text.startswith("-") else ["-s", text]
    at = ["--at", f"{t + 1}:check"] if task in ("tags", "next") else []
    edits = [word for edit in arguments.edit or () for word in ("--edit", edit)]
    large = ["--allow-large"] if arguments.allow_large else []
    return command_line(["rnn-tui", "-m", arguments.model, *sentence, *at, *edits, *large])

"""The evaluation of a model on a file, in plain lines for people, and as JSON, format 1, for programs."""

from __future__ import annotations

import json
import math
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from rnn_tui.edits import Edit
from rnn_tui.learning.encoding import Encoding
from rnn_tui.learning.samples import Sample, Samples
from rnn_tui.network.model import Model
from rnn_tui.network.training.evaluation import Evaluation
from rnn_tui.quoting import command_line, sentence_arguments
from rnn_tui.text import clipped, percent, printable, quoted

FORMAT = 1
MOST_LABELS = 1000
"""A confusion table of more labels than this is left out of the JSON: it grows with their square."""
MOST_SHOWN = 20
"""The largest confusion table that can be read; of more labels the most confused pairs are listed."""
MOST_CONFUSED = 10
LONGEST_LABEL = 16
PIPE_WIDTH = 120


@dataclass(frozen=True, eq=False)
class Report:
    """The evaluation of a model, which was opened by `name`, on `samples`; `edits` are those of the network."""

    name: str
    model: Model
    samples: Samples
    encoding: Encoding
    found: Evaluation
    edits: Sequence[Edit] = ()
    allow_large: bool = False

    def json_lines(self) -> Iterator[str]:
        """The JSON object, in one line."""
        found = self.found
        fields = {
            "format": FORMAT,
            "model": self.name,
            "n": len(found),
            "accuracy": found.accuracy,
            "loss": _finite(found.loss),
            "bits_per_token": None if self.encoding.writing is None else _finite(found.bits),
            "confusion": found.confusion(self.model.output_size).tolist() if self._small else None,
        }
        yield json.dumps(fields)

    def lines(self, mistakes: int) -> Iterator[str]:
        """The figures, the confusion table, and the worst `mistakes`, each with the command that opens it."""
        yield from self._figures()
        yield from _confusion(self.model, self.found)
        yield from self._mistakes(mistakes)

    @property
    def _small(self) -> bool:
        return self.model.output_size <= MOST_LABELS

    @property
    def _called(self) -> str:
        """The model's name, and what is changed in it."""
        return " with ".join(filter(None, (self.name, ", ".join(edit.to_text() for edit in self.edits))))

    def _figures(self) -> Iterator[str]:
        encoding, found, samples = self.encoding, self.found, self.samples
        asked = {"tags": "words", "next": f"{encoding.tokenizer.unit}s and ends"}.get(samples.task)
        answers = f", {len(found):,} {asked}" if asked else ""
        yield printable(f"{self._called} on {samples.path}: {len(samples):,} texts{answers}")
        bits = "" if encoding.writing is None else f", {found.bits:.4f} bits a {encoding.tokenizer.unit}"
        yield f"accuracy {found.accuracy:.4f}, loss {found.loss:.4f} nats{bits}"
        if self._small:
            confusion = found.confusion(self.model.output_size)
            most = int(confusion.sum(axis=1).argmax())
            yield printable(f"always “{self.model.labels[most]}”: accuracy {confusion[most].sum() / len(found):.4f}")

    def _mistakes(self, most: int) -> Iterator[str]:
        """The worst mistakes, each with the command that opens it."""
        found, labels = self.found, self.model.labels
        worst = found.worst(most)
        if not len(worst):
            return
        yield ""
        yield "worst mistakes"
        for answer in worst.tolist():
            sample, t = self.samples.samples[found.sequences[answer]], int(found.timesteps[answer])
            target, prediction = labels[found.targets[answer]], labels[found.predictions[answer]]
            share = percent(math.exp(-found.losses[answer]))
            says = f"{quoted(clipped(prediction, 40))} {percent(found.confidences[answer])}"
            yield f"  {self._where(sample, t)}: it is {quoted(clipped(target, 40))} {share}, the net says {says}"
            yield f"    {self._command(sample, t)}"

    def _where(self, sample: Sample, t: int) -> str:
        """The row of a sample and, where every token has an answer, the token: "row 3, word 2 “dog”"."""
        task, encoding = self.samples.task, self.encoding
        row = f"{'window' if self.samples.window else 'row'} {sample.row}"
        if task not in ("tags", "next"):
            return row
        after = "after " if task == "next" else ""
        return f"{row}, {after}{encoding.tokenizer.unit} {t + 1} {quoted(clipped(_pieces(sample, encoding)[t], 24))}"

    def _command(self, sample: Sample, t: int) -> str:
        """The command that opens a sample in the program with the same network, edits and all.

        It opens at timestep t where every token has an answer of its own.
        """
        task, encoding = self.samples.task, self.encoding
        # White space inside a text means nothing but to characters, and a line end would break the line.
        text = sample.text if encoding.tokenizer.kind == "characters" else " ".join(sample.text.split())
        if encoding.writing is not None and encoding.writing.start is not None:
            text = f"{encoding.writing.start}{encoding.tokenizer.separator}{text}"
        at = ["--at", f"{t + 1}:check"] if task in ("tags", "next") else []
        edits = [word for edit in self.edits for word in ("--edit", edit.to_text())]
        large = ["--allow-large"] if self.allow_large else []
        return command_line(["rnn-tui", "-m", self.name, *sentence_arguments(text), *at, *edits, *large])


def _finite(value: float) -> float | None:
    """The value; JSON knows no NaN and no infinity."""
    return value if math.isfinite(value) else None


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
    pairs = zip(found.targets.tolist(), found.predictions.tolist(), strict=True)
    confused = Counter((target, prediction) for target, prediction in pairs if target != prediction)
    if not confused:
        return
    yield ""
    yield f"most confused, of {len(names)} labels (what it is, what the net says, how often)"
    often = sorted(confused.items(), key=lambda pair: (-pair[1], pair[0]))
    for (target, prediction), count in often[:MOST_CONFUSED]:
        pair = (set_cell_size(names[label], LONGEST_LABEL) for label in (target, prediction))
        yield f"  {'  '.join(pair)}{count:>8,}"


def _pieces(sample: Sample, encoding: Encoding) -> list[str]:
    """The tokens that the network reads of a sample, as they are typed."""
    pieces = sample.text.split() if encoding.task == "tags" else encoding.tokenizer.split(sample.text)
    start = None if encoding.writing is None else encoding.writing.start
    return pieces if start is None else [start, *pieces]

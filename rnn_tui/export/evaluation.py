"""The evaluation of a model on a file, in plain lines for people, and as JSON, format 1, for programs."""

from __future__ import annotations

import math
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from rich.cells import cell_len, set_cell_size

from rnn_tui.export import strict
from rnn_tui.export.evaluated import FORMAT, Evaluated
from rnn_tui.network.model import Model
from rnn_tui.network.training.evaluation import Evaluation
from rnn_tui.text import clipped, percent, printable, quoted

MOST_LABELS = 1000
"""A confusion table of more labels than this is left out of the JSON: it grows with their square."""
MOST_SHOWN = 20
"""The largest confusion table that can be read; of more labels the most confused pairs are listed."""
MOST_CONFUSED = 10
LONGEST_LABEL = 16
PIPE_WIDTH = 120


@dataclass(frozen=True, eq=False, kw_only=True)
class Report(Evaluated):
    """The evaluation of a model whose answers are labels."""

    found: Evaluation

    def json_lines(self) -> Iterator[str]:
        """The JSON object, in one line."""
        found = self.found
        fields = {
            "format": FORMAT,
            "model": self.name,
            "n": len(found),
            "accuracy": found.accuracy,
            "loss": found.loss,
            "bits_per_token": None if self.encoding.writing is None else found.bits,
            "confusion": found.confusion(len(self.model.labels)).tolist() if self._small else None,
        }
        yield strict.dumps(fields)

    def lines(self, mistakes: int) -> Iterator[str]:
        """The figures, the confusion table, and the worst `mistakes`, each with the command that opens it."""
        yield from self._figures()
        yield from _confusion(self.model, self.found)
        yield from self._mistakes(mistakes)

    @property
    def _small(self) -> bool:
        return len(self.model.labels) <= MOST_LABELS

    def _figures(self) -> Iterator[str]:
        encoding, found = self.encoding, self.found
        asked = {"tags": "words", "next": f"{encoding.tokenizer.unit}s and ends"}.get(self.samples.task)
        yield from self.headline(f", {len(found):,} {asked}" if asked else "")
        bits = "" if encoding.writing is None else f", {found.bits:.4f} bits a {encoding.tokenizer.unit}"
        if math.isfinite(found.loss):
            yield f"accuracy {found.accuracy:.4f}, loss {found.loss:.4f} nats{bits}"
        else:
            lost = int((~np.isfinite(found.losses)).sum())
            yield f"accuracy {found.accuracy:.4f}; no loss: in {lost:,} answers the numbers grew beyond all bounds"
        if self._small:
            confusion = found.confusion(len(self.model.labels))
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
            yield f"  {self.where(sample, t)}: it is {quoted(clipped(target, 40))} {share}, the net says {says}"
            yield f"    {self.command(sample, t)}"


def _confusion(model: Model, found: Evaluation) -> Iterator[str]:
    """The confusion table where it can be read and fits the width, else the pairs that are confused most."""
    names = [clipped(label, LONGEST_LABEL) for label in model.labels]
    if len(model.labels) <= MOST_SHOWN:
        counts = found.confusion(len(model.labels))
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

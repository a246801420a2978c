"""From a file to its samples, and the kind of file that it is."""

from __future__ import annotations

from pathlib import Path

from rnn_tui.learning.rows import Row, RowError, filled, read_rows
from rnn_tui.learning.samples import Sample, Samples
from rnn_tui.learning.series import looks_numeric, windows
from rnn_tui.learning.tables import COLUMNS, delimiter, labelled_texts, names
from rnn_tui.learning.tagged import looks_tagged, tagged_sentences
from rnn_tui.network.generation import writing_of
from rnn_tui.network.model import Model

WINDOW = 12
"""The count of numbers of a series that a network reads unless asked otherwise."""


def read(path: Path, task: str | None = None, *, window: int = WINDOW, column: str | None = None) -> Samples:
    """The samples of a file; `task` says what it holds, else that is told by its content and its ending.

    `window` and `column` are for a series of numbers. Raises RowError.
    """
    rows = read_rows(path)
    task = task or kind_of(path, rows, column)
    if task == "series":
        return Samples(path, task, windows(path, rows, window, column), window)
    readers = {"labels": labelled_texts, "tags": tagged_sentences, "next": _lines}
    return Samples(path, task, readers[task](path, rows))


def read_for(model: Model, path: Path, *, window: int | None = None, column: str | None = None) -> Samples:
    """The samples of a file as a model needs them: labels, tags, or lines to write on; raises RowError.

    For a model of numbers, a table with text and label, or a series; its window is the one that the model's
    provenance names, unless another is given.
    """
    if writing_of(model) is not None:
        task = "next"
    elif model.readout.kind == "each":
        task = "tags"
    elif model.tokenizer.kind == "numbers":
        task = "labels" if kind_of(path, read_rows(path), column) == "labels" else "series"
    else:
        task = "labels"
    trained = model.provenance.get("window")
    known = trained if isinstance(trained, int) and trained > 0 else WINDOW
    return read(path, task, window=window or known, column=column)


def check_answers(samples: Samples) -> None:
    """Raise RowError where all answers are the same: there is nothing to tell apart."""
    answers = {answer for sample in samples.samples for answer in sample.answers}
    if len(answers) == 1:
        kind = "tag" if samples.task == "tags" else "label"
        message = f"has one {kind} only, “{answers.pop()}”; two are needed to learn a difference"
        raise RowError(samples.path, message)


def kind_of(path: Path, rows: list[Row], column: str | None = None) -> str:
    """The task of a file: labels (a header with text and label), a series, tags, or else lines to write on (next)."""
    header = names(filled(rows)[0].text.split(delimiter(path, rows)))
    if all(name in [field.strip('"') for field in header] for name in COLUMNS):
        return "labels"
    if column is not None or looks_numeric(rows):
        return "series"
    if looks_tagged(rows):
        return "tags"
    return "labels" if path.suffix.lower() in (".csv", ".tsv") else "next"


def _lines(path: Path, rows: list[Row]) -> tuple[Sample, ...]:
    return tuple(Sample(row.number, row.text.strip()) for row in filled(rows))

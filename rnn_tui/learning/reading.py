"""From a file to its samples, and the kind of file that it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rnn_tui.learning.kinds import KINDS, USUAL
from rnn_tui.learning.kinds.kind import Kind, looks_like
from rnn_tui.learning.rows import RowError
from rnn_tui.learning.samples import Samples
from rnn_tui.learning.source import Asked, Source, open_source
from rnn_tui.network.generation import writing_of
from rnn_tui.network.model import Model
from rnn_tui.text import cited

_NEEDED = {
    "labels": "texts with a label each",
    "tags": "sentences with a tag for every word",
    "series": "a series of numbers",
    "next": "a text a line",
}
"""What a file holds for each task, in words."""


def read(
    path: Path,
    task: str | None = None,
    *,
    window: int | None = None,
    column: str | None = None,
    asked: Asked | None = None,
) -> Samples:
    """The samples of a file; `task` says what it holds, else that is told by its content and its ending.

    `asked` is all that is said of the file beside it, `window` and `column` a part of it. Raises RowError.
    """
    source = open_source(path, replace(asked or Asked(column=column, window=window), task=task))
    return _samples(source, kind_of(source, () if task is None else (task,)))


def read_for(
    model: Model,
    path: Path,
    task: str | None = None,
    *,
    window: int | None = None,
    column: str | None = None,
    asked: Asked | None = None,
) -> Samples:
    """The samples of a file as a model needs them: labels, tags, or lines to write on; raises RowError.

    For a model of numbers, a table with text and label, or a series; its window is the one that the model's
    provenance names, unless another is given. A file of another kind is refused by its name, unless `task` is given:
    then it is read for that.
    """
    tasks = tasks_of(model)
    if task is not None and task not in tasks:
        raise RowError(path, f"is to be read for --task {task}, but the model is for --task {' or '.join(tasks)}")
    known = asked or Asked(column=column, window=window)
    source = open_source(path, replace(_as_trained(model, known), task=task or tasks[0], output=model.output.kind))
    if task is None:
        _check_kind(source, tasks)
    return _samples(source, kind_of(source, tasks if task is None else (task,)))


def _as_trained(model: Model, known: Asked) -> Asked:
    """Everything that is said of a file, and of what isn't said the way in which the model's own file was read."""

    def whole(name: str) -> int | None:
        value = model.provenance.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None

    columns, named = model.provenance.get("columns"), model.provenance.get("target")
    target = named if isinstance(named, str) else None
    found = replace(known, window=known.window or whole("window"))
    rows = whole("rows")
    if rows is not None and not known.options() - {"delimiter", "label_column"}:
        found = replace(found, rows=rows, label_column=known.label_column or target)
    names = tuple(map(str, columns)) if isinstance(columns, list) else ()
    if names and not known.options() - {"delimiter"}:
        found = replace(found, columns=names, target=target)
    return found


def tasks_of(model: Model) -> tuple[str, ...]:
    """The tasks that a model can do on a file, the usual one first."""
    if writing_of(model) is not None:
        return ("next",)
    if model.readout.kind == "each" and not model.output.is_number:
        return ("tags",)
    return ("series", "labels") if model.tokenizer.kind == "numbers" else ("labels",)


def check_answers(samples: Samples) -> None:
    """Raise RowError where all answers are the same: there is nothing to tell apart."""
    answers = {answer for sample in samples.samples for answer in sample.answers}
    if len(answers) == 1:
        kind = "tag" if samples.task == "tags" else "label"
        message = f"has one {kind} only, {cited(answers.pop())}; two are needed to learn a difference"
        raise RowError(samples.path, message)


def kind_of(source: Source, tasks: Sequence[str] = ()) -> Kind:
    """The first kind that the source shows, of those for the tasks; where there is none, the usual one of the first.

    A kind that is known and not read counts for every task but `next`, which takes lines as they are; a doubt that
    the task settles doesn't.
    """
    for kind in KINDS:
        unread = kind.task is None and "next" not in tasks and not (tasks and kind.doubtful)
        if (not tasks or kind.task in tasks or unread) and kind.suits(source):
            return kind
    return USUAL[tasks[0] if tasks else "next"]


def _check_kind(source: Source, tasks: Sequence[str]) -> None:
    """Raise RowError for a file that is plainly for another task than the model's."""
    kind = kind_of(source)
    row = kind.shows(source)
    if kind.task is None or kind.task in tasks or row is None or kind is USUAL["next"]:
        return
    mend = f"the model needs {' or '.join(_NEEDED[task] for task in tasks)}"
    lines = "; --task next takes every line as one, as it is" if "next" in tasks else ""
    raise looks_like(source, kind.title, row, mend + lines)


def _check_usual(source: Source, kind: Kind) -> None:
    """Raise RowError for a file that shows another kind than the usual one of the task, which can't be read so."""
    if kind.task == "next" or kind.shows(source) is not None:
        return
    other = next((one for one in KINDS if one.task and one is not USUAL["next"] and one.suits(source)), None)
    if other is not None:
        raise looks_like(source, other.title, other.shows(source) or 1, f"--task {other.task} reads it as that")


def _samples(source: Source, kind: Kind) -> Samples:
    _check_usual(source, kind)
    found = kind.read(source)
    assert kind.task is not None  # one that is not read has raised
    encoding = "" if source.encoding is None else f"; encoding {source.encoding}"
    window = source.window if kind.task == "series" else None
    return Samples(source.path, kind.task, found.samples, window, f"{found.taken}{encoding}", form=found.form)

"""The work of `rnn-tui train`: options that go together, the training, and what came of it."""

from __future__ import annotations

import json
import os
import shlex
import signal
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rnn_tui import shelf
from rnn_tui.cli.console import say
from rnn_tui.cli.errors import CallError
from rnn_tui.network.errors import InputError, UserError
from rnn_tui.text import printable

if TYPE_CHECKING:
    from rnn_tui.learning.making import Made, Prepared, TrainingPlan
    from rnn_tui.learning.samples import Samples
    from rnn_tui.network.cells import Cell

FORMAT = 1
READOUTS = {"labels": ("last", "attention"), "series": ("last", "attention"), "tags": ("each",), "next": ("each",)}
"""The readouts that can be trained for a task, the usual one first."""
TOKENIZERS = {
    "labels": ("words", "characters", "numbers"),
    "series": ("numbers",),
    "tags": ("words",),
    "next": ("characters", "words"),
}
"""The tokenizers that can read for a task, the usual one first."""


def train(arguments: Namespace) -> int:
    """Train and write the model; raises UserError, and KeyboardInterrupt where there is nothing to keep yet."""
    # The matrices are too small for threads to pay, and one thread adds in one order: same seed, same bytes.
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    from rnn_tui.cli.training_progress import watching
    from rnn_tui.learning.making import make, prepare
    from rnn_tui.learning.reading import WINDOW, check_answers, read
    from rnn_tui.network.storage import save

    _check_call(arguments)
    _check_output(arguments.output)
    window = WINDOW if arguments.window is None else arguments.window
    samples = read(arguments.data, arguments.task, window=window, column=arguments.column)
    check_answers(samples)
    plan = _plan(arguments, samples)
    prepared = prepare(samples, plan)
    if not arguments.quiet:
        sys.stderr.write(f"{_said_of(prepared)}\n")
    unit = None if prepared.encoding.writing is None else prepared.encoding.tokenizer.unit
    with watching(arguments.epochs, unit, quiet=arguments.quiet) as watch:
        made = make(prepared, plan, watch)
    with _undisturbed():
        save(made.model, arguments.output)
    say(json.dumps(_fields(made, arguments.output)) if arguments.json else _ending(made, arguments.output))
    return 0


def _check_call(arguments: Namespace) -> None:
    """Raise CallError for options that don't go together, as far as that is known without reading the file."""
    if arguments.output.suffix != shelf.SUFFIX:
        raise CallError(f"-o {arguments.output}: a model file's name ends in {shelf.SUFFIX}")
    cell = _cell(arguments)
    if arguments.activation is not None and not cell.activations:
        raise CallError(f"--activation is for an Elman cell; a {cell.kind_title}'s functions are fixed")
    if arguments.vectors is not None and arguments.embedding == 0:
        raise CallError("--vectors needs an embedding, and --embedding 0 is none")
    if arguments.column is not None and arguments.task not in (None, "series"):
        raise CallError(f"--column is for a series of numbers, not for --task {arguments.task}")


def _cell(arguments: Namespace) -> type[Cell]:
    """The cell that is to be trained; raises CallError where there is none of that name."""
    from rnn_tui.network.cells import cell_class

    try:
        return cell_class(arguments.cell)
    except InputError as error:
        raise CallError(f"--cell {arguments.cell}: {error}") from error


def _check_output(path: Path) -> None:
    """Raise UserError where the model couldn't be written; better before the training than after it."""
    folder = path.resolve().parent
    if not folder.is_dir():
        raise UserError(f"{path}: the folder {folder} is not there; make it first")
    if path.is_dir():
        raise UserError(f"{path}: is a folder; give the name of a file")
    if folder == shelf.folders()[0].resolve():
        raise UserError(f"{path}: that is the folder of the models that came with the program; give another place")
    if not os.access(folder, os.W_OK):
        raise UserError(f"{path}: the folder {folder} can't be written to; give another place")


def _plan(arguments: Namespace, samples: Samples) -> TrainingPlan:
    """The plan for these samples; raises CallError for an option that doesn't suit them."""
    from rnn_tui.learning.making import TrainingPlan
    from rnn_tui.network.backprop import Architecture
    from rnn_tui.network.training import TrainingSettings

    task = samples.task
    readout = _suiting(task, "--readout", arguments.readout, READOUTS[task])
    tokenizer = _suiting(task, "--tokenizer", arguments.tokenizer, TOKENIZERS[task])
    for option, given in (("--window", arguments.window), ("--column", arguments.column)):
        if given is not None and task != "series":
            raise CallError(f"{option} is for a series of numbers; {samples.path} is read for --task {task}")
    if tokenizer == "numbers" and (arguments.vectors is not None or arguments.embedding is not None):
        raise CallError("numbers are read as they are, so there is no --embedding and there are no --vectors")
    if arguments.every_word and task not in ("labels", "series"):
        raise CallError(f"--every-word is for texts with one label; with --task {task} every word has a loss anyway")
    usual = next(iter(_cell(arguments).activations), None)
    settings = TrainingSettings(
        epochs=arguments.epochs,
        batch_size=arguments.batch,
        learning_rate=arguments.learning_rate,
        final_learning_rate=0.1,
        clip_norm=arguments.clip,
        every_word=0.5 if arguments.every_word else 0.0,
        patience=arguments.patience,
        seed=arguments.seed,
    )
    return TrainingPlan(
        name=arguments.name or arguments.output.stem,
        title=arguments.title,
        summary=arguments.summary,
        architecture=Architecture(arguments.cell, arguments.activation or usual, readout),
        tokenizer=tokenizer,
        hidden_size=arguments.hidden,
        embedding=arguments.embedding,
        vectors=arguments.vectors,
        validation=arguments.validation,
        min_count=arguments.min_count,
        max_words=arguments.max_words,
        settings=settings,
        command=_command(arguments),
    )


def _suiting(task: str, option: str, given: str | None, choices: tuple[str, ...]) -> str:
    if given is not None and given not in choices:
        raise CallError(f"{option} {given} doesn't go with --task {task}, which takes {' or '.join(choices)}")
    return given or choices[0]


def _command(arguments: Namespace) -> str:
    """The command with file names alone: where they lay is nobody's business, and would change the file's bytes."""
    files = (arguments.data, arguments.output, arguments.vectors)
    shown = ["rnn-tui"]
    for argument in arguments.argv:
        option, equals, value = argument.rpartition("=") if argument.startswith("--") else ("", "", argument)
        shown.append(option + equals + Path(value).name if Path(value) in files else argument)
    return shlex.join(shown)


def _said_of(prepared: Prepared) -> str:
    encoding, samples = prepared.encoding, prepared.samples
    known = len(encoding.vocabulary)
    parts = [f"{samples.path}: --task {samples.task}", f"{len(prepared.training)} texts to train on"]
    parts.append(f"{len(prepared.validation)} held out")
    parts += [f"{known} {encoding.tokenizer.unit}s known"] if known else []
    return printable(", ".join([*parts, f"{len(encoding.labels)} labels"]))


def _ending(made: Made, path: Path) -> str:
    """The result in words; the last line is the command that opens the model."""
    origin, best = made.model.provenance, made.trained.best
    lines = []
    if made.trained.interrupted:
        lines.append(f"stopped after {len(made.trained.history)} epochs; the best so far is kept")
    against = ", ".join(f"{name} {value}" for name, value in origin["baselines"].items())
    lines.append(
        f"{origin['metric']} {origin['figure']}, n {origin['n']} ({against}), epoch {best.number if best else 0}"
    )
    lines.append(f"wrote {path}, {path.stat().st_size / 1000:.0f} kB; it opens with:")
    return "\n".join([*map(printable, lines), printable(f"rnn-tui -m {shlex.quote(str(path))}")])


def _fields(made: Made, path: Path) -> dict[str, object]:
    """The history as JSON."""
    origin = made.model.provenance
    history = [
        {
            "epoch": epoch.number,
            "training_loss": epoch.training_loss,
            "validation_loss": epoch.validation.loss,
            "validation_accuracy": epoch.validation.accuracy,
            "best": epoch.best,
            "seconds": epoch.seconds,
        }
        for epoch in made.trained.history
    ]
    kept = {key: origin[key] for key in ("metric", "figure", "n", "baselines", "epoch", "interrupted")}
    return {"format": FORMAT, "model": str(path), **kept, "history": history}


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let a second Ctrl-C wait: what was learned is being written."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)

"""The work of `rnn-tui train`: the training, and what came of it."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rnn_tui import shelf
from rnn_tui.cli.console import say
from rnn_tui.cli.data import asked_of
from rnn_tui.cli.outputs import check_model_output
from rnn_tui.cli.training_plan import check_call, check_kind, plan_of
from rnn_tui.cli.undisturbed import interruptible, undisturbed
from rnn_tui.quoting import command_line
from rnn_tui.text import printable

if TYPE_CHECKING:
    from rnn_tui.learning.making import Made, Prepared, TrainingPlan
    from rnn_tui.learning.samples import Samples

FORMAT = 1


def train(arguments: Namespace) -> int:
    """Train and write the model; raises UserError, and KeyboardInterrupt where there is nothing to keep yet."""
    one_thread()
    from rnn_tui.cli.training_progress import figure_of, watching
    from rnn_tui.learning.making import make

    check(arguments)
    prepared, plan = prepared_of(arguments)
    if not arguments.quiet:
        sys.stderr.writelines(f"{line}\n" for line in said_of(prepared))
    figure = figure_of(prepared.encoding)
    with interruptible(), watching(arguments.epochs, figure, quiet=arguments.quiet) as watch:
        made = make(prepared, plan, watch, run_folder(arguments))
    say(kept(made, arguments))
    return 0


def one_thread() -> None:
    """Let NumPy, which must not be loaded yet, use one thread.

    The matrices are too small for threads to pay, and one thread adds in one order: same seed, same bytes.
    """
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")


def check(arguments: Namespace) -> None:
    """Raise CallError, or UserError where a file couldn't be written; the data is not read yet."""
    check_call(arguments)
    arguments.data = shelf.data_file(arguments.data)
    _check_output(arguments)


def prepared_of(arguments: Namespace) -> tuple[Prepared, TrainingPlan]:
    """Read the data and encode it as planned; raises UserError."""
    from rnn_tui.learning.answering import answered
    from rnn_tui.learning.making import prepare
    from rnn_tui.learning.reading import check_answers, read
    from rnn_tui.network.storage import check_storable

    output: str | None = getattr(arguments, "answers", None)  # which --output leaves out where it names the file
    found = read(arguments.data, arguments.task, asked=replace(asked_of(arguments), output=output))
    check_kind(output, found.task)
    samples = answered(_with_features(found, arguments), output)
    check_answers(samples)
    plan = plan_of(arguments, samples)
    prepared = prepare(samples, plan)
    check_storable(prepared.encoding.vocabulary.words, f"{arguments.data}: a {prepared.encoding.tokenizer.unit}")
    check_storable(prepared.encoding.labels, f"{arguments.data}: a label")
    check_storable(samples.form.columns, f"{arguments.data}: a column")
    return prepared, plan


def kept(made: Made, arguments: Namespace) -> str:
    """Write the model, and say what came of it; raises UserError where it can't be written."""
    from rnn_tui.export import strict
    from rnn_tui.network.storage import save

    with undisturbed():
        save(made.model, arguments.output)
    if arguments.json:
        return strict.dumps(_fields(made, arguments.output))
    return _ending(made, arguments.output, run_folder(arguments))


def run_folder(arguments: Namespace) -> Path | None:
    """The folder of the run beside the model file, where the epochs are to be kept."""
    from rnn_tui.network.runs import folder_of

    output: Path = arguments.output
    return folder_of(output) if arguments.keep_epochs else None


def _check_output(arguments: Namespace) -> None:
    """Raise UserError where the model or the run couldn't be written; better before the training than after it."""
    from rnn_tui.network.runs import check_recordable

    check_model_output(arguments.output, (arguments.data, arguments.vectors))
    if (run := run_folder(arguments)) is not None:
        check_recordable(run)


def _with_features(samples: Samples, arguments: Namespace) -> Samples:
    """The samples, their texts as timesteps of so many numbers where that is said."""
    if arguments.features is None or samples.task != "labels":
        return samples
    return replace(samples, form=replace(samples.form, features=arguments.features))


def said_of(prepared: Prepared) -> Iterator[str]:
    """The lines that say what of the file was taken, what is learned from it, and what would perhaps suit it better."""
    from rnn_tui.learning.hints import numeric, spaceless

    encoding, samples = prepared.encoding, prepared.samples
    yield printable(f"{samples.path}: {samples.taken}")
    if samples.noted:
        yield printable(f"{samples.path}: {samples.noted}")
    known = len(encoding.vocabulary)
    parts = [f"{samples.path}: --task {samples.task}", f"{len(prepared.training)} texts to train on"]
    parts.append(f"{len(prepared.validation)} held out")
    parts += [f"{known} {encoding.tokenizer.unit}s known"] if known else []
    of = f"a number: {encoding.labels[0]}" if encoding.output.is_number else f"{len(encoding.labels)} labels"
    yield printable(", ".join([*parts, of]))
    if encoding.tokenizer.kind == "words" and samples.task == "labels" and (features := numeric(samples.samples)):
        yield f"the texts are numbers, each of which is read as a word; --features {features} reads them as numbers"
    if encoding.tokenizer.kind == "words" and samples.task != "tags" and spaceless(samples.samples):
        yield "the texts have no spaces between words, so each would be one word; --tokenizer characters suits them"


def _ending(made: Made, path: Path, run: Path | None) -> str:
    """The result in words; the last line is the command that opens the model, or the run where epochs were kept."""
    from rnn_tui.learning.digits import written

    origin, best = made.model.provenance, made.trained.best
    lines = []
    if made.trained.interrupted:
        lines.append(f"stopped after {len(made.trained.history)} epochs; the best so far is kept")
    shown = written if made.model.output.is_number else str
    against = ", ".join(f"{name} {shown(value)}" for name, value in origin["baselines"].items())
    figure = "none" if origin["figure"] is None else shown(origin["figure"])
    lines.append(f"{origin['metric']} {figure}, n {origin['n']} ({against}), epoch {best.number if best else 0}")
    lines.append(f"wrote {path}, {path.stat().st_size / 1000:.0f} kB; it opens with:")
    if run is not None:
        from rnn_tui.network.runs import open_run

        kept = open_run(run)
        thinned = "" if len(kept.epochs) > len(made.trained.history) else ", every so many-th, to keep it small"
        opens = command_line(["rnn-tui", "-m", str(path)])
        said = f"wrote {run}, {kept.size / 1000:.0f} kB: {len(kept.epochs)} epochs{thinned}; they are replayed with:"
        return "\n".join(
            [*map(printable, lines), opens, printable(said), command_line(["rnn-tui", "learn", str(path)])]
        )
    return "\n".join([*map(printable, lines), command_line(["rnn-tui", "-m", str(path)])])


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

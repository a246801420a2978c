"""The options of `rnn-tui train` that go together, and the plan that they make with the samples of a file."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from rnn_tui import shelf
from rnn_tui.cli.data import check_options, check_task
from rnn_tui.cli.errors import CallError
from rnn_tui.network.errors import InputError
from rnn_tui.quoting import command_line
from rnn_tui.text import joined

if TYPE_CHECKING:
    from rnn_tui.learning.making import TrainingPlan
    from rnn_tui.learning.samples import Samples
    from rnn_tui.network.backprop import Architecture
    from rnn_tui.network.cells import Cell
    from rnn_tui.network.layers import Merge
    from rnn_tui.network.training import TrainingSettings

WATCH = "--watch"
READOUTS = {
    **dict.fromkeys(("labels", "series"), ("last", "last_step", "mean", "max", "attention")),
    **dict.fromkeys(("tags", "next"), ("each",)),
}
"""The readouts that can be trained for a task, the usual one first."""
TOKENIZERS = {
    "labels": ("words", "characters", "numbers"),
    "series": ("numbers",),
    "tags": ("words",),
    "next": ("characters", "words"),
}
"""The tokenizers that can read for a task, the usual one first."""


def check_call(arguments: Namespace) -> None:
    """Raise CallError for options that don't go together, as far as that is known without reading the file."""
    if arguments.output is None:
        raise CallError("-o/--output is missing: -o OUT.safetensors names the model file to write")
    if arguments.output.suffix != shelf.SUFFIX:
        raise CallError(f"-o {arguments.output}: a model file's name ends in {shelf.SUFFIX}")
    cell = _cell(arguments)
    if arguments.activation is not None and not cell.activations:
        raise CallError(f"--activation is for an Elman cell; a {cell.kind_title}'s functions are fixed")
    if arguments.vectors is not None and arguments.embedding == 0:
        raise CallError("--vectors needs an embedding, and --embedding 0 is none")
    if arguments.merge is not None and not arguments.bidirectional:
        raise CallError("--merge says how two directions become one; --bidirectional reads in both")
    if arguments.bidirectional and arguments.every_word:
        raise CallError(
            "--every-word asks for an answer at every word, and a network with --bidirectional has one after the last "
            "alone; give one"
        )
    if arguments.features is not None and arguments.rows is not None:
        raise CallError("--rows says how many numbers a timestep has, so there is no --features; give one")
    if arguments.features is not None and arguments.tokenizer not in (None, "numbers"):
        raise CallError(f"--features is for texts of numbers, and --tokenizer {arguments.tokenizer} reads others")
    check_options(arguments)


def plan_of(arguments: Namespace, samples: Samples) -> TrainingPlan:
    """The plan for these samples; raises CallError for an option that doesn't suit them."""
    from rnn_tui.learning.making import TrainingPlan

    task = samples.task
    check_task(arguments, [task], f"and {samples.path} is read for --task {task}")
    if arguments.features is not None and task != "labels":
        raise CallError(f"--features is for texts of numbers with labels, and {samples.path} is read for --task {task}")
    tokenizer = _tokenizer(arguments, samples)
    if tokenizer == "numbers" and (arguments.vectors is not None or arguments.embedding is not None):
        raise CallError("numbers are read as they are, so there is no --embedding and there are no --vectors")
    if arguments.every_word and task not in ("labels", "series"):
        raise CallError(f"--every-word is for texts with one label; with --task {task} every word has a loss anyway")
    if arguments.bidirectional and task == "next":
        raise CallError("--bidirectional would read what comes next, which --task next is to guess; leave it out")
    _check_sizes(arguments, samples)
    return TrainingPlan(
        name=arguments.name or arguments.output.stem,
        title=arguments.title,
        summary=arguments.summary,
        architecture=_architecture(arguments, samples),
        tokenizer=tokenizer,
        hidden_size=arguments.hidden,
        head_sizes=tuple(size for size, _ in arguments.head or () if size is not None),
        embedding=arguments.embedding,
        vectors=arguments.vectors,
        validation=arguments.validation,
        min_count=arguments.min_count,
        max_words=arguments.max_words,
        settings=_settings(arguments),
        command=_command(arguments),
    )


def _check_sizes(arguments: Namespace, samples: Samples) -> None:
    """Raise CallError for a network that the model file has no room for."""
    from rnn_tui.network.storage.metadata import MOST_FEATURES
    from rnn_tui.network.storage.stack import MOST_ENTRIES

    features, entries = samples.form.features or 1, len(arguments.head or ())
    if features > MOST_FEATURES:
        mend = "more --rows make it fewer" if samples.form.rows else "read fewer of them"
        raise CallError(f"a timestep would have {features:,} numbers, and at most {MOST_FEATURES:,} are read; {mend}")
    if entries > MOST_ENTRIES:
        raise CallError(f"--head has {entries} entries, and at most {MOST_ENTRIES} are read; leave some out")


def check_kind(output: str | None, task: str) -> None:
    """Raise CallError where a task has no answers of the kind that is asked for."""
    from rnn_tui.learning.answering import OUTPUTS

    _suiting(task, "--output", output, OUTPUTS[task])


def _architecture(arguments: Namespace, samples: Samples) -> Architecture:
    from rnn_tui.network.backprop import Architecture
    from rnn_tui.network.heads import EntryKind
    from rnn_tui.network.layers import LayerKind

    usual = next(iter(_cell(arguments).activations), None)
    merge: Merge = arguments.merge or "concat"
    layer = LayerKind(arguments.cell, arguments.activation or usual, arguments.bidirectional, merge)
    return Architecture(
        (layer,) * arguments.layers,
        _suiting(samples.task, "--readout", arguments.readout, READOUTS[samples.task]),
        tuple(EntryKind(size is not None, function) for size, function in arguments.head or ()),
        samples.output,
    )


def _settings(arguments: Namespace) -> TrainingSettings:
    from rnn_tui.network.training import TrainingSettings

    return TrainingSettings(
        epochs=arguments.epochs,
        batch_size=arguments.batch,
        learning_rate=arguments.learning_rate,
        final_learning_rate=0.1,
        clip_norm=arguments.clip,
        every_word=0.5 if arguments.every_word else 0.0,
        patience=arguments.patience,
        seed=arguments.seed,
    )


def _cell(arguments: Namespace) -> type[Cell]:
    """The cell that is to be trained; raises CallError where there is none of that name."""
    from rnn_tui.network.cells import cell_class

    try:
        return cell_class(arguments.cell)
    except InputError as error:
        raise CallError(f"--cell {arguments.cell}: {error}") from error


def _tokenizer(arguments: Namespace, samples: Samples) -> str:
    """The tokenizer that is asked for, or suits; numbers where the file has nothing else."""
    known = TOKENIZERS[samples.task] if samples.form.features is None else ("numbers",)
    if samples.form.rows and arguments.tokenizer not in (None, "numbers"):
        raise CallError(f"--tokenizer {arguments.tokenizer} doesn't go with --rows, which reads numbers")
    return _suiting(samples.task, "--tokenizer", arguments.tokenizer, known)


def _suiting(task: str, option: str, given: str | None, choices: tuple[str, ...]) -> str:
    if given is not None and given not in choices:
        raise CallError(f"{option} {given} doesn't go with --task {task}, which takes {joined(choices, 'or')}")
    return given or choices[0]


def _command(arguments: Namespace) -> str:
    """The command with file names alone: where they lay is nobody's business, and would change the file's bytes.

    Nor does it matter whether somebody has looked on.
    """
    files = (arguments.data, arguments.output, arguments.vectors)
    shown = ["rnn-tui"]
    for argument in arguments.argv:
        if argument == WATCH:
            continue
        option, equals, value = argument.rpartition("=") if argument.startswith("--") else ("", "", argument)
        shown.append(option + equals + Path(value).name if Path(value) in files else argument)
    return command_line(shown)

"""Make a model from samples: encode, train, measure on what was held out, and say where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from rnn_tui.learning.baselines import absolute_errors, accuracies, count_bits
from rnn_tui.learning.cards import ERROR, measured
from rnn_tui.learning.encoding import Encoding, encoding_of
from rnn_tui.learning.examples import LONGEST, examples_of, sequences
from rnn_tui.learning.recording import RunObserver
from rnn_tui.learning.rows import RowError
from rnn_tui.learning.samples import Sample, Samples, split
from rnn_tui.learning.vectors import initial_embedding, size_of, vectors_of
from rnn_tui.network.arrays import Array
from rnn_tui.network.backprop import Architecture
from rnn_tui.network.generation import END
from rnn_tui.network.model import Example, Model
from rnn_tui.network.outputs import Number
from rnn_tui.network.storage import assemble
from rnn_tui.network.storage.metadata import Metadata
from rnn_tui.network.training import Epoch, Observer, Trained, TrainingSettings, initial_parameters, train
from rnn_tui.network.training.corpus import Corpus
from rnn_tui.network.training.evaluation import Evaluation, evaluate, evaluate_numbers
from rnn_tui.network.training.numbers import NumberEvaluation

EMBEDDING = 16
MOST_TOKENS = 20_000
"""The longest text that is learned from: every state of it is kept, and gone back through one by one."""
UNKNOWN_RATE = {"words": 0.1, "characters": 0.01, "numbers": 0.0}
"""The share of tokens that are read as the unknown one in training, so that the network learns to take one calmly."""


@dataclass(frozen=True)
class TrainingPlan:
    """The model to make, and the training of it.

    `embedding` is input_size, 0 for one-hot, None for the size that suits the tokenizer.
    """

    name: str
    title: str | None = None
    summary: str | None = None
    architecture: Architecture = field(default_factory=Architecture)
    tokenizer: str = "words"
    hidden_size: int = 16
    head_sizes: tuple[int, ...] = ()  # of the linear layers of the head, in their order
    embedding: int | None = None
    vectors: Path | None = None
    validation: float = 0.1
    min_count: int | None = None
    max_words: int | None = None
    settings: TrainingSettings = field(default_factory=TrainingSettings)
    command: str = ""


@dataclass(frozen=True, eq=False)
class Prepared:
    """The samples of a file in two parts, and the corpus of each."""

    samples: Samples
    encoding: Encoding
    training: list[Sample]
    validation: list[Sample]
    training_corpus: Corpus
    validation_corpus: Corpus


@dataclass(frozen=True, eq=False)
class Made:
    """A trained model, and the way there."""

    model: Model
    trained: Trained


def prepare(samples: Samples, plan: TrainingPlan) -> Prepared:
    """Split the samples and encode them; raises RowError."""
    training, validation = split(samples, plan.validation, plan.settings.seed)
    answers = [answer for sample in samples.samples for answer in sample.answers]
    encoding = encoding_of(
        samples.task,
        plan.tokenizer,
        samples.path,
        training,
        answers,
        min_count=plan.min_count,
        max_words=plan.max_words,
        output=plan.architecture.output,
        form=samples.form,
    )
    corpora = [encoding.corpus(samples.path, part) for part in (training, validation)]
    for part, corpus in zip((training, validation), corpora, strict=True):
        _check_lengths(samples.path, part, corpus, encoding.tokenizer.unit)
    return Prepared(samples, encoding, training, validation, corpora[0], corpora[1])


def _check_lengths(path: Path, samples: Sequence[Sample], corpus: Corpus, unit: str) -> None:
    """Raise RowError for a text of which a training would keep more states than is sensible."""
    for sample, length in zip(samples, corpus.lengths.tolist(), strict=True):
        if length > MOST_TOKENS:
            most = f"more than the {MOST_TOKENS:,} of one text that are learned from; cut it into several texts"
            raise RowError(path, f"has {length:,} {unit}s, {most}", sample.row)


def make(
    prepared: Prepared,
    plan: TrainingPlan,
    on_epoch: Callable[[Epoch], None] | None = None,
    run: Path | None = None,
    watched: Callable[[RunObserver], Observer] | None = None,
) -> Made:
    """Train a model as planned; raises TrainingError, and RowError for word vectors that can't be used.

    `run` is the folder in which the training is recorded, epoch by epoch; raises UserError where it can't be written.
    `watched` puts somebody else who looks on in the place of the one who records it, and who hands on to that one.

    Raises KeyboardInterrupt where it was interrupted before its first epoch ended; later, the best so far is kept.
    """
    encoding = prepared.encoding
    settings = replace(
        plan.settings,
        judge="accuracy" if encoding.writing is None and not encoding.output.is_number else "loss",
        unknown_rate=UNKNOWN_RATE[plan.tokenizer],
    )
    unknown = encoding.vocabulary.unknown
    recorded = None if run is None else _recorded(run, prepared, plan, settings)
    observer = recorded if recorded is None or watched is None else watched(recorded)
    trained = train(
        plan.architecture,
        starting_parameters(plan, encoding),
        prepared.training_corpus,
        prepared.validation_corpus,
        settings,
        unknown=None if unknown is None else encoding.vocabulary.index[unknown],
        on_epoch=on_epoch,
        observer=observer,
    )
    kept = trained.kept()
    model = _planned(prepared, plan, trained.parameters)
    answering = evaluate_numbers if encoding.output.is_number else evaluate
    found: Evaluation | NumberEvaluation = answering(model, prepared.validation_corpus)
    model = replace(model, provenance=_provenance(prepared, plan, found, kept, interrupted=trained.interrupted))
    examples = examples_of(model, prepared.samples.task, prepared.validation, prepared.validation_corpus, found)
    model = replace(model, examples=examples)
    if recorded is not None:
        recorded.finish(model)
    return Made(model, trained)


def _planned(prepared: Prepared, plan: TrainingPlan, parameters: Mapping[str, Array]) -> Model:
    """The model that is planned, with parameters; its provenance is still empty."""
    return model_of(
        prepared.encoding,
        plan.architecture,
        parameters,
        name=plan.name,
        title=plan.name if plan.title is None else plan.title,
        summary=_summary(prepared.samples, prepared.encoding) if plan.summary is None else plan.summary,
    )


def _recorded(run: Path, prepared: Prepared, plan: TrainingPlan, settings: TrainingSettings) -> RunObserver:
    """The observer that records the training in a folder."""
    encoding = prepared.encoding

    def begun(parameters: Mapping[str, Array]) -> Model:
        model = replace(_planned(prepared, plan, parameters), provenance=_needed(prepared))
        longest = max(LONGEST, int(prepared.validation_corpus.lengths.min()))
        texts = sequences(model, prepared.samples.task, prepared.validation, prepared.validation_corpus, longest)
        return replace(model, examples=texts)

    metric, baselines = _judged(prepared)
    judge = "bits" if encoding.writing is not None else "error" if encoding.output.is_number else "accuracy"
    training = {
        "judge": judge,
        "metric": metric,
        "baselines": baselines,
        "epochs": settings.epochs,
        "batch_size": settings.batch_size,
        "clip_norm": settings.clip_norm,
        "n": len(prepared.training),
        "command": plan.command,
        **({"std": list(encoding.output.std)} if isinstance(encoding.output, Number) else {}),
    }
    return RunObserver(run, begun, training, settings.frozen)


def starting_parameters(plan: TrainingPlan, encoding: Encoding) -> dict[str, Array]:
    """Fresh parameters, the embedding from word vectors where they are given."""
    words = encoding.vocabulary.words
    vectors = None if plan.vectors is None else vectors_of(plan.vectors, words, plan.embedding or 1)
    if plan.tokenizer == "numbers":
        input_size, vocab_size = encoding.features, None
    elif plan.embedding == 0:
        input_size, vocab_size = len(words), None
    else:
        input_size = plan.embedding or (EMBEDDING if vectors is None else size_of(vectors))
        vocab_size = len(words)
    parameters = initial_parameters(
        plan.architecture,
        input_size,
        plan.hidden_size,
        plan.architecture.nodes(len(encoding.labels)),
        plan.settings.seed,
        vocab_size,
        plan.head_sizes,
    )
    if vectors is not None:
        parameters["embedding.weight"] = initial_embedding(vectors, words, parameters["embedding.weight"])
    return parameters


def model_of(
    encoding: Encoding,
    architecture: Architecture,
    parameters: Mapping[str, Array],
    *,
    name: str,
    title: str,
    summary: str,
    examples: tuple[Example, ...] = (),
) -> Model:
    """The model that reads as `encoding` says, with parameters under PyTorch's names; its provenance is still empty."""
    metadata = Metadata(
        name=name,
        title=title,
        summary=summary,
        layers=architecture.layers,
        readout=architecture.readout,
        head=architecture.head,
        output=encoding.output,
        tokenizer=encoding.tokenizer,
        vocabulary=encoding.vocabulary,
        labels=encoding.labels,
        unit_names=None,
        examples=examples,
        provenance={},
    )
    return assemble(metadata, parameters)


def _summary(samples: Samples, encoding: Encoding) -> str:
    unit = encoding.tokenizer.unit
    labels = ", ".join(encoding.labels) if len(encoding.labels) <= 6 else f"{len(encoding.labels)} labels"
    numbers = encoding.output.is_number
    if numbers and samples.task == "series":
        read = f"{samples.window} {unit}s" + (f" of {', '.join(samples.form.columns)}" if samples.form.columns else "")
        return f"Reads {read}: which {encoding.labels[0]} comes next? Trained on {samples.path.name}."
    does = {
        "labels": f"Gives a text a number, the {labels}." if numbers else f"Gives a text one of: {labels}.",
        "tags": f"Gives every word one of: {labels}.",
        "next": f"Says which {unit} comes next, and so writes on.",
        "series": f"Reads {samples.window} {unit}s: {_rises(samples)}",
    }[samples.task]
    return f"{does} Trained on {samples.path.name}."


def _rises(samples: Samples) -> str:
    target = samples.form.target if samples.form.columns else ""
    return f"does {target} rise or fall next?" if target else "does the next one rise or fall?"


def _provenance(
    prepared: Prepared, plan: TrainingPlan, found: Evaluation | NumberEvaluation, kept: Epoch, *, interrupted: bool
) -> dict[str, object]:
    """The origin of the model, its figure on what was held out, and the figures of the baselines."""
    samples = prepared.samples
    metric, figure, baselines = _figures(prepared, found)
    return {
        "data": samples.path.name,
        "task": samples.task,
        "split": _split_in_words(prepared, plan.settings.seed),
        **measured(metric, figure, len(found), baselines),
        "epoch": kept.number,
        "interrupted": interrupted,
        "command": plan.command,
        "seed": plan.settings.seed,
        **_needed(prepared),
    }


def _needed(prepared: Prepared) -> dict[str, object]:
    """All that one must know to use the model as it was trained."""
    samples, encoding, form = prepared.samples, prepared.encoding, prepared.samples.form
    return {
        **({"start": encoding.writing.start, "end": END} if encoding.writing else {}),
        **({"window": samples.window} if samples.window else {}),
        **({"columns": list(form.columns)} if form.columns else {}),
        **({"rows": form.rows} if form.rows else {}),
        **({"target": form.target} if form.target and (form.columns or form.rows) else {}),
    }


def _figures(prepared: Prepared, found: Evaluation | NumberEvaluation) -> tuple[str, float, dict[str, float]]:
    """The metric, the model's figure, and the baselines'."""
    metric, baselines = _judged(prepared)
    if isinstance(found, NumberEvaluation):
        return metric, found.figures.mae, baselines
    return metric, found.accuracy if prepared.encoding.writing is None else found.bits, baselines


def _judged(prepared: Prepared) -> tuple[str, dict[str, float]]:
    """The metric by which such a model is judged on what was held out, and the figures of the baselines."""
    encoding = prepared.encoding
    if encoding.output.is_number:
        return f"validation {ERROR}", absolute_errors(prepared.training, prepared.validation)
    if encoding.writing is None:
        baselines = accuracies(prepared.samples.task, prepared.training, prepared.validation, encoding.tokenizer)
        return "validation accuracy", baselines
    training, validation = (
        [targets.tolist() for targets in corpus.targets]
        for corpus in (prepared.training_corpus, prepared.validation_corpus)
    )
    baselines = {"frequencies alone": count_bits(training, validation, len(encoding.labels))}
    return f"validation bits a {encoding.tokenizer.unit}", baselines


def _split_in_words(prepared: Prepared, seed: int) -> str:
    how = "the last part held out" if prepared.samples.task == "series" else f"by text, seed {seed}"
    return f"{how}: {len(prepared.training)} training, {len(prepared.validation)} validation"

"""The answers of a network over a corpus, and the figures that sum them up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rnn_tui.network.arrays import Array
from rnn_tui.network.backprop import LOSSES, Architecture, Batch, Parameters, logits_of
from rnn_tui.network.model import Model
from rnn_tui.network.outputs import Number, YesNo
from rnn_tui.network.training.corpus import Corpus, Integers, batches, pad, parted
from rnn_tui.network.training.numbers import NumberEvaluation
from rnn_tui.network.workspace import Workspace

BATCH_SIZE = 64


@dataclass(frozen=True)
class Figures:
    """The mean loss of an answer, the share of right answers, and the number of answers.

    The loss is the cross-entropy in nats or, of standardised numbers, the squared error; numbers have no accuracy.
    """

    loss: float
    accuracy: float | None
    n: int


@dataclass(frozen=True, eq=False)
class Evaluation:
    """Every answer to a corpus that has a target, in the corpus's order; n of them.

    `sequences` and `timesteps` are the indices of each answer, `targets` and `predictions` label numbers (from 0),
    `losses` the cross-entropy in nats, `confidences` the probability of the prediction. All are (n,).
    """

    sequences: Integers
    timesteps: Integers
    targets: Integers
    predictions: Integers
    losses: Array
    confidences: Array

    def __len__(self) -> int:
        return len(self.targets)

    @property
    def accuracy(self) -> float:
        """The share of right predictions."""
        return float((self.predictions == self.targets).mean())

    @property
    def loss(self) -> float:
        """The mean cross-entropy, in nats."""
        return float(self.losses.mean())

    @property
    def bits(self) -> float:
        """The mean cross-entropy, in bits: for a next-token model, bits a token."""
        return float(self.losses.mean() / np.log(2))

    def confusion(self, output_size: int) -> Integers:
        """The count of each pair of label (row) and prediction (column), (output_size, output_size)."""
        pairs = self.targets * output_size + self.predictions
        return np.bincount(pairs, minlength=output_size**2).reshape(output_size, output_size)

    def worst(self, most: int) -> Integers:
        """The wrong predictions with the largest losses, the worst first, as indices into these arrays."""
        wrong = np.flatnonzero(self.predictions != self.targets)
        return wrong[np.argsort(-self.losses[wrong], kind="stable")][:most]


def measure(
    architecture: Architecture, parameters: Parameters, corpus: Corpus, batch_size: int = BATCH_SIZE
) -> Figures:
    """Loss and accuracy over all timesteps of a corpus that have a target."""
    workspace, loss_of = Workspace(parameters["fc.weight"].dtype), LOSSES[architecture.output]
    loss, right, n = 0.0, 0, 0
    for batch in batches(corpus, batch_size):
        logits, targets = answers(architecture, parameters, batch, workspace)
        loss += loss_of(logits, targets, np.ones(len(targets), logits.dtype))[0]
        if architecture.output != Number.kind:
            right += int((by_label(architecture, logits).argmax(axis=1) == targets).sum())
        n += len(targets)
    return Figures(loss / n, None if architecture.output == Number.kind else right / n, n)


def answers(
    architecture: Architecture, parameters: Parameters, batch: Batch, workspace: Workspace | None = None
) -> tuple[Array, Integers | Array]:
    """The logits (n, nodes) and the targets, (n,) or (n, K), at every timestep of a batch that takes a loss."""
    timesteps = batch.timesteps
    asked = batch.weights[timesteps] > 0
    return logits_of(architecture, parameters, batch, workspace)[asked], batch.targets[timesteps][asked]


def by_label(architecture: Architecture, logits: Array) -> Array:
    """Logits with a column for each label, (n, labels), whose softmax are the probabilities.

    The one logit z of yes or no is that of yes beside 0 for no: softmax(0, z) = (sigmoid(−z), sigmoid(z)).
    """
    return np.concatenate((np.zeros_like(logits), logits), axis=1) if architecture.output == YesNo.kind else logits


def evaluate(model: Model, corpus: Corpus) -> Evaluation:
    """Run a model whose answers are labels over a corpus, many sequences at a time.

    A token that the model has no row for is given as the row behind the vocabulary's last, and reads zeros.
    """
    sequences, timesteps, targets, logits = _answers_of(model, corpus)
    with np.errstate(over="ignore", invalid="ignore"):  # an unbounded activation may overflow; the loss is then NaN
        logits = by_label(Architecture.of(model), logits)
        shifted = logits - logits.max(axis=1, keepdims=True)
        log_probs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    rows, predictions = np.arange(len(targets)), logits.argmax(axis=1)
    losses, confidences = -log_probs[rows, targets], np.exp(log_probs[rows, predictions])
    return Evaluation(sequences, timesteps, targets, predictions, losses, confidences)


def evaluate_numbers(model: Model, corpus: Corpus) -> NumberEvaluation:
    """Run a model whose answers are numbers over a corpus, as `evaluate` runs one whose answers are labels."""
    sequences, timesteps, targets, logits = _answers_of(model, corpus)
    with np.errstate(over="ignore", invalid="ignore"):
        losses = np.square(logits - targets).mean(axis=1)
        outputs = model.output.answers(logits)
    return NumberEvaluation(sequences, timesteps, model.output.answers(targets.astype(np.float64)), outputs, losses)


def _answers_of(model: Model, corpus: Corpus) -> tuple[Integers, Integers, NDArray[Any], Array]:
    """The sequence, the timestep, the target and the logits, in float64, of every answer with a target, in order."""
    architecture, parameters = Architecture.of(model), _with_a_row_of_zeros(model.tensors())
    workspace = Workspace(parameters["fc.weight"].dtype)
    by_length = np.argsort(corpus.lengths, kind="stable")
    chunks = [by_length[start : start + BATCH_SIZE] for start in range(0, len(corpus), BATCH_SIZE)]
    parts = [part for chunk in chunks for part in parted(corpus, chunk)]
    found = [_chunk(architecture, parameters, corpus, picked, workspace) for picked in parts]
    columns = [np.concatenate(parts) for parts in zip(*found, strict=True)]
    order = np.lexsort((columns[1], columns[0]))
    sequences, timesteps, targets, logits = (column[order] for column in columns)
    return sequences, timesteps, targets, logits


def _chunk(
    architecture: Architecture, parameters: Parameters, corpus: Corpus, picked: Integers, workspace: Workspace
) -> tuple[NDArray[Any], ...]:
    """What `_answers_of` gives, for some sequences."""
    batch = pad(corpus, picked)
    rows, columns = np.nonzero(batch.weights[batch.timesteps] > 0)
    with np.errstate(over="ignore", invalid="ignore"):
        logits = logits_of(architecture, parameters, batch, workspace)[rows, columns].astype(np.float64)
    timesteps = batch.timesteps[rows]
    return picked[columns], timesteps, batch.targets[timesteps, columns], logits


def _with_a_row_of_zeros(tensors: Mapping[str, Array]) -> dict[str, Array]:
    """The parameters, and one more row of the embedding; a one-hot row behind the last is zeros by itself."""
    parameters = dict(tensors)
    if "embedding.weight" in parameters:
        weight = parameters["embedding.weight"]
        parameters["embedding.weight"] = np.concatenate([weight, np.zeros_like(weight[:1])])
    return parameters

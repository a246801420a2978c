"""Training: mini-batches, Adam, clipping, and early stopping on held-out sequences."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.backprop import Architecture, Batch, Parameters, cross_entropy, logits_of, loss_and_gradients
from rnn_tui.network.corpus import Corpus, Integers, batches
from rnn_tui.network.errors import UserError
from rnn_tui.network.optimizer import Adam, FlatParameters, clip_norm
from rnn_tui.network.shapes import parameter_shapes
from rnn_tui.network.workspace import Workspace


class TrainingError(UserError):
    """A training that can't go on; the message is one line that says why and how to mend it."""


@dataclass(frozen=True)
class TrainingSettings:
    """The settings of a training. The same settings, seed and corpus give the same bytes on the same machine."""

    epochs: int = 50
    batch_size: int = 32
    learning_rate: float = 1e-3
    final_learning_rate: float = 1.0
    """The share of the learning rate that is left in the last epoch; it falls evenly, epoch by epoch."""
    weight_decay: float = 0.0
    """AdamW's: a share of every parameter that is taken away, times the learning rate, at every step."""
    clip_norm: float = 1.0
    """The largest norm that a batch's gradient may have."""
    every_word: float = 0.0
    """The share, 0 to 1, of the loss that is taken at every word of a text with one label, not at its last alone."""
    unknown_rate: float = 0.0
    """The share, 0 to 1, of words read as the unknown word, so that the network learns what to make of one."""
    patience: int = 10
    """After how many epochs without a better validation figure to stop."""
    judge: str = "accuracy"
    """The validation figure by which the best weights are chosen: accuracy or loss."""
    frozen: tuple[str, ...] = ()
    """Names of parameters that stay as they are."""
    seed: int = 0


@dataclass(frozen=True)
class Figures:
    """The quality of answers: mean cross-entropy in nats, share of right answers, and how many were asked for."""

    loss: float
    accuracy: float
    n: int


@dataclass(frozen=True)
class Epoch:
    """One line of the history; `number` counts from 1, `seconds` from the start of the training."""

    number: int
    training_loss: float
    validation: Figures
    best: bool
    seconds: float


@dataclass(frozen=True, eq=False)
class Trained:
    """The best parameters that were seen, and the way there."""

    parameters: Mapping[str, Array]
    history: tuple[Epoch, ...]
    interrupted: bool = False

    @property
    def best(self) -> Epoch | None:
        """The epoch that the parameters are from; None where the training was interrupted before its first ended."""
        return next((epoch for epoch in reversed(self.history) if epoch.best), None)


def initial_parameters(
    architecture: Architecture,
    input_size: int,
    hidden_size: int,
    output_size: int,
    seed: int,
    vocab_size: int | None = None,
) -> dict[str, Array]:
    """Fresh float32 parameters, drawn as PyTorch's modules draw them.

    Everything uniform in ±1/√hidden_size, but for the embedding, which is standard normal; without `vocab_size` there
    is none, and x is a one-hot vector or numbers.
    """
    rng = np.random.default_rng(seed)
    bound = 1 / np.sqrt(hidden_size)
    shapes = parameter_shapes(
        architecture.cell,
        architecture.readout,
        input_size=input_size,
        hidden_size=hidden_size,
        output_size=output_size,
    )
    parameters = {name: rng.uniform(-bound, bound, shape).astype(np.float32) for name, shape in shapes.items()}
    if vocab_size is not None:
        parameters["embedding.weight"] = rng.normal(size=(vocab_size, input_size)).astype(np.float32)
    return parameters


def train(
    architecture: Architecture,
    parameters: Parameters,
    training: Corpus,
    validation: Corpus,
    settings: TrainingSettings,
    *,
    unknown: int | None = None,
    on_epoch: Callable[[Epoch], None] | None = None,
) -> Trained:
    """Train until the validation figure hasn't become better for a while, and return the best parameters.

    `unknown` is the vocabulary's row for unknown words. `on_epoch` is called after every epoch. KeyboardInterrupt ends
    the training, and what was best so far is returned. Raises TrainingError where the loss is no longer a number.
    """
    loop = _Loop(architecture, parameters, settings, unknown)
    best = {name: array.copy() for name, array in loop.flat.parameters.items()}
    history: list[Epoch] = []
    start, last_best = time.perf_counter(), 0
    try:
        for number in range(1, settings.epochs + 1):
            loss = loop.epoch(training, number)
            figures = measure(architecture, loop.flat.parameters, validation, settings.batch_size)
            better = _better(figures, [epoch.validation for epoch in history], settings.judge)
            if better:  # kept before it is told, so that an interrupt in between can't tell of weights that aren't kept
                last_best = number
                best = {name: array.copy() for name, array in loop.flat.parameters.items()}
            history.append(Epoch(number, loss, figures, better, time.perf_counter() - start))
            if on_epoch is not None:
                on_epoch(history[-1])
            if number - last_best >= settings.patience:
                break
    except KeyboardInterrupt:
        return Trained(best, tuple(history), interrupted=True)
    return Trained(best, tuple(history))


def measure(architecture: Architecture, parameters: Parameters, corpus: Corpus, batch_size: int = 64) -> Figures:
    """Loss and accuracy over all timesteps of a corpus that have a target."""
    room = Workspace(parameters["fc.weight"].dtype)
    loss, right, n = 0.0, 0, 0
    for batch in batches(corpus, batch_size):
        logits, targets = answers(architecture, parameters, batch, room)
        loss += cross_entropy(logits, targets, np.ones(len(targets), logits.dtype))[0]
        right += int((logits.argmax(axis=1) == targets).sum())
        n += len(targets)
    return Figures(loss / n, right / n, n)


def answers(
    architecture: Architecture, parameters: Parameters, batch: Batch, room: Workspace | None = None
) -> tuple[Array, Integers]:
    """The logits (n, output_size) and the targets (n,) at every timestep of a batch that takes a loss."""
    timesteps = batch.timesteps
    asked = batch.weights[timesteps] > 0
    return logits_of(architecture, parameters, batch, room)[asked], batch.targets[timesteps][asked]


class _Loop:
    """The state that an epoch needs of the epoch before: parameters, Adam's moments and the random numbers."""

    def __init__(
        self, architecture: Architecture, parameters: Parameters, settings: TrainingSettings, unknown: int | None
    ) -> None:
        self.architecture, self.settings, self.unknown = architecture, settings, unknown
        self.flat = FlatParameters(parameters)
        self.adam = Adam(self.flat.vector.size, self.flat.vector.dtype)
        self.room = Workspace(self.flat.vector.dtype)
        self.rng = np.random.default_rng(settings.seed)

    def epoch(self, corpus: Corpus, number: int) -> float:
        """One pass over the corpus; returns the mean loss of its batches."""
        learning_rate = _learning_rate(self.settings, number)
        losses = [
            self._step(self._with_unknown(batch), learning_rate)
            for batch in batches(corpus, self.settings.batch_size, self.rng, self.settings.every_word)
        ]
        loss = float(np.mean(losses))
        if not np.isfinite(loss):
            raise TrainingError(f"the loss is {loss} in epoch {number}; a smaller learning rate mends it")
        return loss

    def _step(self, batch: Batch, learning_rate: float) -> float:
        flat, settings = self.flat, self.settings
        loss, _ = loss_and_gradients(self.architecture, flat.parameters, batch, flat.gradients, self.room)
        for name in settings.frozen:
            flat.gradients[name][:] = 0
        clip_norm(flat.gradient, settings.clip_norm)
        self.adam.step(flat.vector, flat.gradient, learning_rate, settings.weight_decay)
        return loss

    def _with_unknown(self, batch: Batch) -> Batch:
        """The batch with some words read as the unknown one."""
        if self.unknown is None or not self.settings.unknown_rate:
            return batch
        dropped = self.rng.random(batch.inputs.shape) < self.settings.unknown_rate
        return Batch(np.where(dropped, self.unknown, batch.inputs), batch.targets, batch.weights)


def _learning_rate(settings: TrainingSettings, number: int) -> float:
    """The learning rate of an epoch (from 1), which falls evenly to its final share."""
    done = (number - 1) / max(settings.epochs - 1, 1)
    return settings.learning_rate * (1 - done * (1 - settings.final_learning_rate))


def _better(figures: Figures, before: list[Figures], judge: str) -> bool:
    """Return True where the newest figures beat all before; of equal accuracies the smaller loss is better."""
    if judge == "loss":
        return all(figures.loss < other.loss for other in before)
    return all((figures.accuracy, -figures.loss) > (other.accuracy, -other.loss) for other in before)

"""Training: mini-batches, Adam, clipping, and early stopping on held-out sequences."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from rnn_tui.network.arrays import Array
from rnn_tui.network.backprop import Architecture, Batch, Parameters, loss_and_gradients
from rnn_tui.network.errors import UserError
from rnn_tui.network.training.corpus import Corpus, batches
from rnn_tui.network.training.evaluation import Figures, measure
from rnn_tui.network.training.optimizer import Adam, FlatParameters, clip_norm
from rnn_tui.network.workspace import Workspace


class TrainingError(UserError):
    """A training that can't go on; the message is one line that says why and how to mend it."""


@dataclass(frozen=True)
class TrainingSettings:
    """The numbers that steer a training. The same settings, seed and corpus give the same bytes on the same machine."""

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
    """The share, 0 to 1, of words that are read as the unknown word, so that the network learns to take one calmly."""
    patience: int = 10
    """The number of epochs without a better validation figure after which to stop."""
    judge: str = "accuracy"
    """The validation figure by which the best weights are chosen: accuracy or loss; of numbers always the loss."""
    frozen: tuple[str, ...] = ()
    """Names of parameters that stay as they are."""
    seed: int = 0


@dataclass(frozen=True)
class Epoch:
    """One line of the history; `number` counts from 1, `seconds` from the start of the training.

    `clipped` is the share of its batches, 0 to 1, whose gradient was cut to the largest norm.
    """

    number: int
    training_loss: float
    validation: Figures
    best: bool
    seconds: float
    learning_rate: float = 0.0
    clipped: float = 0.0


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

    def kept(self) -> Epoch:
        """The epoch that the parameters are from.

        Raises KeyboardInterrupt where the training was interrupted before its first ended: there is nothing to keep.
        """
        if self.best is None:
            raise KeyboardInterrupt
        return self.best


@dataclass(frozen=True, eq=False)
class Step:
    """A step that was just taken: the batch, its loss before the step, in nats, and its number in the epoch, from 1.

    `norm` is that of its gradient before it was cut to the largest norm. The gradient that was then left, Adam's means
    and the parameters after the step are those of the loop, until the next one.
    """

    number: int
    batch: Batch
    loss: float
    norm: float
    learning_rate: float


class Observer(Protocol):
    """Somebody who looks on at a training, and changes nothing of it.

    Each of these may hold the training up, and says in the loop's `held` for how long; KeyboardInterrupt, raised in
    any, ends it as Ctrl-C does.
    """

    def begins(self, loop: TrainingLoop, validation: Figures) -> None:
        """Look at the parameters before training, and at the figure that they give: epoch 0."""
        ...

    def steps(self, loop: TrainingLoop, step: Step) -> None:
        """Look at a step."""
        ...

    def ends(self, loop: TrainingLoop, epoch: Epoch) -> None:
        """Look at the parameters after an epoch."""
        ...


def train(
    architecture: Architecture,
    parameters: Parameters,
    training: Corpus,
    validation: Corpus,
    settings: TrainingSettings,
    *,
    unknown: int | None = None,
    on_epoch: Callable[[Epoch], None] | None = None,
    observer: Observer | None = None,
) -> Trained:
    """Train until the validation figure hasn't become better for a while, and return the best parameters.

    `unknown` is the vocabulary's row for unknown words. `on_epoch` is called after every epoch, after the `observer`,
    who sees the parameters, too. KeyboardInterrupt ends the training, and what was best so far is returned. Raises
    TrainingError where the training diverges: where a loss is no longer a number, or a parameter so large that products
    of two overflow.
    """
    loop = TrainingLoop(architecture, parameters, settings, unknown)
    best = loop.copied_parameters()
    history: list[Epoch] = []
    start, last_best = time.perf_counter(), 0
    try:
        if observer is not None:
            observer.begins(loop, measure(architecture, loop.parameters, validation, settings.batch_size))
        for number in range(1, settings.epochs + 1):
            with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # what diverges is said below
                loss = loop.epoch(training, rate := learning_rate_of(settings, number), observer)
                figures = measure(architecture, loop.parameters, validation, settings.batch_size)
            _check_finite(loss, figures, loop, number)
            better = _better(figures, [epoch.validation for epoch in history], settings.judge)
            if better:  # kept before it is told, so that an interrupt in between can't tell of weights that aren't kept
                last_best = number
                best = loop.copied_parameters()
            seconds = time.perf_counter() - start - loop.held
            history.append(Epoch(number, loss, figures, better, seconds, rate, loop.clipped))
            if observer is not None:
                observer.ends(loop, history[-1])
            if on_epoch is not None:
                on_epoch(history[-1])
            if number - last_best >= settings.patience:
                break
    except KeyboardInterrupt:
        return Trained(best, tuple(history), interrupted=True)
    return Trained(best, tuple(history))


class TrainingLoop:
    """All that one epoch hands on to the next: the parameters, Adam's moments and the random numbers.

    `unknown` is the vocabulary's row for unknown words. `after_step` is called with the parameters after every step,
    and may change them in place: a constraint on a weight, for instance.
    """

    def __init__(
        self,
        architecture: Architecture,
        parameters: Parameters,
        settings: TrainingSettings,
        unknown: int | None = None,
        after_step: Callable[[Mapping[str, Array]], None] | None = None,
    ) -> None:
        """Start from a copy of `parameters`, with the settings' seed.

        Raises TrainingError where `every_word` is asked of a network that answers after the last token alone.
        """
        if settings.every_word and not architecture.answers_each:
            raise TrainingError(
                "a loss at every word needs an answer at every word: a network that reads in both directions has one "
                "after the last alone, so train it without, or let it read forward alone"
            )
        self.architecture, self.settings, self.unknown, self.after_step = architecture, settings, unknown, after_step
        self.flat = FlatParameters(parameters)
        self.adam = Adam(self.flat.vector.size, self.flat.vector.dtype)
        self.workspace = Workspace(self.flat.vector.dtype)
        self.rng = np.random.default_rng(settings.seed)
        self.clipped = 0.0
        """The share of the last epoch's batches, 0 to 1, whose gradient was cut to the largest norm."""
        self.held = 0.0
        """The seconds for which observers have held the training up."""
        self._cut = 0

    @property
    def parameters(self) -> Mapping[str, Array]:
        """The parameters of now, which the next step changes in place."""
        return self.flat.parameters

    def copied_parameters(self) -> dict[str, Array]:
        """A copy of the parameters, which stays as it is."""
        return {name: array.copy() for name, array in self.flat.parameters.items()}

    def epoch(self, corpus: Corpus, learning_rate: float, observer: Observer | None = None) -> float:
        """Make one pass over the corpus in random order; returns the mean loss of its batches, in nats."""
        settings = self.settings
        self._cut = 0
        losses: list[float] = []
        for batch in batches(corpus, settings.batch_size, self.rng, settings.every_word):
            read = self._with_unknown(batch)
            loss, norm = self._step(read, learning_rate)
            losses.append(loss)
            if observer is not None:
                observer.steps(self, Step(len(losses), read, loss, norm, learning_rate))
        self.clipped = self._cut / len(losses)
        return float(np.mean(losses))

    def _step(self, batch: Batch, learning_rate: float) -> tuple[float, float]:
        """The loss of a batch before the step, and the norm of its gradient before it is cut."""
        flat, settings = self.flat, self.settings
        loss, _ = loss_and_gradients(self.architecture, flat.parameters, batch, flat.gradients, self.workspace)
        for name in settings.frozen:
            flat.gradients[name][:] = 0
        norm = clip_norm(flat.gradient, settings.clip_norm)
        self._cut += norm > settings.clip_norm
        self.adam.step(flat.vector, flat.gradient, learning_rate, settings.weight_decay)
        if self.after_step is not None:
            self.after_step(flat.parameters)
        return loss, norm

    def _with_unknown(self, batch: Batch) -> Batch:
        """The batch with some words read as the unknown one."""
        if self.unknown is None or not self.settings.unknown_rate:
            return batch
        dropped = self.rng.random(batch.inputs.shape) < self.settings.unknown_rate
        return replace(batch, inputs=np.where(dropped, self.unknown, batch.inputs))


def _check_finite(loss: float, figures: Figures, loop: TrainingLoop, number: int) -> None:
    """Raise TrainingError where an epoch has made anything that is no finite number, or soon will be none."""
    mend = f"in epoch {number}; a smaller learning rate mends it"
    if not np.isfinite(loss):
        raise TrainingError(f"the loss is {loss} {mend}")
    vector = loop.flat.vector
    # Where two parameters of this size are multiplied, nothing is left of the product; NaN is no smaller, either.
    if not np.abs(vector).max() < np.sqrt(np.finfo(vector.dtype).max):
        raise TrainingError(f"the weights grew beyond all bounds {mend}")
    if not np.isfinite(figures.loss):
        raise TrainingError(f"the validation loss is {figures.loss} {mend}")


def learning_rate_of(settings: TrainingSettings, number: int) -> float:
    """The learning rate of an epoch (from 1), which falls evenly to its final share."""
    done = (number - 1) / max(settings.epochs - 1, 1)
    return settings.learning_rate * (1 - done * (1 - settings.final_learning_rate))


def _better(figures: Figures, before: list[Figures], judge: str) -> bool:
    """True where the newest figures beat all before; of equal accuracies the smaller loss is better."""
    if judge == "loss" or figures.accuracy is None:
        return all(figures.loss < other.loss for other in before)
    return all(_rank(figures) > _rank(other) for other in before)


def _rank(figures: Figures) -> tuple[float, float]:
    return figures.accuracy or 0.0, -figures.loss

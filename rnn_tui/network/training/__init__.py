"""Training: a corpus, batched passes over it, Adam, early stopping, and the evaluation of what was trained."""

from rnn_tui.network.training.evaluation import Evaluation, Figures, evaluate, measure
from rnn_tui.network.training.loop import (
    Epoch,
    Trained,
    TrainingError,
    TrainingLoop,
    TrainingSettings,
    learning_rate_of,
    train,
)
from rnn_tui.network.training.parameters import initial_parameters

__all__ = [
    "Epoch",
    "Evaluation",
    "Figures",
    "Trained",
    "TrainingError",
    "TrainingLoop",
    "TrainingSettings",
    "evaluate",
    "initial_parameters",
    "learning_rate_of",
    "measure",
    "train",
]

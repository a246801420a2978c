"""Training: a corpus, batched passes over it, Adam, early stopping, and the evaluation of what was trained."""

from rnn_tui.network.training.evaluation import Evaluation, Figures, evaluate, evaluate_numbers, measure
from rnn_tui.network.training.loop import (
    Epoch,
    Observer,
    Step,
    Trained,
    TrainingError,
    TrainingLoop,
    TrainingSettings,
    learning_rate_of,
    train,
)
from rnn_tui.network.training.numbers import NumberEvaluation, NumberFigures, number_figures
from rnn_tui.network.training.parameters import initial_parameters

__all__ = [
    "Epoch",
    "Evaluation",
    "Figures",
    "NumberEvaluation",
    "NumberFigures",
    "Observer",
    "Step",
    "Trained",
    "TrainingError",
    "TrainingLoop",
    "TrainingSettings",
    "evaluate",
    "evaluate_numbers",
    "initial_parameters",
    "learning_rate_of",
    "measure",
    "number_figures",
    "train",
]

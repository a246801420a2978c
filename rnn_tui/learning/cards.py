"""The figures and answers that a model's provenance and its card state."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

from rnn_tui.network.model import Model
from rnn_tui.network.trace import run


def measured(
    metric: str, figure: float, n: int, baselines: Mapping[str, float], *, counted: str = "n"
) -> dict[str, object]:
    """The fields of a provenance that say how well a model does, to four digits; a figure that is no number is None.

    `counted` is the name of the field that holds n, the number of answers.
    """
    return {
        "metric": metric,
        "figure": round(figure, 4) if math.isfinite(figure) else None,
        counted: n,
        "baselines": {name: round(value, 4) for name, value in baselines.items()},
    }


def answers(model: Model, texts: Iterable[str]) -> Iterator[str]:
    """One line a text: the label after its last token, its probability, and the text."""
    width = max(len(label) for label in model.labels)
    for text in texts:
        label, probability = run(model, model.tokenize(text)).prediction()
        yield f"{model.labels[label]:{width}} {probability:.0%}  {text}"

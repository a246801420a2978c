"""The figures and answers that a model's provenance and its card state."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

from rnn_tui.learning.digits import in_four_digits, written
from rnn_tui.network.model import Model
from rnn_tui.network.trace import run

ERROR = "mean absolute error"
"""The metric of a model that answers with a number; another word may stand before it."""


def measured(
    metric: str, figure: float, n: int, baselines: Mapping[str, float], *, counted: str = "n"
) -> dict[str, object]:
    """The fields of a provenance that say how well a model does, to four digits; a figure that is no number is None.

    An error is in the unit of what is asked for, so it has four digits of its own, however large it is. `counted` is
    the name of the field that holds n, the number of answers.
    """
    shown = in_four_digits if metric.endswith(ERROR) else _to_four_places
    return {
        "metric": metric,
        "figure": shown(figure) if math.isfinite(figure) else None,
        counted: n,
        "baselines": {name: shown(value) for name, value in baselines.items()},
    }


def _to_four_places(value: float) -> float:
    return round(value, 4)


def answers(model: Model, texts: Iterable[str]) -> Iterator[str]:
    """One line a text: the label after its last token, its probability, and the text; or the numbers and the text."""
    if model.output.is_number:
        for text in texts:
            outputs = run(model, model.tokenize(text)).values["outputs"][-1].tolist()
            yield f"{', '.join(map(written, outputs))}  {text}"
        return
    width = max(len(label) for label in model.labels)
    for text in texts:
        label, probability = run(model, model.tokenize(text)).prediction()
        yield f"{model.labels[label]:{width}} {probability:.0%}  {text}"
